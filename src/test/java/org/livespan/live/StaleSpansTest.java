package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Which spans changes have touched, and since when what is held of them may be behind. */
class StaleSpansTest {

    private static final SpanSet HELD = spans(100, 199);
    private static final Instant FIRST = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant LATER = FIRST.plusSeconds(60);

    private final StaleSpans stale = new StaleSpans();

    @Test
    void nothing_is_stale_before_something_was_touched() {
        assertThat(stale.touched()).isEqualTo(SpanSet.NONE);
        assertThat(stale.all()).isEqualTo(SpanSet.NONE);
        assertThat(stale.since()).isEmpty();
    }

    @Test
    void what_is_held_is_stale_since_the_earliest_change_of_it() {
        touch(110, LATER);
        touch(120, FIRST);
        touch(130, LATER);
        assertThat(stale.touched()).isEqualTo(SpanSet.of(List.of(at(110), at(120), at(130))));
        assertThat(stale.since()).contains(FIRST);
    }

    @Test
    void a_change_of_what_is_not_held_makes_nothing_stale() {
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

    /** What is being read will be held. */
    @Test
    void a_change_is_remembered_while_something_is_read_even_if_nothing_is_held() {
        stale.take(SpanSet.NONE);
        stale.touch(spans(110, 110), FIRST, Touch.NARROW, SpanSet.NONE, false);
        assertThat(stale.touched()).isEqualTo(spans(110, 110));
    }

    @Test
    void more_spans_than_are_worth_telling_apart_become_one() {
        var many = new ArrayList<Span>();
        for (int date = 0; date < 2_000; date++) {
            many.add(at(2 * date));
        }
        stale.touch(SpanSet.of(many), FIRST, Touch.NARROW, HELD, true);
        assertThat(stale.touched()).isEqualTo(spans(0, 3_998));
    }

    @Test
    void a_refresh_takes_what_was_touched_of_what_is_held() {
        touch(110, FIRST);
        touch(300, FIRST);
        assertThat(stale.take(HELD)).isEqualTo(spans(110, 110));
        assertThat(stale.touched()).isEqualTo(SpanSet.NONE);
        assertThat(stale.all()).as("until it was read").isEqualTo(spans(110, 110));
        assertThat(stale.since()).contains(FIRST);
    }

    @Test
    void what_was_read_is_stale_no_more() {
        touch(110, FIRST);
        stale.take(HELD);
        assertThat(stale.read(HELD)).isEqualTo(FIRST);
        assertThat(stale.all()).isEqualTo(SpanSet.NONE);
        assertThat(stale.since()).isEmpty();
    }

    @Test
    void what_was_read_although_nothing_had_touched_it_was_never_behind() {
        stale.take(HELD);
        assertThat(stale.read(HELD)).isNull();
    }

    @Test
    void what_is_touched_while_it_is_read_is_stale_from_then_on() {
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

    /** It came with the rows that were read, and is behind since now at the latest. */
    @Test
    void what_was_touched_before_it_was_held_is_stale_once_it_is() {
        stale.take(SpanSet.NONE);
        stale.touch(spans(110, 110), FIRST, Touch.NARROW, SpanSet.NONE, false);
        Instant before = Instant.now();
        stale.read(HELD);
        assertThat(stale.since().orElseThrow()).isBetween(before, Instant.now());
    }

    @Test
    void what_was_taken_in_vain_is_stale_since_it_was_touched_first() {
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
    void nothing_is_stale_of_what_is_held_no_more() {
        touch(110, FIRST);
        stale.take(HELD);
        touch(120, LATER);
        stale.forget();
        assertThat(stale.since()).isEmpty();
    }

    @Test
    void what_was_put_off_is_behind_and_yet_nothing_to_read() {
        stale.touch(SpanSet.ALL, FIRST, Touch.PUT_OFF, HELD, true);
        stale.touch(SpanSet.ALL, LATER, Touch.PUT_OFF, HELD, true);
        assertThat(stale.isAny(HELD)).isFalse();
        assertThat(stale.putOff().spans().intersect(HELD)).isEqualTo(HELD);
        assertThat(stale.take(HELD)).isEqualTo(SpanSet.NONE);
        stale.read(HELD);
        assertThat(stale.since()).contains(FIRST);
    }

    @Test
    void what_was_put_off_is_followed_as_a_whole_or_for_some_dates() {
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
    void what_was_compared_is_put_off_no_more_but_for_what_came_meanwhile() {
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
    void what_came_before_all_that_is_held_was_compared_is_not_behind_any_more() {
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
    void what_was_put_off_and_is_read_anyway_is_put_off_no_more() {
        stale.touch(SpanSet.ALL, FIRST, Touch.PUT_OFF, HELD, true);
        stale.touch(HELD, LATER, Touch.NARROW, HELD, true);
        stale.take(HELD);
        assertThat(stale.read(HELD)).isEqualTo(FIRST);
        assertThat(stale.since()).isEmpty();
    }

    @Test
    void what_was_put_off_before_it_was_held_is_stale_once_it_is_and_not_when_it_is_let_go() {
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
