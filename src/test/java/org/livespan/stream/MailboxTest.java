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
    void a_client_is_sent_the_opening_then_the_present_result() {
        mailbox.begin(result("a"));
        assertThat(sink.shown()).containsExactly(OPENING);
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a");
        sink.takes();
        assertThat(sink.isIdle()).isTrue();
    }

    @Test
    void a_client_that_has_the_present_result_already_is_sent_the_opening_alone() {
        Mailbox back = mailbox("a");
        back.begin(result("a"));
        sink.takes();
        back.offer(result("a"));
        assertThat(sink.shown()).containsExactly(OPENING);
        back.offer(result("b"));
        assertThat(sink.shown()).containsExactly(OPENING, "b");
    }

    @Test
    void a_client_that_has_an_older_result_is_sent_the_present_one() {
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
    void a_change_there_and_back_while_an_event_is_on_its_way_sends_nothing() {
        mailbox.begin(result("a"));
        sink.takes();
        mailbox.offer(result("b"));
        mailbox.offer(result("a"));
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a");
        assertThat(sink.isIdle()).isTrue();
    }

    @Test
    void a_change_there_and_back_that_the_client_saw_is_sent_both_ways() {
        mailbox.begin(result("a"));
        sink.takes();
        sink.takes();
        mailbox.offer(result("b"));
        sink.takes();
        mailbox.offer(result("a"));
        assertThat(sink.shown()).containsExactly(OPENING, "a", "b", "a");
    }

    @Test
    void what_was_offered_before_the_client_began_is_newer_than_what_it_begins_with() {
        WindowState older = result("older");
        mailbox.offer(result("newer"));
        mailbox.begin(older);
        sink.takes();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "newer");
    }

    @Test
    void a_client_that_joins_before_the_first_result_is_opened_at_once() {
        mailbox.pulse(0, NEVER, unread);
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING);
        mailbox.offer(result("a"));
        assertThat(sink.shown()).containsExactly(OPENING, "a");
    }

    @Test
    void a_client_hears_that_what_it_shows_may_be_behind_and_when_it_is_not_any_more() {
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
    void a_client_has_the_new_result_before_it_hears_that_it_is_up_to_date() {
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
    void what_was_stale_only_while_an_event_was_on_its_way_is_not_told() {
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
    void the_farewell_is_the_last_event_and_the_stream_ends_when_it_was_taken() {
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
    void a_client_that_heard_nothing_for_a_while_hears_a_heartbeat() {
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
    void a_client_that_does_not_take_an_event_in_time_is_given_up() {
        mailbox.pulse(0, NEVER, unread);
        mailbox.pulse(NEVER, NEVER, unread);
        assertThat(ends).isEmpty();
        mailbox.pulse(NEVER, AT_ONCE, unread);
        assertThat(sink.closes()).isEqualTo(1);
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0)).get().isInstanceOf(TimeoutException.class);
    }

    @Test
    void a_client_that_takes_its_events_is_not() {
        mailbox.pulse(0, NEVER, unread);
        sink.takes();
        mailbox.pulse(NEVER, AT_ONCE, unread);
        assertThat(ends).isEmpty();
    }

    @Test
    void a_broken_connection_ends_it_with_the_reason() {
        var broken = new IOException("broken pipe");
        mailbox.begin(result("a"));
        sink.breaks(broken);
        assertThat(sink.shown()).containsExactly(OPENING);
        assertThat(ends).containsExactly(Optional.of(broken));
        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void the_end_is_told_once_however_often_it_ends() {
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
    void a_stream_that_has_reached_its_age_ends_between_two_events() {
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
    void a_younger_one_does_not() {
        mailbox.begin(result("a"));
        mailbox.pulse(NEVER, NEVER, unread);
        sink.takes();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING, "a");
        assertThat(endings).isEmpty();
    }

    @Test
    void a_stream_that_is_to_finish_lets_the_event_on_its_way_arrive_and_sends_no_other() {
        mailbox.begin(result("a"));
        mailbox.finish();
        mailbox.offer(result("b"));
        assertThat(endings).isEmpty();
        sink.takes();
        assertThat(sink.shown()).containsExactly(OPENING);
        assertThat(endings).containsExactly(EndReason.CLOSED);
    }

    @Test
    void a_stream_that_is_to_finish_and_is_stuck_is_given_up_all_the_same() {
        mailbox.begin(result("a"));
        mailbox.finish();
        mailbox.pulse(NEVER, AT_ONCE, unread);
        assertThat(endings).containsExactly(EndReason.STUCK);
        assertThat(sink.closes()).isEqualTo(1);
    }

    @Test
    void a_client_waits_in_the_delivery_once_however_much_there_is_for_it() {
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
    void the_longer_a_client_took_for_its_last_events_the_later_it_is_due() {
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
        var backlog = new NewestResult(shown == null ? null : Results.of(shown).digest());
        return new Mailbox(
                sink,
                new Pending(StreamEvent.opening(Duration.ofSeconds(2)), backlog, () -> stale),
                maxAge,
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
