package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.stream.StreamMode.CHANGES;
import static org.livespan.stream.StreamMode.RESULTS;

import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.live.OneRow;
import org.livespan.live.Results;
import org.livespan.live.Window;
import org.livespan.live.WindowListener;
import org.livespan.live.WindowUpdate;

/** All clients of one window, as {@code SseBroadcaster} promises and as the contract does. */
class ResultBroadcasterTest {

    private static final String OPENING = ": livespan";

    private final StreamSettings settings = new StreamSettings();
    private final ResultBroadcaster broadcaster =
            new ResultBroadcaster(settings, reason -> StreamEvent.error(reason.getMessage()));
    private final List<SseEventSink> closed = new ArrayList<>();
    private final List<SseEventSink> failed = new ArrayList<>();
    private final OneRow table = new OneRow("a");

    @BeforeEach
    void open() {
        settings.retry = Duration.ofSeconds(2);
        settings.heartbeat = Duration.ZERO;
        settings.sendTimeout = Duration.ofHours(1);
        broadcaster.onClose(closed::add);
        broadcaster.onError((sink, failure) -> failed.add(sink));
        table.open(broadcaster);
    }

    @Test
    void a_result_reaches_all_clients() {
        FakeSink one = joined(RESULTS);
        FakeSink other = joined(RESULTS);
        table.becomes("b");
        assertThat(one.shown()).containsExactly(OPENING, "a", "b");
        assertThat(other.shown()).containsExactly(OPENING, "a", "b");
    }

    @Test
    void clients_of_both_modes_are_sent_the_same_digests() {
        FakeSink whole = joined(RESULTS);
        FakeSink changes = joined(CHANGES);
        table.becomes("b");
        table.becomes("c");
        assertThat(whole.shown()).containsExactly(OPENING, "a", "b", "c");
        assertThat(changes.shown()).containsExactly(OPENING, "snapshot a", "change b", "change c");
        for (int i = 0; i < whole.sent().size(); i++) {
            assertThat(changes.sent().get(i).getId())
                    .isEqualTo(whole.sent().get(i).getId());
        }
    }

    @Test
    void it_is_rendered_once_for_all_of_them_and_for_those_who_join_later() {
        FakeSink one = joined(RESULTS);
        FakeSink follower = joined(CHANGES);
        FakeSink other = joined(RESULTS);
        assertThat(other.sent().get(1)).isSameAs(one.sent().get(1));
        table.becomes("b");
        assertThat(other.sent().get(2)).isSameAs(one.sent().get(2));
        assertThat(joined(RESULTS).sent().get(1)).isSameAs(one.sent().get(2));
        assertThat(joined(CHANGES).sent().get(1))
                .isSameAs(joined(CHANGES).sent().get(1));
        assertThat(follower.sent()).hasSize(3);
    }

    @Test
    void a_client_that_joins_later_is_sent_the_latest_result_at_once() {
        table.becomes("b");
        table.becomes("c");
        assertThat(joined(RESULTS).shown()).containsExactly(OPENING, "c");
        assertThat(joined(CHANGES).shown()).containsExactly(OPENING, "snapshot c");
    }

    @Test
    void a_client_that_comes_back_with_the_present_digest_gets_no_second_copy() {
        String digest = Results.of("a").digest();
        FakeSink whole = FakeSink.fast();
        broadcaster.register(whole, RESULTS.backlog(digest), () -> {});
        FakeSink changes = FakeSink.fast();
        broadcaster.register(changes, CHANGES.backlog(digest), () -> {});
        assertThat(whole.shown()).containsExactly(OPENING);
        assertThat(changes.shown()).containsExactly(OPENING);
        table.becomes("b");
        assertThat(whole.shown()).containsExactly(OPENING, "b");
        assertThat(changes.shown()).containsExactly(OPENING, "change b");
    }

    @Test
    void a_client_that_comes_back_with_an_older_digest_begins_with_all_rows() {
        String digest = Results.of("a").digest();
        table.becomes("b");
        FakeSink changes = FakeSink.fast();
        broadcaster.register(changes, CHANGES.backlog(digest), () -> {});
        assertThat(changes.shown()).containsExactly(OPENING, "snapshot b");
    }

    /** The state is there before anyone is told of it, and somebody may join just then. */
    @Test
    void a_client_that_joins_while_the_others_are_told_of_an_update_is_sent_it_once() {
        var joining = new FakeSink[1];
        var between = new OneRow("a");
        var told = new ResultBroadcaster(settings, reason -> StreamEvent.error(reason.getMessage()));
        between.open(before(told, () -> joining[0] = joined(told, RESULTS)));
        between.becomes("b");
        assertThat(joining[0].shown()).containsExactly(OPENING, "b");
    }

