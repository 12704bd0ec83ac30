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
    void a_heap_that_collections_leave_full_for_half_a_minute_cannot_go_on() {
        assertThat(collected(980, 0)).isFalse();
        assertThat(collected(990, 15)).isFalse();
        assertThat(collected(990, 29)).isFalse();
        assertThat(collected(1_000, 30)).isTrue();
    }

    @Test
    void looks_that_come_faster_than_collections_see_the_same() {
        assertThat(collected(990, 0)).isFalse();
        for (int second = 1; second < 30; second++) {
            assertThat(second % 5 == 0 ? collected(990, second) : unchanged(990, second))
                    .isFalse();
        }
        assertThat(unchanged(990, 30)).isTrue();
    }

    @Test
    void a_heap_that_is_full_for_a_moment_is_well() {
        collected(990, 0);
        collected(990, 20);
        assertThat(collected(600, 25)).isFalse();
        assertThat(collected(990, 31)).isFalse();
        assertThat(collected(990, 62)).isTrue();
        assertThat(collected(600, 63)).as("and has recovered").isFalse();
    }

    @Test
    void a_heap_that_is_full_and_needs_no_collection_is_well() {
        collected(990, 0);
        assertThat(unchanged(990, 31)).isFalse();
        assertThat(unchanged(990, 600)).isFalse();
    }

    @Test
    void garbage_is_no_burden_nor_is_what_an_old_collection_kept() {
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
    void this_jvm_tells_its_heap() {
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
