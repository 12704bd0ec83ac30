package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** What is read and which windows are notified, change by change. */
class LiveFeedTest {

    private static final Span MORNING = new Span(100, 199);
    private static final Span EVENING = new Span(300, 399);
    private static final Span DAY = new Span(0, 499);
    private static final RowLimits LIMITS = new RowLimits(3, 8);
    private static final Duration LONG = Duration.ofHours(1);

    private final FakeFeed feed = new FakeFeed();
    private final ManualExecutor executor = new ManualExecutor();
    private LiveFeed live = live(Duration.ZERO, LONG);
    private final HeardResults atMorning = new HeardResults();
    private final HeardResults atEvening = new HeardResults();

    @BeforeEach
    void listen() {
        feed.toldTo(live::changed);
    }

    @Test
    void a_window_gets_its_first_result_when_it_opens_even_if_it_is_empty() {
        feed.put(1, 100, "{\"id\":1}");
        openBoth();
        assertThat(atMorning.results()).containsExactly("[{\"id\":1}]");
        assertThat(atEvening.results()).containsExactly("[]");
    }

    @Test
    void a_change_heard_before_the_first_result_is_read_is_part_of_it() {
        live.open(Restriction.to(MORNING), atMorning, FirstResult.HELD);
        feed.put(1, 100, "{\"id\":1}");
        feed.hearAll();
        assertThat(feed.reads()).isEmpty();
        executor.runAll();
        assertThat(atMorning.results()).containsExactly("[{\"id\":1}]");
    }

    @Test
    void only_the_windows_that_contain_a_changed_row_are_notified() {
        openBoth();
        feed.put(1, 300, "{\"id\":1}");
        settle();
        assertThat(atMorning.results()).containsExactly("[]");
        assertThat(atEvening.results()).containsExactly("[]", "[{\"id\":1}]");
        assertThat(atEvening.changes()).containsExactly("{\"upserted\":[{\"id\":1}],\"removed\":[]}");
    }

    @Test
    void a_moved_row_is_removed_from_the_window_it_left_and_upserted_in_the_windows_it_is_in_now() {
        feed.put(1, 100, "{\"id\":1}");
        openBoth();
        var atBoth = new HeardResults();
        live.open(Restriction.to(DAY), atBoth, FirstResult.HELD);
        executor.runAll();
        feed.put(1, 300, "{\"id\":1,\"moved\":true}");
        settle();
        assertThat(atMorning.changes()).containsExactly("{\"upserted\":[],\"removed\":[1]}");
        assertThat(atEvening.changes()).containsExactly("{\"upserted\":[{\"id\":1,\"moved\":true}],\"removed\":[]}");
        assertThat(atBoth.changes()).isEqualTo(atEvening.changes());
    }

    @Test
    void a_write_that_leaves_the_rows_unchanged_is_read_but_notifies_nobody() {
        feed.put(1, 100, "{\"id\":1}");
        openBoth();
        feed.put(1, 100, "{\"id\":1}");
        settle();
        assertThat(feed.reads()).hasSize(1);
        assertThat(atMorning.results()).hasSize(1);
    }

    @Test
    void an_insert_and_the_delete_that_undoes_it_are_both_shown_and_the_first_digest_returns() {
        openBoth();
        feed.put(1, 100, "{\"id\":1}");
        settle();
        feed.delete(1);
        settle();
        assertThat(atMorning.results()).containsExactly("[]", "[{\"id\":1}]", "[]");
        assertThat(atMorning.digests().get(2)).isEqualTo(atMorning.digests().get(0));
        assertThat(atMorning.changes().get(1)).isEqualTo("{\"upserted\":[],\"removed\":[1]}");
    }

    @Test
    void one_change_causes_one_read_of_its_own_span_however_many_windows_contain_it() {
        for (int window = 0; window < 1_000; window++) {
            live.open(Restriction.to(new Span(window % 100, 200 + window)), new HeardResults(), FirstResult.HELD);
        }
        executor.runAll();
        feed.reads().clear();
        feed.put(1, 150, "{\"id\":1}");
        settle();
        assertThat(feed.reads()).containsExactly(times(new Span(150, 150)));
    }