    @Test
    void a_stuck_client_keeps_no_other_waiting_and_is_sent_only_the_newest_when_it_reads_again() {
        var stuck = new FakeSink();
        broadcaster.register(stuck);
        FakeSink reading = joined(RESULTS);
        for (String word : List.of("b", "c", "d")) {
            table.becomes(word);
        }
        assertThat(reading.shown()).containsExactly(OPENING, "a", "b", "c", "d");
        stuck.takes();
        assertThat(stuck.shown()).containsExactly(OPENING, "d");
    }

    @Test
    void a_broken_client_harms_no_other_and_its_end_is_told() {
        var broken = new FakeSink();
        var ended = new AtomicInteger();
        broadcaster.register(broken, RESULTS.backlog(null), ended::incrementAndGet);
        FakeSink other = joined(RESULTS);
        broken.breaks(new IOException("broken pipe"));
        table.becomes("b");
        assertThat(broken.shown()).containsExactly(OPENING);
        assertThat(other.shown()).containsExactly(OPENING, "a", "b");
        assertThat(failed).containsExactly(broken);
        assertThat(closed).isEmpty();
        assertThat(ended).hasValue(1);
    }

    @Test
    void the_pulse_gives_up_the_stuck_and_lets_the_others_hear_a_heartbeat() {
        settings.sendTimeout = Duration.ofNanos(-1);
        var stuck = new FakeSink();
        broadcaster.register(stuck);
        FakeSink reading = joined(CHANGES);
        broadcaster.pulse();
        assertThat(stuck.isClosed()).isTrue();
        assertThat(failed).containsExactly(stuck);
        assertThat(reading.shown()).containsExactly(OPENING, "snapshot a", ": heartbeat");
    }

    @Test
    void closing_ends_every_client_and_tells_of_each_once() {
        var ended = new AtomicInteger();
        FakeSink one = FakeSink.fast();
        broadcaster.register(one, CHANGES.backlog(null), ended::incrementAndGet);
        FakeSink other = joined(RESULTS);
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
        FakeSink client = joined(RESULTS);
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
        broadcaster.register(late, RESULTS.backlog(null), ended::incrementAndGet);
        assertThat(late.isClosed()).isTrue();
        assertThat(ended).hasValue(1);
    }

    @Test
    void when_the_window_ends_every_client_is_told_why_and_closed() {
        FakeSink whole = joined(RESULTS);
        FakeSink changes = joined(CHANGES);
        table.growsTooLarge();
        String reason = "error The window holds more than 1 rows";
        assertThat(whole.shown()).containsExactly(OPENING, "a", reason);
        assertThat(changes.shown()).containsExactly(OPENING, "snapshot a", reason);
        assertThat(whole.isClosed()).isTrue();
        assertThat(changes.isClosed()).isTrue();
        assertThat(broadcaster.isClosed()).isTrue();
    }

    @Test
    void the_first_result_is_there_when_the_window_is_opened() {
        var other = new ResultBroadcaster(settings, reason -> StreamEvent.error("{}"));
        var first = other.first().toCompletableFuture();
        assertThat(first).isNotDone();
        new OneRow("a").open(other);
        assertThat(first).isCompleted();
        other.ended(new IllegalStateException("too large"));
        assertThat(first).isCompleted();
    }

    @Test
    void a_window_that_never_had_a_result_says_why() {
        var other = new ResultBroadcaster(settings, reason -> StreamEvent.error("{}"));
        var reason = new IllegalStateException("the database is down");
        other.ended(reason);
        assertThat(other.first().toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(reason);
    }

    private FakeSink joined(StreamMode mode) {
        return joined(broadcaster, mode);
    }

    private static FakeSink joined(ResultBroadcaster broadcaster, StreamMode mode) {
        FakeSink sink = FakeSink.fast();
        broadcaster.register(sink, mode.backlog(null), () -> {});
        return sink;
    }

    /** Does something before each update is told. */
    private static WindowListener before(WindowListener told, Runnable something) {
        return new WindowListener() {
            @Override
            public void opened(Window window) {
                told.opened(window);
            }

            @Override
            public void changed(WindowUpdate update) {
                something.run();
                told.changed(update);
            }

            @Override
            public void ended(RuntimeException reason) {
                told.ended(reason);
            }
        };
    }
}
