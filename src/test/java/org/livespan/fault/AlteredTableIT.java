package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Installation.PATIENCE;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** The table is altered while clients watch it, for which PostgreSQL sends no notification. The node checks every second here. */
@TakesLong
class AlteredTableIT {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String FIRST = "2026-05-01 00:00+02";
    private static final String LAST = "2026-05-31 23:59+02";
    private static final String WATCH = "select livespan.watch('public.readings', 'taken_at');";

    /** Longer than the pool's own statement time-out, and shorter than that of the queries. */
    private static final String WAITING = "select exists (select from pg_stat_activity"
            + " where wait_event_type = 'Lock' and application_name = 'livespan' and clock_timestamp() - query_start > '5.5 s')";

    @RegisterExtension
    final Installation livespan = new Installation();

    private Watcher may;

    @BeforeEach
    void a_client_watches() throws Exception {
        livespan.readings().insert("2026-05-01 12:00Z");
        may = livespan.watch("2026-05-01", "2026-05-31");
    }

    @Test
    void an_added_column_is_shown_although_no_row_was_written() throws Exception {
        livespan.readings().execute("alter table readings add column unit text default 'kWh'");

        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        assertThat(may.shown()).contains("kWh");
        assertThat(livespan.logged("_ThreadID")).isEmpty();
    }

    @Test
    void a_dropped_column_is_no_longer_shown() throws Exception {
        livespan.readings().execute("alter table readings drop column value");

        livespan.readings().awaitShown(SOON, may, FIRST, LAST);
        assertThat(livespan.logged("_ThreadID")).isEmpty();
    }

    @Test
    void a_renamed_date_column_is_logged_with_the_setting_to_change_and_read_once_renamed_back() throws Exception {
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
    void a_table_dropped_and_created_again_is_shown_and_the_log_says_how_to_watch_it() throws Exception {
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
    void while_the_table_is_missing_open_streams_wait_and_new_clients_get_503() throws Exception {
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
    void a_table_that_is_no_longer_watched_is_still_followed_and_is_logged_until_watched_again() throws Exception {
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
    void a_lock_held_for_long_delays_what_is_shown_but_is_no_failure() throws Exception {
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
