package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Which spans changes have touched, and since when the rows held of them may be stale. */
class StaleSpansTest {

    private static final SpanSet HELD = spans(100, 199);
    private static final Instant FIRST = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant LATER = FIRST.plusSeconds(60);

    private final StaleSpans stale = new StaleSpans();

    @Test
    void nothing_is_stale_before_anything_was_touched() {
        assertThat(stale.touched()).isEqualTo(SpanSet.NONE);
        assertThat(stale.all()).isEqualTo(SpanSet.NONE);
        assertThat(stale.since()).isEmpty();
    }

    @Test
    void held_rows_are_stale_since_their_earliest_change() {
        touch(110, LATER);
        touch(120, FIRST);
        touch(130, LATER);
        assertThat(stale.touched()).isEqualTo(SpanSet.of(List.of(at(110), at(120), at(130))));
        assertThat(stale.since()).contains(FIRST);
    }

    @Test
    void a_change_outside_the_held_rows_is_remembered_but_makes_nothing_stale() {
        touch(300, FIRST);
        assertThat(stale.touched()).isEqualTo(spans(300, 300));
        assertThat(stale.since()).isEmpty();
    }

    @Test
    void a_change_is_not_remembered_while_nothing_is_held_or_waited_for() {
        stale.touch(spans(110, 110), FIRST, Touch.NARROW, SpanSet.NONE, false);
        assertThat(stale.touched()).isEqualTo(SpanSet.NONE);
        assertThat(stale.since()).isEmpty();
    }

    /** Rows that are being read will be held. */
    @Test
    void a_change_is_remembered_while_something_is_read_even_if_nothing_is_held() {
        stale.take(SpanSet.NONE);
        stale.touch(spans(110, 110), FIRST, Touch.NARROW, SpanSet.NONE, false);
        assertThat(stale.touched()).isEqualTo(spans(110, 110));
    }

    @Test
    void too_many_touched_spans_become_one() {
        var many = new ArrayList<Span>();
        for (int date = 0; date < 2_000; date++) {
            many.add(at(2 * date));
        }
        stale.touch(SpanSet.of(many), FIRST, Touch.NARROW, HELD, true);
        assertThat(stale.touched()).isEqualTo(spans(0, 3_998));
    }

    @Test
    void a_refresh_takes_the_touched_spans_of_held_rows_which_stay_stale_until_they_are_read() {
        touch(110, FIRST);
        touch(300, FIRST);
        assertThat(stale.take(HELD)).isEqualTo(spans(110, 110));
        assertThat(stale.touched()).isEqualTo(SpanSet.NONE);
        assertThat(stale.all()).as("until it was read").isEqualTo(spans(110, 110));
        assertThat(stale.since()).contains(FIRST);
    }

    @Test
    void rows_that_were_read_are_no_longer_stale() {
        touch(110, FIRST);
        stale.take(HELD);
        assertThat(stale.read(HELD)).isEqualTo(FIRST);
        assertThat(stale.all()).isEqualTo(SpanSet.NONE);
        assertThat(stale.since()).isEmpty();
    }

    @Test
    void rows_read_without_having_been_touched_were_never_stale() {
        stale.take(HELD);
        assertThat(stale.read(HELD)).isNull();
    }

    @Test
    void rows_touched_while_they_are_read_are_stale_from_then_on() {
        touch(110, FIRST);
        stale.take(HELD);
        touch(120, LATER);
        assertThat(stale.since()).contains(FIRST);
        assertThat(stale.read(HELD)).isEqualTo(FIRST);
        assertThat(stale.touched()).isEqualTo(spans(120, 120));
        assertThat(stale.since()).contains(LATER);
        stale.take(HELD);
        assertThat(stale.read(HELD)).isEqualTo(LATER);
    }

    /** The span is held with the rows that were read, and these are stale since now at the latest. */
    @Test
    void rows_touched_during_their_first_read_are_stale_once_they_are_held() {
        stale.take(SpanSet.NONE);
        stale.touch(spans(110, 110), FIRST, Touch.NARROW, SpanSet.NONE, false);
        Instant before = Instant.now();
        stale.read(HELD);
        assertThat(stale.since().orElseThrow()).isBetween(before, Instant.now());
    }

    @Test
    void after_a_failed_refresh_rows_are_stale_since_they_were_first_touched() {
        touch(110, FIRST);
        SpanSet taken = stale.take(HELD);
        touch(120, LATER);
        stale.giveBack(taken);
        assertThat(stale.touched()).isEqualTo(SpanSet.of(List.of(at(110), at(120))));
        assertThat(stale.all()).isEqualTo(stale.touched());
        assertThat(stale.since()).contains(FIRST);
        assertThat(stale.take(HELD)).isEqualTo(SpanSet.of(List.of(at(110), at(120))));
        assertThat(stale.read(HELD)).isEqualTo(FIRST);
    }

