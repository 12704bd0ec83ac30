package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.live.Result;

/** All clients of one window, as {@code SseBroadcaster} promises and as the contract does. */
class ResultBroadcasterTest {

    private static final String OPENING = ": livespan";

    private final StreamSettings settings = new StreamSettings();
    private final ResultBroadcaster broadcaster =
            new ResultBroadcaster(settings, reason -> StreamEvent.error(reason.getMessage()));
    private final List<SseEventSink> closed = new ArrayList<>();
    private final List<SseEventSink> failed = new ArrayList<>();

    @BeforeEach
    void settings() {
        settings.retry = Duration.ofSeconds(2);
        settings.heartbeat = Duration.ZERO;
        settings.sendTimeout = Duration.ofHours(1);
        broadcaster.onClose(closed::add);
        broadcaster.onError((sink, failure) -> failed.add(sink));
    }

    @Test
    void a_result_reaches_all_clients() {
        FakeSink one = joined();
        FakeSink other = joined();
        broadcaster.changed(result("a"));
        assertThat(one.shown()).containsExactly(OPENING, "a");
        assertThat(other.shown()).containsExactly(OPENING, "a");
    }

    @Test
    void it_is_rendered_once_for_all_of_them_and_for_those_who_join_later() {
        FakeSink one = joined();
        broadcaster.changed(result("a"));
        FakeSink later = joined();
        assertThat(later.sent().get(1)).isSameAs(one.sent().get(1));
    }

    @Test
    void a_client_that_joins_later_is_sent_the_latest_result_at_once() {
        broadcaster.changed(result("a"));
        broadcaster.changed(result("b"));
        assertThat(joined().shown()).containsExactly(OPENING, "b");
    }

    @Test
    void a_client_that_comes_back_with_the_present_digest_gets_no_second_copy() {
        broadcaster.changed(result("a"));
        FakeSink back = FakeSink.fast();
        broadcaster.register(back, "a", () -> {});
        assertThat(back.shown()).containsExactly(OPENING);
        broadcaster.changed(result("b"));
        assertThat(back.shown()).containsExactly(OPENING, "b");
    }

    @Test
    void a_stuck_client_keeps_no_other_waiting_and_is_sent_only_the_newest_when_it_reads_again() {
        var stuck = new FakeSink();
        broadcaster.register(stuck);
        FakeSink reading = joined();
        for (String digest : List.of("a", "b", "c")) {
            broadcaster.changed(result(digest));
        }
        assertThat(reading.shown()).containsExactly(OPENING, "a", "b", "c");
        stuck.takes();
        assertThat(stuck.shown()).containsExactly(OPENING, "c");
    }

    @Test
    void a_broken_client_harms_no_other_and_its_end_is_told() {
        var broken = new FakeSink();
        var ended = new AtomicInteger();
        broadcaster.register(broken, null, ended::incrementAndGet);
        FakeSink other = joined();
        broken.breaks(new IOException("broken pipe"));
        broadcaster.changed(result("a"));
        assertThat(broken.shown()).containsExactly(OPENING);
        assertThat(other.shown()).containsExactly(OPENING, "a");
        assertThat(failed).containsExactly(broken);
        assertThat(closed).isEmpty();
        assertThat(ended).hasValue(1);
    }

    @Test
    void the_pulse_gives_up_the_stuck_and_lets_the_others_hear_a_heartbeat() {
        settings.sendTimeout = Duration.ofNanos(-1);
        var stuck = new FakeSink();
        broadcaster.register(stuck);
        FakeSink reading = joined();
        broadcaster.pulse();
        assertThat(stuck.isClosed()).isTrue();
        assertThat(failed).containsExactly(stuck);
        assertThat(reading.shown()).containsExactly(OPENING, ": heartbeat");
    }

    @Test
    void closing_ends_every_client_and_tells_of_each_once() {
        var ended = new AtomicInteger();
        FakeSink one = FakeSink.fast();
        broadcaster.register(one, null, ended::incrementAndGet);
        FakeSink other = joined();
        broadcaster.close();
        broadcaster.close();
        assertThat(one.closes()).isEqualTo(1);
        assertThat(closed).containsExactlyInAnyOrder(one, other);
        assertThat(failed).isEmpty();
        assertThat(ended).hasValue(1);
        assertThat(broadcaster.isClosed()).isTrue();
    }

    @Test
    void closing_without_cascading_leaves_the_clients_open() {
        FakeSink client = joined();
        broadcaster.close(false);
        assertThat(broadcaster.isClosed()).isTrue();
        assertThat(client.isClosed()).isFalse();
        assertThat(closed).isEmpty();
    }

    @Test
    void who_joins_a_closed_one_is_ended_at_once() {
        broadcaster.close();
        var ended = new AtomicInteger();
        FakeSink late = FakeSink.fast();
        broadcaster.register(late, null, ended::incrementAndGet);
        assertThat(late.isClosed()).isTrue();
        assertThat(ended).hasValue(1);
    }

    @Test
    void when_the_window_ends_every_client_is_told_why_and_closed() {
        FakeSink client = joined();
        broadcaster.changed(result("a"));
        broadcaster.ended(new IllegalStateException("too large"));
        assertThat(client.shown()).containsExactly(OPENING, "a", "error");
        assertThat((byte[]) client.sent().get(2).getData()).asString().isEqualTo("too large");
        assertThat(client.isClosed()).isTrue();
        assertThat(broadcaster.isClosed()).isTrue();
    }

    @Test
    void the_first_result_is_there_when_it_was_broadcast() {
        var first = broadcaster.first().toCompletableFuture();
        assertThat(first).isNotDone();
        broadcaster.changed(result("a"));
        assertThat(first).isCompleted();
        broadcaster.ended(new IllegalStateException("too large"));
        assertThat(first).isCompleted();
    }

    @Test
    void a_window_that_never_had_a_result_says_why() {
        var reason = new IllegalStateException("the database is down");
        broadcaster.ended(reason);
        assertThat(broadcaster.first().toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(reason);
    }

    private FakeSink joined() {
        FakeSink sink = FakeSink.fast();
        broadcaster.register(sink);
        return sink;
    }

    private static Result result(String digest) {
        return new Result(digest, new byte[] {'[', ']'});
    }
}
