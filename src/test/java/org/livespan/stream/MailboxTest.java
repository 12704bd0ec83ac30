package org.livespan.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.livespan.live.Results;
import org.livespan.live.UnsentBytes;

/** One client, slow or fast, and what it is sent. */
class MailboxTest {

    private static final UnsentBytes ROOM = Results.room(1 << 20);

    private final Unread unread = new Unread();

    private static final Duration LONG = Duration.ofHours(1);
    private static final long NEVER = Long.MAX_VALUE;
    private static final long AT_ONCE = -1;
    private static final String SINCE = "{\"since\":\"2026-11-23T08:00:00Z\"}";
    private static final StreamEvent STALE = StreamEvent.stale(Instant.parse("2026-11-23T08:00:00Z"));
    private static final String OPENING = ": livespan";
    private static final String HEARTBEAT = ": heartbeat";

    private final FakeSink sink = new FakeSink();
    private final List<Optional<Throwable>> ends = new ArrayList<>();
    private final List<EndReason> endings = new ArrayList<>();
    private final Mailbox mailbox = mailbox(null);
    private long version = 1;
    private StreamEvent stale;

    @Test
    void a_client_is_sent_the_opening_then_the_current_result() {
        mailbox.begin(result("a"));
        assertThat(sink.shown()).containsExactly(OPENING);
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a");
        sink.takes();
        assertThat(sink.isIdle()).isTrue();
    }

    @Test
    void a_client_that_already_has_the_current_result_is_sent_only_the_opening() {
        Mailbox back = mailbox("a");
        back.begin(result("a"));
        sink.takes();
        back.offer(result("a"));
        assertThat(sink.shown()).containsExactly(OPENING);
        back.offer(result("b"));
        assertThat(sink.shown()).containsExactly(OPENING, "b");
    }

