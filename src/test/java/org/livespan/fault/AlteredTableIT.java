package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Installation.PATIENCE;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The table is altered while it is watched, which PostgreSQL tells nobody. The node looks every second here. */
class AlteredTableIT {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String FIRST = "2026-05-01 00:00+02";
    private static final String LAST = "2026-05-31 23:59+02";
    private static final String WATCH = "select livespan.watch('public.readings', 'taken_at');";

    /** Longer than the pool's own time-out of a statement, and not as long as the queries'. */
    private static final String WAITING = "select exists (select from pg_stat_activity"
            + " where wait_event_type = 'Lock' and application_name = 'livespan' and clock_timestamp() - query_start > '5.5 s')";

    @RegisterExtension
    final Installation livespan = new Installation();

    private Watcher may;

    @BeforeEach
    void somebody_watches() throws Exception {
        livespan.readings().insert("2026-05-01 12:00Z");
        may = livespan.watch("2026-05-01", "2026-05-31");
    }

    @Test
    void a_column_that_is_added_is_shown_although_no_row_was_written() throws Exception {
        livespan.readings().execute("alter table readings add column unit text default 'kWh'");

        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        assertThat(may.shown()).contains("kWh");
        assertThat(livespan.logged("_ThreadID")).isEmpty();
    }

    @Test
    void a_column_that_is_dropped_is_shown_no_more() throws Exception {
        livespan.readings().execute("alter table readings drop column value");

        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        assertThat(livespan.logged("_ThreadID")).isEmpty();
    }

    @Test
    void a_date_column_of_another_name_is_told_of_with_what_mends_it_and_one_that_is_renamed_back_is_read()
            throws Exception {
        livespan.readings().execute("alter table readings rename column taken_at to measured_at");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(livespan.logged("Feed readings cannot be read"))
                        .singleElement()
                        .asString()
                        .contains("public.readings has no column taken_at", "livespan.feeds.readings.date-column"));
        livespan.readings().execute("insert into readings (measured_at) values ('2026-05-02 12:00Z')");
        livespan.readings().execute("alter table readings rename column measured_at to taken_at");

        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        await().atMost(SOON)
                .until(() -> livespan.logged("Feed readings has recovered").size() == 1);
    }

    @Test
    void a_table_that_was_dropped_and_made_anew_is_shown_and_the_log_says_how_to_watch_it() throws Exception {
        livespan.readings()
                .execute(
                        "drop table readings",
                        "create table readings (id bigint generated always as identity primary key,"
                                + " taken_at timestamptz not null, value numeric, place text)",
                        "insert into readings (taken_at, place) values ('2026-05-03 12:00Z', 'new')");

        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(livespan.logged("Feed readings gets no live changes"))
                        .singleElement()
                        .asString()
                        .contains(WATCH));
        livespan.readings()
                .execute("insert into readings (taken_at, place) values ('2026-05-04 12:00Z', 'not watched')");
        livespan.readings().awaitShown(SOON, may, FIRST, LAST);

        livespan.readings().execute(WATCH);
        await().atMost(SOON)
                .until(() -> livespan.logged("Feed readings has recovered").size() == 1);
        livespan.readings().insert("2026-05-05 12:00Z");
        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
    }

    @Test
    void while_there_is_no_table_the_stream_waits_and_new_clients_are_asked_to_come_later() throws Exception {
        livespan.readings().execute("drop table readings");
        await().atMost(SOON)
                .until(() -> livespan.logged("Feed readings cannot be read").size() == 1);
        assertThat(livespan.node()
                        .get(Installation.stream("2026-06-01", "2026-06-30"))
                        .statusCode())
                .isEqualTo(503);
        assertThat(livespan.node().isReady()).as("the other feeds are well").isTrue();

        livespan.readings()
                .execute(
                        "begin",
                        "create table readings (id bigint generated always as identity primary key,"
                                + " taken_at timestamptz not null, value numeric)",
                        WATCH,
                        "commit");
        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        await().atMost(SOON)
                .until(() -> livespan.logged("Feed readings has recovered").size() == 1);
    }

    @Test
    void a_table_that_is_not_watched_any_more_is_looked_at_from_time_to_time_and_told_of() throws Exception {
        livespan.readings().execute("select livespan.unwatch('readings')");
        livespan.readings().insert("2026-05-02 12:00Z");

        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        await().atMost(SOON)
                .until(() ->
                        livespan.logged("Feed readings gets no live changes").size() == 1);
        livespan.readings().execute(WATCH);
        await().atMost(PATIENCE)
                .until(() -> livespan.logged("Feed readings has recovered").size() == 1);
    }

    @Test
    void a_lock_that_is_held_for_long_delays_what_is_shown_and_is_no_failure() throws Exception {
        try (var connection = livespan.database().connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table readings in access exclusive mode");
            statement.execute("insert into readings (taken_at) values ('2026-05-02 12:00Z')");
            livespan.readings().execute("select pg_notify('realtime', 'look')");
            await("a query waits for the lock")
                    .atMost(PATIENCE)
                    .until(() -> "t".equals(livespan.readings().query(WAITING)));
            connection.commit();
        }
        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        assertThat(livespan.logged("rows of feed readings cannot be read")).isEmpty();
    }
}
