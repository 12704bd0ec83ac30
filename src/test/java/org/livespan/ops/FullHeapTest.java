package org.livespan.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a heap is too full to go on. */
class FullHeapTest {

    private static final long MOST = 1_000;

    private final FullHeap heap = new FullHeap();
    private long collections;

    @Test
    void a_heap_that_stays_full_through_collections_for_30_seconds_is_too_full() {
        assertThat(collected(980, 0)).isFalse();
        assertThat(collected(990, 15)).isFalse();
        assertThat(collected(990, 29)).isFalse();
        assertThat(collected(1_000, 30)).isTrue();
    }

    @Test
    void checks_more_frequent_than_collections_give_the_same_result() {
        assertThat(collected(990, 0)).isFalse();
        for (int second = 1; second < 30; second++) {
            assertThat(second % 5 == 0 ? collected(990, second) : unchanged(990, second))
                    .isFalse();
        }
        assertThat(unchanged(990, 30)).isTrue();
    }

    @Test
    void a_heap_is_healthy_as_soon_as_a_collection_frees_memory_and_the_time_starts_over() {
        collected(990, 0);
        collected(990, 20);
        assertThat(collected(600, 25)).isFalse();
        assertThat(collected(990, 31)).isFalse();
        assertThat(collected(990, 62)).isTrue();
        assertThat(collected(600, 63)).as("and has recovered").isFalse();
    }

    @Test
    void a_full_heap_that_is_not_being_collected_is_healthy() {
        collected(990, 0);
        assertThat(unchanged(990, 31)).isFalse();
        assertThat(unchanged(990, 600)).isFalse();
    }

    @Test
    void neither_garbage_nor_what_an_earlier_collection_kept_makes_a_heap_full() {
        for (int second = 0; second < 120; second += 10) {
            assertThat(heap.lasts(new HeapUse(990, 500, MOST, ++collections), nanos(second)))
                    .isFalse();
            assertThat(heap.lasts(new HeapUse(500, 990, MOST, ++collections), nanos(second)))
                    .isFalse();
        }
    }

    @Test
    void a_heap_without_a_limit_is_never_full() {
        for (int second = 0; second < 120; second += 10) {
            assertThat(heap.lasts(new HeapUse(990, 990, -1, ++collections), nanos(second)))
                    .isFalse();
        }
    }

    @Test
    void the_heap_use_of_this_jvm_is_plausible_and_not_full() {
        var now = HeapUse.now();
        assertThat(now.used()).isPositive();
        assertThat(now.most()).isGreaterThanOrEqualTo(now.used());
        assertThat(now.isFull()).isFalse();
    }

    private boolean collected(long used, int second) {
        return heap.lasts(new HeapUse(used, used, MOST, ++collections), nanos(second));
    }

    private boolean unchanged(long used, int second) {
        return heap.lasts(new HeapUse(used, used, MOST, collections), nanos(second));
    }

    private static long nanos(int second) {
        return TimeUnit.SECONDS.toNanos(1_000 + second);
    }
}