    @Test
    void rows_that_are_no_longer_held_are_not_stale() {
        touch(110, FIRST);
        stale.take(HELD);
        touch(120, LATER);
        stale.forget();
        assertThat(stale.since()).isEmpty();
    }

    @Test
    void a_notification_that_was_put_off_makes_held_rows_stale_but_gives_a_refresh_nothing_to_read() {
        stale.touch(SpanSet.ALL, FIRST, Touch.PUT_OFF, HELD, true);
        stale.touch(SpanSet.ALL, LATER, Touch.PUT_OFF, HELD, true);
        assertThat(stale.isAny(HELD)).isFalse();
        assertThat(stale.putOff().spans().intersect(HELD)).isEqualTo(HELD);
        assertThat(stale.take(HELD)).isEqualTo(SpanSet.NONE);
        stale.read(HELD);
        assertThat(stale.since()).contains(FIRST);
    }

    @Test
    void notifications_that_were_put_off_are_followed_for_some_dates_or_as_a_whole() {
        stale.touch(SpanSet.ALL, FIRST, Touch.PUT_OFF, HELD, true);
        stale.follow(spans(110, 119), HELD);
        assertThat(stale.take(HELD)).isEqualTo(spans(110, 119));
        assertThat(stale.tookWide()).as("for a window of its own").isFalse();
        assertThat(stale.read(HELD)).isEqualTo(FIRST);
        assertThat(stale.since()).as("the rest").contains(FIRST);

        stale.followAll(HELD);
        assertThat(stale.take(HELD)).isEqualTo(HELD.minus(spans(110, 119)));
        assertThat(stale.tookWide()).isTrue();
        stale.read(HELD);
        assertThat(stale.since()).isEmpty();
        assertThat(stale.putOff().spans().intersect(HELD)).isEqualTo(SpanSet.NONE);
    }

    @Test
    void a_comparison_settles_the_notifications_put_off_before_it_but_not_those_put_off_meanwhile() {
        stale.touch(SpanSet.ALL, FIRST, Touch.PUT_OFF, HELD, true);
        stale.comparing();
        stale.touch(spans(110, 110), LATER, Touch.PUT_OFF, HELD, true);
        stale.putOff().proved(HELD, HELD);
        assertThat(stale.putOff().spans().intersect(HELD)).isEqualTo(spans(110, 110));
        assertThat(stale.since()).contains(FIRST);
        stale.comparing();
        stale.putOff().proved(HELD, HELD);
        assertThat(stale.since()).isEmpty();
    }

    @Test
    void only_a_complete_pass_settles_the_notifications_that_were_put_off_before_it() {
        stale.touch(SpanSet.ALL, FIRST, Touch.PUT_OFF, HELD, true);
        stale.putOff().pass(false);
        stale.touch(SpanSet.ALL, LATER, Touch.PUT_OFF, HELD, true);
        stale.putOff().pass(false);
        assertThat(stale.since()).as("something was left out").contains(FIRST);
        stale.touch(SpanSet.ALL, LATER, Touch.PUT_OFF, HELD, true);
        stale.putOff().pass(true);
        assertThat(stale.since()).contains(LATER);
    }

    @Test
    void notifications_that_were_put_off_are_settled_if_their_rows_are_read_anyway() {
        stale.touch(SpanSet.ALL, FIRST, Touch.PUT_OFF, HELD, true);
        stale.touch(HELD, LATER, Touch.NARROW, HELD, true);
        stale.take(HELD);
        assertThat(stale.read(HELD)).isEqualTo(FIRST);
        assertThat(stale.since()).isEmpty();
    }

    @Test
    void rows_of_a_notification_put_off_before_they_are_held_are_stale_only_while_they_are_held() {
        stale.take(SpanSet.NONE);
        stale.touch(SpanSet.ALL, FIRST, Touch.PUT_OFF, SpanSet.NONE, false);
        assertThat(stale.since()).isEmpty();
        stale.read(HELD);
        assertThat(stale.since()).isPresent();
        stale.take(SpanSet.NONE);
        assertThat(stale.since()).isEmpty();
    }

    private void touch(long date, Instant since) {
        stale.touch(spans(date, date), since, Touch.NARROW, HELD, true);
    }

    private static Span at(long date) {
        return new Span(date, date);
    }

    private static SpanSet spans(long start, long end) {
        return SpanSet.of(List.of(new Span(start, end)));
    }
}
