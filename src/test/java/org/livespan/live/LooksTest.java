package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Selection;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** When the held rows may be given to a request, and when it is forgotten. */
class LooksTest {

    private static final Span MORNING = new Span(100, 199);
    private static final Span EVENING = new Span(300, 399);
    private static final SpanSet ALL_DAY = SpanSet.of(List.of(MORNING, EVENING));

    private final HeldRows held = new HeldRows();
    private final StaleSpans stale = new StaleSpans();
    private final Looks looks = new Looks();
    private final List<Runnable> told = new ArrayList<>();

    @BeforeEach
    void a_morning_and_an_evening_are_held() {
        hold(ALL_DAY);
    }

    @Test
    void it_is_answered_at_once_if_nothing_has_changed_and_then_forgotten() {
        assertThat(look(MORNING).join()).isPresent();
        assertThat(refreshed()).isZero();
    }

    @Test
    void it_waits_for_the_refresh_that_reads_a_change_of_its_rows_and_is_answered_once() {
        touch(new Span(150, 150), Touch.NARROW);
        var morning = look(MORNING);
        var evening = look(EVENING);
        assertThat(evening).isCompleted();
        assertThat(morning).isNotDone();
        planned();
        answer();
        assertThat(morning).as("the refresh is under way").isNotDone();
        refreshed();
        assertThat(morning.join()).isPresent();
        assertThat(refreshed()).isZero();
    }

    @Test
    void it_waits_for_the_next_refresh_if_the_rows_have_changed_since_one_began() {
        planned();
        touch(new Span(150, 150), Touch.NARROW);
        var asked = look(MORNING);
        refreshed();
        assertThat(asked).isNotDone();
        planned();
        refreshed();
        assertThat(asked.join()).isPresent();
    }

    @Test
    void it_waits_for_a_refresh_under_way_that_reads_its_rows() {
        touch(new Span(150, 150), Touch.NARROW);
        planned();
        var asked = look(MORNING);
        assertThat(asked).isNotDone();
        refreshed();
        assertThat(asked.join()).isPresent();
    }

    @Test
    void what_was_compared_meanwhile_does_not_end_the_wait_for_a_refresh() {
        touch(new Span(120, 120), Touch.PUT_OFF);
        touch(new Span(150, 150), Touch.NARROW);
        var asked = look(MORNING);
        planned();
        looks.doubts().forEach(doubt -> doubt.dispel(SpanSet.ALL));
        answer();
        assertThat(asked).isNotDone();
        refreshed();
        assertThat(asked.join()).isPresent();
    }

    @Test
    void only_requests_for_rows_that_were_put_off_are_compared_and_no_longer_than_they_wait() {
        touch(new Span(120, 120), Touch.PUT_OFF);
        touch(new Span(350, 350), Touch.NARROW);
        look(EVENING);
        assertThat(looks.doubts()).isEmpty();
        var asked = look(MORNING);
        assertThat(looks.doubts()).hasSize(1);
        looks.doubts().forEach(doubt -> doubt.dispel(SpanSet.ALL));
        answer();
        assertThat(asked.join()).isPresent();
        assertThat(looks.doubts()).isEmpty();
    }

    @Test
    void if_its_rows_are_dropped_it_is_answered_with_nothing_and_forgotten() {
        touch(new Span(150, 150), Touch.NARROW);
        var asked = look(MORNING);
        keepEvening();
        planned();
        refreshed();
        assertThat(asked.join()).isEmpty();
        hold(ALL_DAY);
        assertThat(refreshed()).isZero();
    }

    @Test
    void rows_that_are_dropped_and_held_again_are_those_of_a_later_read() {
        touch(new Span(150, 150), Touch.NARROW);
        var asked = look(MORNING);
        keepEvening();
        planned();
        hold(ALL_DAY);
        refreshed();
        assertThat(asked.join()).isPresent();
    }

    @Test
    void if_the_rows_cannot_be_read_all_are_answered_with_nothing_and_forgotten() {
        touch(new Span(120, 120), Touch.PUT_OFF);
        touch(new Span(150, 150), Touch.NARROW);
        var asked = look(MORNING);
        looks.miss(told);
        tell();
        assertThat(asked.join()).isEmpty();
        assertThat(looks.doubts()).isEmpty();
        looks.miss(told);
        assertThat(tell()).isZero();
    }

    private CompletableFuture<Optional<Image>> look(Span span) {
        var answer = new CompletableFuture<Optional<Image>>();
        looks.add(Restriction.to(span), answer, held, stale, told);
        tell();
        return answer;
    }

    private void hold(SpanSet spans) {
        var reading = new ReadRows();
        reading.add(Selection.ALL, spans, List.of(FakeFeed.row(1, 100, "1"), FakeFeed.row(2, 300, "2")));
        held.take(reading);
    }

    private void touch(Span span, Touch how) {
        stale.touch(new SpanSet(List.of(span)), Instant.now(), how, held.spans(), true);
    }

    private void planned() {
        looks.planned(stale.take(held.spans()), held.spans());
    }

    /** @return how many were answered */
    private int refreshed() {
        stale.read(held.spans());
        looks.refreshed(held, told);
        return tell();
    }

    private void answer() {
        looks.answer(held, told);
        tell();
    }

    private int tell() {
        var all = List.copyOf(told);
        told.clear();
        all.forEach(Runnable::run);
        return all.size();
    }

    private void keepEvening() {
        var evening = new Coverage();
        evening.add(Selection.ALL, new SpanSet(List.of(EVENING)));
        held.keep(evening);
    }
}
