package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/** Which windows a change concerns. */
class LiveFeedTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0);
    private static final Span MORNING = new Span(NOON.minusHours(6), NOON.minusHours(1));
    private static final Span EVENING = new Span(NOON.plusHours(6), NOON.plusHours(9));
    private static final int LIMIT = 3;

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private final WindowReader reader = new WindowReader();
    private final LiveFeed live = new LiveFeed(feed, reader, executor, Duration.ZERO);
    private final HeardResults atMorning = new HeardResults();
    private final HeardResults atEvening = new HeardResults();

    @BeforeEach
    void limit() {
        reader.limit = LIMIT;
    }

    @Test
    void a_window_is_told_its_first_result_when_it_opens() {
        feed.insert(MORNING.start(), "{\"id\":1}");
        live.open(MORNING, atMorning);
        executor.runAll();
        assertThat(atMorning.results()).hasSize(1);
        assertThat(new String(atMorning.results().get(0).json(), UTF_8)).isEqualTo("[{\"id\":1}]");
    }

    @Test
    void a_window_hears_of_changes_from_before_its_first_result_is_read() {
        live.open(MORNING, atMorning);
        assertThat(feed.reads()).isEmpty();
        feed.insert(MORNING.start(), "{\"id\":1}");
        live.changed(on("public.orders", MORNING));
        executor.runAll();
        assertThat(new String(atMorning.results().get(0).json(), UTF_8)).isEqualTo("[{\"id\":1}]");
    }

    @Test
    void a_change_is_looked_for_in_the_windows_it_overlaps_only() {
        openBoth();
        live.changed(on("public.orders", new Span(EVENING.end(), EVENING.end())));
        executor.runAll();
        assertThat(feed.reads()).containsExactly(EVENING);
    }

    @Test
    void a_change_between_two_windows_reads_neither() {
        openBoth();
        live.changed(on("public.orders", new Span(NOON, NOON)));
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_change_of_another_table_reads_nothing() {
        openBoth();
        live.changed(on("public.readings", MORNING));
        live.changed(on("sales.orders", MORNING));
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_change_with_dates_of_another_type_is_looked_for_more_widely() {
        openBoth();
        LocalDateTime day = NOON.toLocalDate().atStartOfDay();
        live.changed(new Change(Operation.INSERT, "orders", DateType.DATE, new Span(day, day)));
        executor.runAll();
        assertThat(feed.reads()).containsExactlyInAnyOrder(MORNING, EVENING);
    }

    @Test
    void when_anything_may_have_changed_every_window_is_read() {
        openBoth();
        live.changed(Change.ANYTHING);
        executor.runAll();
        assertThat(feed.reads()).containsExactlyInAnyOrder(MORNING, EVENING);
    }

    @Test
    void a_window_that_was_closed_is_read_no_more() {
        openBoth();
        live.open(MORNING, new HeardResults()).close();
        executor.runAll();
        feed.reads().clear();
        live.changed(Change.ANYTHING);
        executor.runAll();
        assertThat(feed.reads()).hasSize(2);
    }

    @Test
    void after_the_feed_is_closed_no_window_is_read() {
        openBoth();
        live.close();
        live.changed(Change.ANYTHING);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_window_at_the_limit_is_told_and_one_over_it_ends() {
        for (int id = 1; id <= LIMIT; id++) {
            feed.insert(MORNING.start(), "{\"id\":" + id + "}");
        }
        live.open(MORNING, atMorning);
        executor.runAll();
        assertThat(atMorning.results()).hasSize(1);

        feed.insert(MORNING.start(), "{\"id\":4}");
        live.open(MORNING, atEvening);
        executor.runAll();
        assertThat(atEvening.results()).isEmpty();
        assertThat(atEvening.ends()).hasSize(1);
        assertThat(((WindowTooLargeException) atEvening.ends().get(0)).limit()).isEqualTo(LIMIT);
    }

    @Test
    void a_database_that_is_down_keeps_a_new_window_from_opening_and_an_open_one_waiting() {
        openBoth();
        feed.goDown();
        var late = new HeardResults();
        live.open(MORNING, late);
        executor.runNext();
        assertThat(late.ends()).hasOnlyElementsOfType(FeedUnavailableException.class);

        live.changed(on("orders", EVENING));
        executor.runNext();
        assertThat(atEvening.ends()).isEmpty();
        feed.comeBack();
        feed.insert(EVENING.start(), "{\"id\":1}");
        executor.runNext();
        assertThat(atEvening.results()).hasSize(2);
    }

    @Test
    void a_window_is_read_as_it_is_now_within_the_limit() {
        feed.insert(MORNING.start(), "{\"id\":1}");
        assertThat(new String(reader.read(feed, MORNING).json(), UTF_8)).isEqualTo("[{\"id\":1}]");
        reader.limit = 0;
        assertThatExceptionOfType(WindowTooLargeException.class)
                .isThrownBy(() -> reader.read(feed, MORNING))
                .withMessageContaining("more than 0 rows");
    }

    private void openBoth() {
        live.open(MORNING, atMorning);
        live.open(EVENING, atEvening);
        executor.runAll();
        feed.reads().clear();
    }

    private static Change on(String table, Span span) {
        return new Change(Operation.INSERT, table, DateType.TIMESTAMPTZ, span);
    }
}