    @Test
    void when_a_row_moves_far_only_its_old_and_new_dates_are_read() {
        feed.put(1, 100, "{\"id\":1}");
        feed.put(2, 250, "{\"id\":2}");
        live.open(Restriction.to(DAY), atMorning, FirstResult.HELD);
        settle();
        feed.reads().clear();
        feed.put(1, 400, "{\"id\":1,\"moved\":true}");
        settle();
        assertThat(feed.reads()).containsExactly(times(new Span(100, 100), new Span(400, 400)));
        assertThat(atMorning.changes()).containsExactly("{\"upserted\":[{\"id\":1,\"moved\":true}],\"removed\":[]}");
    }

    @Test
    void a_row_that_moves_from_before_a_window_to_after_it_causes_no_read() {
        feed.put(1, 50, "{\"id\":1}");
        openBoth();
        feed.put(1, 250, "{\"id\":1}");
        feed.hearAll();
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void waiting_changes_are_read_together() {
        live.open(Restriction.to(DAY), atMorning, FirstResult.HELD);
        executor.runAll();
        feed.reads().clear();
        feed.put(1, 150, "{\"id\":1}");
        feed.put(2, 151, "{\"id\":2}");
        feed.put(3, 350, "{\"id\":3}");
        settle();
        assertThat(feed.reads()).containsExactly(times(new Span(150, 151), new Span(350, 350)));
        assertThat(atMorning.results()).hasSize(2);
    }

    @Test
    void a_change_to_every_row_causes_one_read_of_the_watched_spans_and_nothing_else() {
        openBoth();
        feed.commit(FakeFeed.Transaction::truncate);
        settle();
        assertThat(feed.reads()).containsExactly(times(MORNING, EVENING));
    }

    @Test
    void a_change_heard_during_a_refresh_is_read_by_it_and_again_by_the_next_one() {
        openBoth();
        feed.put(1, 100, "{\"id\":1}");
        feed.hearAll();
        feed.beforeMarker(onceThen(() -> feed.put(2, 300, "{\"id\":2}")));
        executor.runAll();
        assertThat(feed.reads())
                .containsExactly(times(new Span(100, 100)), times(new Span(300, 300)), times(new Span(300, 300)));
        assertThat(atEvening.results()).containsExactly("[]", "[{\"id\":2}]");
    }

    @Test
    void a_change_between_two_windows_causes_no_read() {
        openBoth();
        feed.put(1, 250, "{\"id\":1}");
        feed.hearAll();
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_change_to_another_table_causes_no_read() {
        openBoth();
        live.changed(new Change(Operation.INSERT, "public.readings", DateType.TIMESTAMPTZ, times(MORNING)));
        live.changed(new Change(Operation.INSERT, "sales.orders", DateType.TIMESTAMPTZ, times(MORNING)));
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_change_with_dates_of_another_type_causes_a_read_of_wider_spans() {
        openBoth();
        live.changed(new Change(Operation.INSERT, "orders", DateType.DATE, times(new Span(0, 0))));
        executor.runAll();
        assertThat(feed.reads()).containsExactly(times(MORNING, EVENING));
    }

    @Test
    void a_window_whose_rows_are_held_opens_at_once_and_causes_no_read() {
        feed.put(1, 150, "{\"id\":1}");
        live.open(Restriction.to(DAY), atMorning, FirstResult.HELD);
        executor.runAll();
        feed.reads().clear();
        for (int client = 0; client < 100; client++) {
            var heard = new HeardResults();
            live.open(Restriction.to(new Span(client, 300 + client)), heard, FirstResult.HELD);
            assertThat(heard.results()).containsExactly("[{\"id\":1}]");
        }
        assertThat(executor.waiting()).isZero();
        assertThat(feed.reads()).isEmpty();
    }

    @Test
    void for_a_new_window_only_the_parts_that_are_not_held_yet_are_read() {
        openBoth();
        live.open(Restriction.to(DAY), new HeardResults(), FirstResult.HELD);
        executor.runAll();
        assertThat(feed.reads()).containsExactly(times(new Span(0, 99), new Span(200, 299), new Span(400, 499)));
    }

    @Test
    void while_the_listener_is_lost_held_rows_are_read_again_before_a_new_window_opens() {
        openBoth();
        feed.breakSession();
        feed.noticeBrokenSession();
        feed.put(1, 100, "{\"id\":1}");
        var late = new HeardResults();
        live.open(Restriction.to(MORNING), late, FirstResult.HELD);
        assertThat(late.results()).isEmpty();
        executor.runAll();
        assertThat(feed.reads()).containsExactly(times(MORNING, EVENING));
        assertThat(late.results()).containsExactly("[{\"id\":1}]");
        assertThat(atMorning.results()).containsExactly("[]", "[{\"id\":1}]");
    }

    @Test
    void after_the_listener_reconnects_all_held_rows_are_read_again() {
        openBoth();
        feed.breakSession();
        feed.noticeBrokenSession();
        feed.put(1, 100, "{\"id\":1}");
        feed.openSession();
        feed.connected();
        executor.runAll();
        assertThat(feed.reads()).containsExactly(times(MORNING, EVENING));
        assertThat(atMorning.results()).containsExactly("[]", "[{\"id\":1}]");
    }

    @Test
    void rows_read_while_the_listener_is_lost_are_not_shown_and_all_held_rows_are_read_again() {
        openBoth();
        feed.put(1, 100, "{\"id\":1}");
        feed.hearAll();
        feed.breakSession();
        feed.put(2, 300, "{\"id\":2}");
        executor.runNext();
        assertThat(atMorning.results()).containsExactly("[]");
        executor.runAll();
        assertThat(feed.reads()).containsExactly(times(new Span(100, 100)), times(MORNING, EVENING));
        assertThat(atMorning.results()).containsExactly("[]", "[{\"id\":1}]");
        assertThat(atEvening.results()).containsExactly("[]", "[{\"id\":2}]");
    }

    @Test
    void a_new_window_opens_even_if_the_listener_is_lost() {
        openBoth();
        var late = new HeardResults();
        feed.breakSession();
        live.open(Restriction.to(DAY), late, FirstResult.HELD);
        executor.runAll();
        assertThat(late.results()).containsExactly("[]");
        assertThat(late.ends()).isEmpty();
    }

    @Test
    void a_closed_window_is_no_longer_notified() {
        openBoth();
        live.open(Restriction.to(MORNING), atMorning, FirstResult.HELD).close();
        HeardResults closed = new HeardResults();
        Window window = live.open(Restriction.to(MORNING), closed, FirstResult.HELD);
        window.close();
        window.close();
        feed.put(1, 100, "{\"id\":1}");
        settle();
        assertThat(closed.results()).containsExactly("[]");
    }

    @Test
    void a_window_closed_while_its_rows_are_read_is_never_notified() {
        Window window = live.open(Restriction.to(MORNING), atMorning, FirstResult.HELD);
        feed.beforeRead(window::close);
        executor.runAll();
        assertThat(atMorning.results()).isEmpty();
        assertThat(atMorning.ends()).isEmpty();
    }

    @Test
    void a_window_closed_before_its_rows_are_read_causes_no_read_and_gets_no_result() {
        live.open(Restriction.to(MORNING), atMorning, FirstResult.HELD).close();
        executor.runAll();
        assertThat(feed.reads()).isEmpty();
        assertThat(atMorning.results()).isEmpty();
    }

    @Test
    void a_window_closed_while_another_is_read_causes_no_read() {
        live.open(Restriction.to(MORNING), atMorning, FirstResult.HELD);
        Window window = live.open(Restriction.to(EVENING), atEvening, FirstResult.HELD);
        feed.beforeRead(window::close);
        executor.runAll();
        assertThat(feed.reads()).containsExactly(times(MORNING));
        assertThat(atMorning.results()).containsExactly("[]");
        assertThat(atEvening.results()).isEmpty();
    }

    @Test
    void windows_that_come_together_are_opened_by_one_transaction_while_there_is_time() {
        openBoth();
        assertThat(feed.snapshots()).isEqualTo(1);
    }

    /** Each row that is read where another was tells of the next one, so it could go on for as long as there are rows. */
    @Test
    void when_rows_have_moved_unheard_one_to_the_place_of_the_next_everything_is_read_after_a_few_rounds() {
        var whole = new HeardResults();
        live = new TestNode(feed, executor).live();
        feed.toldTo(live::changed);
        for (int id = 0; id < 20; id++) {
            feed.put(id, 10 * id, "{\"id\":" + id + "}");
        }
        live.open(Restriction.to(DAY), whole, FirstResult.HELD);
        settle();
        feed.reads().clear();
        feed.commitUnheard(transaction -> {
            for (int id = 0; id < 20; id++) {
                transaction.put(id, 10 * id + 10, "{\"id\":" + id + "}");
            }
        });
        feed.put(19, 200, "{\"id\":19,\"heard\":true}");
        settle();
        assertThat(feed.reads())
                .containsExactly(
                        times(new Span(200, 200)),
                        times(new Span(190, 190)),
                        times(new Span(180, 180)),
                        times(new Span(0, 179), new Span(181, 189), new Span(191, 199), new Span(201, 499)));
        assertThat(whole.changes()).hasSize(1);
        assertThat(whole.results())
                .last()
                .asString()
                .startsWith("[{\"id\":0},")
                .endsWith("{\"id\":19,\"heard\":true}]");
    }

    @Test
    void rows_that_nobody_watches_any_more_are_kept_current_for_a_while() {
        Window window = live.open(Restriction.to(MORNING), atMorning, FirstResult.HELD);
        executor.runAll();
        window.close();
        assertThat(executor.nextDelay()).isGreaterThan(LONG);
        executor.runNext();
        executor.runAll();
        feed.reads().clear();
        feed.put(1, 100, "{\"id\":1}");
        settle();
        assertThat(feed.reads()).containsExactly(times(new Span(100, 100)));
        var back = new HeardResults();
        live.open(Restriction.to(MORNING), back, FirstResult.HELD);
        assertThat(back.results()).containsExactly("[{\"id\":1}]");
    }

    @Test
    void rows_that_nobody_has_watched_for_a_while_are_dropped() {
        LiveFeed forgetful = live(Duration.ZERO, Duration.ZERO);
        feed.toldTo(forgetful::changed);
        Window window = forgetful.open(Restriction.to(DAY), atMorning, FirstResult.HELD);
        forgetful.open(Restriction.to(MORNING), atEvening, FirstResult.HELD);
        executor.runAll();
        window.close();
        executor.runAll();
        feed.reads().clear();
        feed.put(1, 300, "{\"id\":1}");
        settle();
        assertThat(feed.reads()).as("what is let go").isEmpty();
        feed.put(2, 100, "{\"id\":2}");
        settle();
        assertThat(feed.reads()).as("what is watched").containsExactly(times(new Span(100, 100)));
        var back = new HeardResults();
        forgetful.open(Restriction.to(DAY), back, FirstResult.HELD);
        executor.runAll();
        assertThat(back.results()).containsExactly("[{\"id\":2},{\"id\":1}]");
    }

    @Test
    void while_nothing_is_held_or_watched_a_change_causes_no_read() {
        LiveFeed forgetful = live(Duration.ZERO, Duration.ZERO);
        forgetful.open(Restriction.to(DAY), atMorning, FirstResult.HELD).close();
        executor.runAll();
        feed.reads().clear();
        forgetful.changed(Change.ANYTHING);
        executor.runAll();
        assertThat(feed.reads()).isEmpty();
    }

    @Test
    void clients_do_not_wait_for_the_end_of_the_transaction_that_read_a_change() {
        openBoth();
        var shown = new ArrayList<Integer>();
        feed.atClose(() -> shown.add(atMorning.changes().size()));
        feed.put(1, 100, "{\"id\":1}");
        settle();
        assertThat(shown).containsExactly(1);
        assertThat(feed.openSnapshots()).isZero();
    }

    @Test
    void a_transaction_that_fails_at_its_end_takes_nothing_back() {
        openBoth();
        feed.atClose(() -> {
            throw new IllegalStateException("the connection is broken");
        });
        feed.put(1, 100, "{\"id\":1}");
        settle();
        feed.put(2, 100, "{\"id\":2}");
        settle();
        assertThat(atMorning.results()).containsExactly("[]", "[{\"id\":1}]", "[{\"id\":1},{\"id\":2}]");
        assertThat(atMorning.ends()).isEmpty();
        assertThat(feed.reads()).as("each change is read once").hasSize(2);
    }

    @Test
    void a_read_that_fails_once_ends_its_transaction_and_is_repeated() {
        openBoth();
        feed.beforeRead(() -> {
            feed.beforeRead(() -> {});
            throw new FeedUnavailableException("orders", new IllegalStateException("for a test"));
        });
        feed.put(1, 100, "{\"id\":1}");
        settle();
        assertThat(atMorning.results()).endsWith("[{\"id\":1}]");
        assertThat(feed.openSnapshots()).isZero();
    }

    @Test
    void the_first_change_is_read_at_once_and_those_after_it_wait_for_the_refresh_interval() {
        LiveFeed paced = live(LONG, LONG, LONG);
        paced.open(Restriction.to(MORNING), atMorning, FirstResult.HELD);
        executor.runNext();
        paced.changed(Change.ANYTHING);
        assertThat(executor.nextDelay()).isLessThanOrEqualTo(Duration.ZERO);
        executor.runNext();
        paced.changed(Change.ANYTHING);
        paced.changed(Change.ANYTHING);
        assertThat(executor.waiting()).isEqualTo(1);
        assertThat(executor.nextDelay()).isBetween(LONG.minusMinutes(1), LONG);
    }

    @Test
    void new_windows_wait_for_the_refresh_interval_or_for_the_next_change_which_is_read_at_once() {
        LiveFeed paced = live(LONG, LONG, LONG);
        feed.toldTo(paced::changed);
        paced.open(Restriction.to(MORNING), atMorning, FirstResult.HELD);
        assertThat(executor.nextDelay()).isLessThanOrEqualTo(Duration.ZERO);
        executor.runNext();
        paced.open(Restriction.to(EVENING), atEvening, FirstResult.HELD);
        assertThat(executor.nextDelay()).isBetween(LONG.minusMinutes(1), LONG);

        feed.put(1, 100, "{\"id\":1}");
        feed.hearAll();
        assertThat(executor.waiting()).isEqualTo(1);
        assertThat(executor.nextDelay()).isLessThanOrEqualTo(Duration.ZERO);
        executor.runNext();
        assertThat(atMorning.results()).containsExactly("[]", "[{\"id\":1}]");
        assertThat(atEvening.results()).as("it had no longer to wait").containsExactly("[]");
    }

    @Test
    void a_change_does_not_wait_for_all_new_windows_once_opening_them_has_used_up_its_time() {
        LiveFeed brief = live(LONG, Duration.ZERO, LONG);
        feed.toldTo(brief::changed);
        brief.open(Restriction.to(MORNING), atMorning, FirstResult.HELD);
        brief.open(Restriction.to(EVENING), atEvening, FirstResult.HELD);
        var atNight = new HeardResults();
        brief.open(Restriction.to(new Span(400, 499)), atNight, FirstResult.HELD);
        executor.runNext();
        assertThat(atMorning.results()).hasSize(1);
        assertThat(atEvening.results()).isEmpty();

        feed.put(1, 100, "{\"id\":1}");
        feed.hearAll();
        executor.runNext();
        assertThat(atMorning.results()).hasSize(2);
        assertThat(atEvening.results()).hasSize(1);
        assertThat(atNight.results()).isEmpty();
        assertThat(executor.nextDelay()).as("no pause").isLessThanOrEqualTo(Duration.ZERO);
        executor.runNext();
        assertThat(atNight.results()).hasSize(1);
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_window_at_the_limit_opens_and_one_over_it_is_refused() {
        for (int id = 1; id <= LIMITS.window(); id++) {
            feed.put(id, 100 + id, "{}");
        }
        feed.put(9, 300, "{}");
        openBoth();
        assertThat(atMorning.results()).hasSize(1);
        var atBoth = new HeardResults();
        live.open(Restriction.to(DAY), atBoth, FirstResult.HELD);
        executor.runAll();
        assertThat(atBoth.results()).isEmpty();
        assertThat(atBoth.ends()).hasOnlyElementsOfType(WindowTooLargeException.class);
        assertThat(((WindowTooLargeException) atBoth.ends().get(0)).limit()).isEqualTo(LIMITS.window());
    }

    @Test
    void a_window_far_over_the_limit_is_refused_and_another_opens() {
        for (int id = 1; id <= 100; id++) {
            feed.put(id, 100, "{}");
        }
        feed.put(101, 300, "{}");
        openBoth();
        assertThat(atMorning.ends()).hasOnlyElementsOfType(WindowTooLargeException.class);
        assertThat(atEvening.results()).containsExactly("[{}]");
    }

    @Test
    void a_window_that_grows_too_large_while_open_is_ended_and_the_others_go_on() {
        openBoth();
        var noon = new HeardResults();
        live.open(Restriction.to(new Span(150, 199)), noon, FirstResult.HELD);
        executor.runAll();
        for (int id = 1; id <= LIMITS.window() + 1; id++) {
            feed.put(id, 100 + 20 * id, "{}");
        }
        settle();
        assertThat(atMorning.ends()).hasOnlyElementsOfType(WindowTooLargeException.class);
        assertThat(noon.ends()).isEmpty();
        assertThat(noon.results()).containsExactly("[]", "[{},{}]");
        feed.delete(1);
        settle();
        assertThat(atMorning.results()).containsExactly("[]");
        assertThat(atMorning.ends()).hasSize(1);
    }

    @Test
    void a_window_that_would_make_the_feed_too_large_is_refused_and_the_others_go_on() {
        for (int id = 1; id <= 9; id++) {
            feed.put(id, 100 * (1 + (id - 1) / 3), "{}");
        }
        openBoth();
        var third = new HeardResults();
        live.open(Restriction.to(new Span(200, 299)), third, FirstResult.HELD);
        executor.runAll();
        assertThat(third.ends()).hasOnlyElementsOfType(FeedTooLargeException.class);
        assertThat(atMorning.ends()).isEmpty();
        feed.put(9, 300, "{\"changed\":true}");
        settle();
        assertThat(atEvening.results()).last().isEqualTo("[{},{},{\"changed\":true}]");
    }

    @Test
    void while_the_database_is_down_a_new_window_is_refused_and_an_open_one_waits_for_a_retry() {
        openBoth();
        feed.goDown();
        var late = new HeardResults();
        live.open(Restriction.to(DAY), late, FirstResult.HELD);
        executor.runNext();
        assertThat(late.ends()).hasOnlyElementsOfType(FeedUnavailableException.class);

        feed.put(1, 300, "{\"id\":1}");
        feed.hearAll();
        executor.runNext();
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(executor.waiting()).isEqualTo(1);
            assertThat(executor.nextDelay()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(2));
            executor.runNext();
        }
        assertThat(atEvening.ends()).isEmpty();
        feed.comeBack();
        executor.runNext();
        assertThat(atEvening.results()).containsExactly("[]", "[{\"id\":1}]");
        assertThat(executor.waiting()).isZero();
    }

    @Test
    void a_change_heard_before_a_retry_schedules_no_second_refresh() {
        openBoth();
        feed.goDown();
        feed.put(1, 300, "{\"id\":1}");
        feed.hearAll();
        executor.runNext();
        feed.put(2, 300, "{\"id\":2}");
        feed.hearAll();
        assertThat(executor.waiting()).isEqualTo(1);
    }

    @Test
    void a_failing_window_listener_keeps_no_results_from_the_others() {
        var failing = new ArrayList<WindowUpdate>();
        live.open(
                Restriction.to(MORNING),
                new WindowListener() {
                    @Override
                    public void opened(Window window) {
                        throw new IllegalStateException("no one is there");
                    }

                    @Override
                    public void changed(WindowUpdate update) {
                        failing.add(update);
                        throw new IllegalStateException("no one is there");
                    }

                    @Override
                    public void ended(RuntimeException reason) {
                        throw new IllegalStateException("no one is there");
                    }
                },
                FirstResult.HELD);
        openBoth();
        feed.put(1, 100, "{\"id\":1}");
        settle();
        assertThat(failing).hasSize(1);
        assertThat(atMorning.results()).containsExactly("[]", "[{\"id\":1}]");
    }

    @Test
    void versions_increase_with_each_update_and_the_window_presents_the_latest_one() {
        var versions = new ArrayList<Long>();
        var open = new ArrayList<Window>();
        live.open(
                Restriction.to(MORNING),
                new WindowListener() {
                    @Override
                    public void opened(Window window) {
                        open.add(window);
                        versions.add(window.present().version());
                    }

                    @Override
                    public void changed(WindowUpdate update) {
                        versions.add(update.version());
                        assertThat(open.get(0).present().version()).isEqualTo(update.version());
                        assertThat(open.get(0).present().result().digest())
                                .isEqualTo(update.result().digest());
                    }

                    @Override
                    public void ended(RuntimeException reason) {
                        throw new AssertionError(reason);
                    }
                },
                FirstResult.HELD);
        executor.runAll();
        for (int id = 1; id <= 3; id++) {
            feed.put(id, 100, "{}");
            settle();
        }
        assertThat(versions).hasSize(4).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void new_windows_on_held_rows_share_one_marker_and_cause_no_read() {
        live.open(Restriction.to(new Span(100, 399)), atMorning, FirstResult.HELD);
        settle();
        feed.reads().clear();
        var markers = new ArrayList<Integer>();
        feed.beforeMarker(() -> markers.add(1));
        var late = List.of(new HeardResults(), new HeardResults(), new HeardResults());
        late.forEach(client -> live.open(Restriction.to(MORNING), client, FirstResult.CURRENT));
        settle();
        assertThat(late).allSatisfy(client -> assertThat(client.results()).containsExactly("[]"));
        assertThat(markers).hasSize(1);
        assertThat(feed.reads()).isEmpty();
    }

    /** It is opened while its rows are being loaded, so nothing is left to read for it and there is no snapshot yet. */
    @Test
    void a_window_opened_while_its_rows_are_loaded_shows_only_committed_states() {
        feed.commit(transaction -> {
            transaction.put(1, 100, "10");
            transaction.put(2, 199, "10");
        });
        feed.hearAll();
        live.open(Restriction.to(MORNING), atMorning, FirstResult.HELD);
        var late = new HeardResults();
        feed.beforeRead(onceThen(() -> live.open(Restriction.to(MORNING), late, FirstResult.CURRENT)));
        executor.runNext();
        feed.beforeMarker(onceThen(() -> {
            feed.put(3, 150, "0");
            feed.beforeRead(onceThen(() -> feed.commit(transaction -> {
                transaction.put(1, 100, "5");
                transaction.put(3, 150, "5");
            })));
        }));
        executor.runAll();
        settle();
        assertThat(late.results())
                .isSubsetOf("[10,10]", "[10,0,10]", "[5,5,10]")
                .endsWith("[5,5,10]");
        assertThat(atMorning.results())
                .isSubsetOf("[10,10]", "[10,0,10]", "[5,5,10]")
                .endsWith("[5,5,10]");
    }

    @Test
    void a_window_closed_while_the_listener_is_being_lost_leaves_no_outdated_rows_behind() {
        LiveFeed forgetful = live(Duration.ZERO, Duration.ZERO);
        feed.toldTo(forgetful::changed);
        Window other = forgetful.open(Restriction.to(EVENING), atEvening, FirstResult.HELD);
        executor.runAll();
        Window window = forgetful.open(Restriction.to(MORNING), atMorning, FirstResult.HELD);
        feed.beforeRead(onceThen(() -> {
            window.close();
            other.close();
            feed.breakSession();
        }));
        executor.runAll();
        feed.noticeBrokenSession();
        feed.openSession();
        feed.connected();
        executor.runAll();
        feed.put(1, 100, "{\"id\":1}");
        settle();
        var again = new HeardResults();
        forgetful.open(Restriction.to(MORNING), again, FirstResult.HELD);
        executor.runAll();
        assertThat(again.results()).last().isEqualTo("[{\"id\":1}]");
        assertThat(atMorning.results()).isEmpty();
    }

    private void openBoth() {
        live.open(Restriction.to(MORNING), atMorning, FirstResult.HELD);
        live.open(Restriction.to(EVENING), atEvening, FirstResult.HELD);
        settle();
        feed.reads().clear();
    }

    private void settle() {
        feed.hearAll();
        executor.runAll();
    }

    private LiveFeed live(Duration interval, Duration linger) {
        return live(interval, LONG, linger);
    }

    private LiveFeed live(Duration interval, Duration opening, Duration linger) {
        return new TestNode(feed, executor)
                .with(LIMITS)
                .with(new RefreshTimes(interval, opening, linger))
                .live();
    }

    private static SpanSet times(Span... spans) {
        return SpanSet.of(List.of(spans));
    }

    private static Runnable onceThen(Runnable once) {
        var rest = new ArrayList<>(List.of(once));
        return () -> {
            if (!rest.isEmpty()) {
                rest.remove(0).run();
            }
        };
    }
}
