package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.livespan.change.FakeBarrier;
import org.livespan.change.ListenerLostException;

/** How a refresh waits for the listener beside its first read; the other threads run when the test says so. */
class HearingTest {

    private final List<String> heard = new ArrayList<>();
    private final FakeBarrier barrier = new FakeBarrier(() -> heard.add("all"));
    private final ManualExecutor threads = new ManualExecutor();

    @Test
    void the_marker_is_prepared_before_the_snapshot_stands_and_sent_after_that() {
        try (Hearing hearing = Hearing.prepare(barrier, threads)) {
            threads.runAll();
            assertThat(barrier.openMarkers()).isEqualTo(1);
            assertThat(heard).isEmpty();
            hearing.begin();
            threads.runAll();
            assertThat(heard).containsExactly("all");
            hearing.await();
        }
        assertThat(heard).containsExactly("all");
        assertThat(barrier.openMarkers()).isZero();
    }

    @Test
    void a_snapshot_that_stands_before_the_marker_is_prepared_is_waited_for_as_well() {
        try (Hearing hearing = Hearing.prepare(barrier, threads)) {
            hearing.begin();
            assertThat(heard).isEmpty();
            threads.runAll();
            hearing.await();
        }
        assertThat(heard).containsExactly("all");
        assertThat(barrier.openMarkers()).isZero();
    }

    @Test
    void who_waits_does_what_no_other_thread_has_begun() {
        try (Hearing hearing = Hearing.prepare(barrier, threads)) {
            hearing.begin();
            hearing.await();
            assertThat(heard).containsExactly("all");
        }
        threads.runAll();
        assertThat(heard).containsExactly("all");
        assertThat(barrier.openMarkers()).isZero();
    }

    @Test
    void threads_that_are_being_stopped_are_not_needed() {
        try (Hearing hearing = Hearing.prepare(barrier, task -> {
            throw new RejectedExecutionException();
        })) {
            hearing.begin();
            hearing.await();
        }
        assertThat(heard).containsExactly("all");
        assertThat(barrier.openMarkers()).isZero();
    }

    @Test
    void a_read_that_fails_before_anything_was_prepared_prepares_nothing_later() {
        Hearing.prepare(barrier, threads).close();
        threads.runAll();
        assertThat(barrier.markers()).isZero();
    }

    @Test
    void a_read_that_fails_gives_back_what_was_prepared() {
        Hearing hearing = Hearing.prepare(barrier, threads);
        threads.runAll();
        hearing.close();
        assertThat(barrier.openMarkers()).isZero();
        assertThat(heard).isEmpty();
    }

    @Test
    void a_listener_that_is_lost_is_said_to_who_waits() {
        barrier.goDeaf();
        try (Hearing hearing = Hearing.prepare(barrier, threads)) {
            hearing.begin();
            threads.runAll();
            assertThatExceptionOfType(ListenerLostException.class).isThrownBy(hearing::await);
        }
        assertThat(barrier.openMarkers()).isZero();
    }

    @Test
    void a_marker_that_cannot_be_prepared_is_said_to_who_waits() {
        barrier.lose();
        try (Hearing hearing = Hearing.prepare(barrier, threads)) {
            threads.runAll();
            hearing.begin();
            threads.runAll();
            assertThatExceptionOfType(ListenerLostException.class).isThrownBy(hearing::await);
        }
        assertThat(barrier.markers()).isZero();
    }
}