    @Test
    void a_client_that_has_an_older_result_is_sent_the_current_one() {
        Mailbox back = mailbox("a");
        back.begin(result("b"));
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "b");
    }

    @Test
    void a_client_slower_than_the_changes_is_sent_the_newest_result_next() {
        mailbox.begin(result("a"));
        for (String digest : List.of("b", "c", "d")) {
            mailbox.offer(result(digest));
        }
        sink.takes();
        mailbox.offer(result("e"));
        mailbox.offer(result("f"));
        sink.takes();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "d", "f");
        assertThat(sink.isIdle()).isTrue();
    }

    @Test
    void nothing_is_sent_for_a_change_that_is_undone_while_an_event_is_on_its_way() {
        mailbox.begin(result("a"));
        sink.takes();
        mailbox.offer(result("b"));
        mailbox.offer(result("a"));
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a");
        assertThat(sink.isIdle()).isTrue();
    }

    @Test
    void a_change_and_its_reversal_are_both_sent_if_the_client_took_the_change() {
        mailbox.begin(result("a"));
        sink.takes();
        sink.takes();
        mailbox.offer(result("b"));
        sink.takes();
        mailbox.offer(result("a"));
        assertThat(sink.shown()).containsExactly(OPENING, "a", "b", "a");
    }

    @Test
    void a_newer_result_offered_before_the_client_begins_replaces_the_one_it_begins_with() {
        WindowState older = result("older");
        mailbox.offer(result("newer"));
        mailbox.begin(older);
        sink.takes();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "newer");
    }

    @Test
    void a_client_that_joins_before_the_first_result_is_sent_the_opening_at_once() {
        mailbox.pulse(0, NEVER, unread);
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING);
        mailbox.offer(result("a"));
        assertThat(sink.shown()).containsExactly(OPENING, "a");
    }

    @Test
    void a_client_is_told_once_that_its_rows_are_stale_and_once_that_they_are_fresh_again() {
        mailbox.begin(result("a"));
        stale = STALE;
        sink.takes();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a", "stale " + SINCE);
        sink.takes();
        mailbox.deliver();
        assertThat(sink.isIdle()).isTrue();
        stale = null;
        mailbox.deliver();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a", "stale " + SINCE, "fresh {}");
        assertThat(sink.isIdle()).isTrue();
    }

    @Test
    void a_client_gets_the_new_result_before_it_is_told_that_its_rows_are_fresh() {
        stale = STALE;
        mailbox.begin(result("a"));
        sink.takes();
        sink.takes();
        stale = null;
        mailbox.offer(result("b"));
        sink.takes();
        sink.takes();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a", "stale " + SINCE, "b", "fresh {}");
    }

    @Test
    void staleness_that_ends_while_an_event_is_on_its_way_is_not_reported() {
        mailbox.begin(result("a"));
        sink.takes();
        stale = STALE;
        mailbox.deliver();
        stale = null;
        mailbox.deliver();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a");
        assertThat(sink.isIdle()).isTrue();
    }

    @Test
    void the_closing_event_is_the_last_one_and_the_stream_ends_once_it_is_taken() {
        mailbox.begin(result("a"));
        mailbox.offer(result("b"));
        mailbox.endWith(StreamEvent.error("{}"));
        assertThat(ends).isEmpty();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "error {}");
        assertThat(sink.closes()).isZero();
        mailbox.offer(result("c"));
        sink.takes();
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(ends).containsExactly(Optional.empty());
        mailbox.offer(result("d"));
        mailbox.pulse(0, AT_ONCE, unread);
        assertThat(sink.shown()).containsExactly(OPENING, "error {}");
    }

    @Test
    void a_client_that_was_sent_nothing_for_a_while_is_sent_a_heartbeat() {
        mailbox.pulse(0, NEVER, unread);
        sink.takes();
        mailbox.pulse(NEVER, NEVER, unread);
        assertThat(sink.shown()).containsExactly(OPENING);
        mailbox.pulse(0, NEVER, unread);
        sink.takes();
        mailbox.pulse(0, NEVER, unread);
        assertThat(sink.shown()).containsExactly(OPENING, HEARTBEAT, HEARTBEAT);
    }

    @Test
    void a_client_with_an_event_on_its_way_is_not_sent_a_heartbeat_after_it() {
        mailbox.pulse(0, NEVER, unread);
        mailbox.pulse(0, NEVER, unread);
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING);
        assertThat(sink.isIdle()).isTrue();
    }

    @Test
    void a_client_that_does_not_take_an_event_in_time_is_dropped() {
        mailbox.pulse(0, NEVER, unread);
        mailbox.pulse(NEVER, NEVER, unread);
        assertThat(ends).isEmpty();
        mailbox.pulse(NEVER, AT_ONCE, unread);
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0)).get().isInstanceOf(TimeoutException.class);
    }

    @Test
    void a_client_that_takes_its_events_is_not_dropped() {
        mailbox.pulse(0, NEVER, unread);
        sink.takes();
        mailbox.pulse(NEVER, AT_ONCE, unread);
        assertThat(ends).isEmpty();
    }

    @Test
    void a_broken_connection_ends_the_stream_with_its_cause() {
        var broken = new IOException("broken pipe");
        mailbox.begin(result("a"));
        sink.breaks(broken);
        assertThat(sink.shown()).containsExactly(OPENING);
        assertThat(ends).containsExactly(Optional.of(broken));
        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void the_end_is_reported_once_however_often_the_stream_is_ended() {
        mailbox.begin(result("a"));
        mailbox.close();
        mailbox.close();
        mailbox.pulse(0, AT_ONCE, unread);
        sink.breaks(new IOException("broken pipe"));
        mailbox.endWith(StreamEvent.error("{}"));
        mailbox.offer(result("b"));
        assertThat(ends).containsExactly(Optional.empty());
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(sink.shown()).containsExactly(OPENING);
    }

    @Test
    void a_stream_that_reaches_its_maximum_age_ends_between_two_events() {
        Mailbox old = mailbox(null, Duration.ZERO);
        old.begin(result("a"));
        old.pulse(NEVER, NEVER, unread);
        assertThat(endings).isEmpty();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING);
        assertThat(endings).containsExactly(EndReason.EXPIRED);
        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void a_stream_below_its_maximum_age_does_not_end() {
        mailbox.begin(result("a"));
        mailbox.pulse(NEVER, NEVER, unread);
        sink.takes();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a");
        assertThat(endings).isEmpty();
    }

    @Test
    void a_finishing_stream_lets_the_event_on_its_way_arrive_and_sends_no_other() {
        mailbox.begin(result("a"));
        mailbox.finish();
        mailbox.offer(result("b"));
        assertThat(endings).isEmpty();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING);
        assertThat(endings).containsExactly(EndReason.CLOSED);
    }

    @Test
    void a_finishing_stream_that_is_stuck_is_dropped() {
        mailbox.begin(result("a"));
        mailbox.finish();
        mailbox.pulse(NEVER, AT_ONCE, unread);
        assertThat(endings).containsExactly(EndReason.STUCK);
        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void a_client_is_queued_for_delivery_once_however_much_there_is_for_it() {
        var delivery = new ArrayDeque<Runnable>();
        Mailbox waiting = mailbox(null, LONG, delivery::add);
        waiting.begin(result("a"));
        waiting.offer(result("b"));
        waiting.pulse(0, NEVER, unread);
        assertThat(delivery).hasSize(1);
        delivery.remove().run();
        waiting.offer(result("c"));
        assertThat(delivery).isEmpty();
        sink.takes();
        assertThat(delivery).hasSize(1);
        delivery.remove().run();
        assertThat(sink.shown()).containsExactly(OPENING, "c");
    }

    @Test
    void a_client_whose_token_expires_gets_a_last_event_that_says_so_and_nothing_after_it() {
        var farewell = StreamEvent.error("{\"status\":401}");
        Mailbox known = mailbox(null, Lifetime.of(Duration.ZERO, farewell), Runnable::run);
        known.begin(result("a"));
        sink.takes();
        sink.takes();
        known.pulse(NEVER, NEVER, unread);
        known.offer(result("b"));
        known.pulse(NEVER, NEVER, unread);
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a", "error {\"status\":401}");
        assertThat(sink.isClosed()).isTrue();
        assertThat(endings).containsExactly(EndReason.CLOSED);
    }

    @Test
    void a_client_that_took_all_there_is_is_not_queued_again() {
        var delivery = new ArrayDeque<Runnable>();
        Mailbox client = mailbox(null, LONG, delivery::add);
        client.begin(result("a"));
        for (String event : List.of("opening", "result")) {
            assertThat(delivery).as(event).hasSize(1);
            delivery.remove().run();
            sink.takes();
        }
        assertThat(delivery).isEmpty();
        assertThat(sink.shown()).containsExactly(OPENING, "a");
    }

    @Test
    void a_client_that_takes_its_events_quickly_is_due_sooner_than_a_new_one() {
        var delivery = new ArrayDeque<Turn>();
        Mailbox client = mailbox(null, LONG, task -> delivery.add((Turn) task));
        client.begin(result("0"));
        long first = waitOf(delivery.remove());
        for (int event = 1; event <= 10; event++) {
            client.run();
            sink.takes();
            client.offer(result(Integer.toString(event)));
            delivery.clear();
        }
        client.run();
        sink.takes();
        client.offer(result("last"));
        assertThat(first).isGreaterThan(Transit.SLOWEST_NANOS / 2);
        assertThat(waitOf(delivery.remove())).isLessThan(first / 2);
    }

    private static long waitOf(Turn turn) {
        return turn.due() - System.nanoTime();
    }

    private Mailbox mailbox(String shown) {
        return mailbox(shown, LONG);
    }

    private Mailbox mailbox(String shown, Duration maxAge) {
        return mailbox(shown, maxAge, Runnable::run);
    }

    private Mailbox mailbox(String shown, Duration maxAge, Executor delivery) {
        return mailbox(shown, Lifetime.of(maxAge, null), delivery);
    }

    private Mailbox mailbox(String shown, Lifetime lifetime, Executor delivery) {
        var backlog = new NewestResult(shown == null ? null : Results.of(shown).digest());
        return new Mailbox(
                sink,
                new Pending(StreamEvent.opening(Duration.ofSeconds(2)), backlog, () -> stale),
                lifetime,
                delivery,
                (ended, ending, failure) -> {
                    endings.add(ending);
                    ends.add(Optional.ofNullable(failure));
                });
    }

    private WindowState result(String word) {
        return WindowState.of(Results.update(version++, word), ROOM);
    }
}
