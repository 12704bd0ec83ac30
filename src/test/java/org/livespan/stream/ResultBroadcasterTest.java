package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.livespan.stream.StreamMode.CHANGES;
import static org.livespan.stream.StreamMode.RESULTS;

import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.live.OneRow;
import org.livespan.live.Results;
import org.livespan.live.UnsentBytes;
import org.livespan.live.Window;
import org.livespan.live.WindowListener;
import org.livespan.live.WindowUpdate;

/** All clients of one window, as {@code SseBroadcaster} and the HTTP interface promise. */
class ResultBroadcasterTest {

    private static final UnsentBytes ROOM = Results.room(1 << 20);

    private static final String OPENING = ": livespan";

    private final StreamSettings settings = new StreamSettings();
    private final ResultBroadcaster broadcaster =
            new ResultBroadcaster(settings, ROOM, Runnable::run, reason -> StreamEvent.error(reason.getMessage()));
    private final List<SseEventSink> closed = new ArrayList<>();
    private final List<SseEventSink> failed = new ArrayList<>();
    private final OneRow table = new OneRow("a");

    @BeforeEach
    void open() {
        settings.retry = Duration.ofSeconds(2);
        settings.heartbeat = Duration.ZERO;
        settings.sendTimeout = Duration.ofHours(1);
        settings.maxAge = Duration.ofHours(1);
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
    void a_result_is_rendered_once_for_all_clients_and_those_that_join_later() {
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
    void a_client_that_reconnects_with_the_current_digest_gets_no_second_copy() {
        String digest = Results.of("a").digest();
        FakeSink whole = FakeSink.fast();
        broadcaster.register(whole, RESULTS.backlog(digest), settings.lifetime(), ending -> {});
        FakeSink changes = FakeSink.fast();
        broadcaster.register(changes, CHANGES.backlog(digest), settings.lifetime(), ending -> {});
        assertThat(whole.shown()).containsExactly(OPENING);
        assertThat(changes.shown()).containsExactly(OPENING);
        table.becomes("b");
        assertThat(whole.shown()).containsExactly(OPENING, "b");
        assertThat(changes.shown()).containsExactly(OPENING, "change b");
    }

    @Test
    void a_client_that_reconnects_with_an_older_digest_begins_with_all_rows() {
        String digest = Results.of("a").digest();
        table.becomes("b");
        FakeSink changes = FakeSink.fast();
        broadcaster.register(changes, CHANGES.backlog(digest), settings.lifetime(), ending -> {});
        assertThat(changes.shown()).containsExactly(OPENING, "snapshot b");
    }

    /** The state is there before anyone is notified of it, and a client may join just then. */
    @Test
    void a_client_that_joins_while_the_others_are_notified_of_an_update_is_sent_it_once() {
        var joining = new FakeSink[1];
        var between = new OneRow("a");
        var told =
                new ResultBroadcaster(settings, ROOM, Runnable::run, reason -> StreamEvent.error(reason.getMessage()));
        between.open(before(told, () -> joining[0] = joined(told, RESULTS)));
        between.becomes("b");
        assertThat(joining[0].shown()).containsExactly(OPENING, "b");
    }

    @Test
    void a_stuck_client_keeps_no_other_waiting_and_is_sent_only_the_newest_result_when_it_reads_again() {
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
    void a_broken_client_harms_no_other_and_its_end_is_reported() {
        var broken = new FakeSink();
        var ended = new AtomicInteger();
        broadcaster.register(broken, RESULTS.backlog(null), settings.lifetime(), ending -> ended.incrementAndGet());
        FakeSink other = joined(RESULTS);
        broken.breaks(new IOException("broken pipe"));
        table.becomes("b");
        assertThat(broken.shown()).containsExactly(OPENING);
        assertThat(other.shown()).containsExactly(OPENING, "a", "b");
        assertThat(failed).containsExactly(broken);
        assertThat(closed).containsExactly(broken);
        assertThat(ended).hasValue(1);
    }

    @Test
    void the_pulse_drops_stuck_clients_and_sends_the_others_a_heartbeat() {
        settings.sendTimeout = Duration.ofNanos(-1);
        var stuck = new FakeSink();
        broadcaster.register(stuck);
        FakeSink reading = joined(CHANGES);
        broadcaster.pulse(new Unread());
        assertThat(stuck.isClosed()).isTrue();
        assertThat(failed).containsExactly(stuck);
        assertThat(closed).containsExactly(stuck);
        assertThat(reading.shown()).containsExactly(OPENING, "snapshot a", ": heartbeat");
    }

    @Test
    void closing_ends_every_client_and_reports_each_end_once() {
        var ended = new AtomicInteger();
        FakeSink one = FakeSink.fast();
        broadcaster.register(one, CHANGES.backlog(null), settings.lifetime(), ending -> ended.incrementAndGet());
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
    void closing_without_cascading_leaves_the_clients_open_and_sends_them_nothing_more() {
        var ended = new AtomicInteger();
        FakeSink client = FakeSink.fast();
        broadcaster.register(client, RESULTS.backlog(null), settings.lifetime(), ending -> ended.incrementAndGet());
        broadcaster.close(false);
        broadcaster.close();
        table.becomes("b");
        assertThat(broadcaster.isClosed()).isTrue();
        assertThat(client.isClosed()).isFalse();
        assertThat(client.shown()).containsExactly(OPENING, "a");
        assertThat(closed).isEmpty();
        assertThat(ended).hasValue(1);
    }

    @Test
    void a_closed_broadcaster_accepts_nothing_more() {
        broadcaster.close();
        var late = new FakeSink();
        assertThatIllegalStateException().isThrownBy(() -> broadcaster.register(late));
        assertThatIllegalStateException().isThrownBy(() -> broadcaster.broadcast(StreamEvent.HEARTBEAT));
        assertThatIllegalStateException().isThrownBy(() -> broadcaster.onClose(closed::add));
        assertThatIllegalStateException().isThrownBy(() -> broadcaster.onError((sink, failure) -> failed.add(sink)));
        assertThat(late.isClosed()).isFalse();
    }

    @Test
    void null_is_refused() {
        assertThatNullPointerException().isThrownBy(() -> broadcaster.register(null));
        assertThatNullPointerException().isThrownBy(() -> broadcaster.broadcast(null));
        assertThatNullPointerException().isThrownBy(() -> broadcaster.onClose(null));
        assertThatNullPointerException().isThrownBy(() -> broadcaster.onError(null));
    }

    @Test
    void a_broadcast_is_complete_when_every_client_has_it_or_is_gone() {
        var slow = new FakeSink();
        var leaving = new FakeSink();
        broadcaster.register(slow);
        broadcaster.register(leaving);
        FakeSink fast = joined(RESULTS);
        var done = broadcaster.broadcast(StreamEvent.error("{}")).toCompletableFuture();
        assertThat(fast.shown()).containsExactly(OPENING, "a", "error {}");
        leaving.breaks(new IOException("broken pipe"));
        slow.takes();
        assertThat(slow.shown()).containsExactly(OPENING, "error {}");
        assertThat(done).isNotDone();
        slow.takes();
        assertThat(done).isCompleted();
        assertThat(slow.shown()).containsExactly(OPENING, "error {}", "a");
    }

    @Test
    void a_broadcast_completes_without_clients_when_a_later_one_replaces_it_and_on_close() {
        assertThat(broadcaster.broadcast(StreamEvent.HEARTBEAT).toCompletableFuture())
                .isCompleted();
        var stuck = new FakeSink();
        broadcaster.register(stuck);
        var former = broadcaster.broadcast(StreamEvent.error("former")).toCompletableFuture();
        var later = broadcaster.broadcast(StreamEvent.error("later")).toCompletableFuture();
        assertThat(former).isCompleted();
        assertThat(later).isNotDone();
        stuck.takes();
        assertThat(stuck.shown()).containsExactly(OPENING, "error later");
        broadcaster.close();
        assertThat(later).isCompleted();
    }

    @Test
    void a_failing_listener_keeps_no_other_from_being_told_of_an_end() {
        var told = new ResultBroadcaster(settings, ROOM, Runnable::run, reason -> StreamEvent.error("{}"));
        told.onError((sink, failure) -> {
            throw new IllegalStateException("a listener's own fault");
        });
        told.onClose(sink -> {
            throw new IllegalStateException("a listener's own fault");
        });
        told.onClose(closed::add);
        new OneRow("a").open(told);
        var broken = new FakeSink();
        var ended = new AtomicInteger();
        told.register(broken, RESULTS.backlog(null), settings.lifetime(), ending -> ended.incrementAndGet());
        broken.breaks(new IOException("broken pipe"));
        assertThat(closed).containsExactly(broken);
        assertThat(ended).hasValue(1);
    }

    @Test
    void finishing_lets_events_on_their_way_arrive_and_admits_no_new_client() {
        var reading = joined(RESULTS);
        var slow = new FakeSink();
        broadcaster.register(slow);
        broadcaster.finish();
        assertThat(reading.isClosed()).isTrue();
        assertThat(slow.isClosed()).isFalse();
        slow.takes();
        assertThat(slow.shown()).containsExactly(OPENING);
        assertThat(slow.isClosed()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> broadcaster.register(new FakeSink()));
    }

    @Test
    void the_maximum_age_of_streams_varies_between_half_of_the_setting_and_all_of_it() {
        settings.maxAge = Duration.ofSeconds(10);
        long now = System.nanoTime();
        var ages = Stream.generate(settings::lifetime)
                .limit(1_000)
                .map(lifetime -> Duration.ofNanos(lifetime.end() - now))
                .toList();
        assertThat(ages).allSatisfy(age -> assertThat(age).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15)));
        assertThat(ages.stream().map(Duration::toSeconds).distinct()).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void a_stream_ends_at_its_maximum_age_or_when_its_caller_is_no_longer_known_whichever_comes_first() {
        settings.maxAge = Duration.ofSeconds(10);
        var farewell = StreamEvent.error("");
        Lifetime brief = settings.lifetime(Instant.now().plusSeconds(2), farewell);
        assertThat(brief.farewell()).isSameAs(farewell);
        assertThat(Duration.ofNanos(brief.end() - System.nanoTime())).isBetween(Duration.ZERO, Duration.ofSeconds(2));
        assertThat(settings.lifetime(Instant.now().plusSeconds(60), farewell).farewell())
                .isNull();
        assertThat(settings.lifetime(Instant.MAX, farewell).farewell())
                .as("a token that does not expire in centuries")
                .isNull();
        assertThat(settings.lifetime(Instant.now().minusSeconds(1), farewell).isOver())
                .isTrue();
    }

    @Test
    void a_client_that_joins_a_closed_broadcaster_is_ended_at_once() {
        broadcaster.close();
        var ended = new AtomicInteger();
        FakeSink late = FakeSink.fast();
        broadcaster.register(late, RESULTS.backlog(null), settings.lifetime(), ending -> ended.incrementAndGet());
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
    void the_first_result_is_there_as_soon_as_the_window_is_opened() {
        var other = new ResultBroadcaster(settings, ROOM, Runnable::run, reason -> StreamEvent.error("{}"));
        var first = other.first().toCompletableFuture();
        assertThat(first).isNotDone();
        new OneRow("a").open(other);
        assertThat(first).isCompleted();
        other.ended(new IllegalStateException("too large"));
        assertThat(first).isCompleted();
    }

    @Test
    void a_window_that_ends_before_its_first_result_says_why() {
        var other = new ResultBroadcaster(settings, ROOM, Runnable::run, reason -> StreamEvent.error("{}"));
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

    private FakeSink joined(ResultBroadcaster broadcaster, StreamMode mode) {
        FakeSink sink = FakeSink.fast();
        broadcaster.register(sink, mode.backlog(null), settings.lifetime(), ending -> {});
        return sink;
    }

    /** Does something before each update is passed on. */
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
