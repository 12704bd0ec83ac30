package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Installation.PATIENCE;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;
import org.postgresql.ds.PGSimpleDataSource;

/** A role that may only connect sends notifications that would cause everything to be read again. */
@TakesLong
class ForgedChangesIT {

    private static final Duration FLOOD = Duration.ofSeconds(15);

    /** How long it takes to read all held rows of the slow feed. */
    private static final Duration READ = Duration.ofSeconds(1);

    private static final Duration SAVED_UP = Duration.ofSeconds(1);
    private static final int SHARE = 10;

    /** The last read that was allowed costs more than was left, and the audit reads as well. */
    private static final int BESIDE = 2;

    private static final String BEGUN = "are put off, and the changes they announce appear later";
    private static final String OVER = "Notifications are processed at once again";
    private static final String FIRST = "2026-05-01 00:00+02";
    private static final String LAST = "2026-05-31 23:59+02";

    private static final String READS = "select coalesce(seq_scan, 0) + coalesce(idx_scan, 0) from pg_stat_user_tables"
            + " where relname = 'delays'";

    @RegisterExtension
    final Installation livespan = new Installation();

    @BeforeEach
    void a_role_without_rights() throws Exception {
        livespan.readings()
                .execute(
                        "drop role if exists nobody",
                        "create role nobody login",
                        "truncate delays",
                        "insert into delays values (1, '2026-05-10Z', " + READ.toSeconds() + ")");
    }

    @AfterEach
    void the_role_is_dropped() throws Exception {
        livespan.readings().execute("truncate delays", "drop role nobody");
    }

    @Test
    void forged_notifications_take_a_tenth_of_the_time_and_changes_with_dates_are_shown_as_usual() throws Exception {
        var may = livespan.watch("2026-05-01", "2026-05-31");
        var slow = livespan.watch("/livespan/api/feeds/slow/stream?startDate=2026-05-01&endDate=2026-05-31");
        long before = reads();
        Instant begin = Instant.now();
        int written = 0;
        try (Connection nobody = nobody()) {
            while (Instant.now().isBefore(begin.plus(FLOOD))) {
                forge(nobody);
                livespan.readings().insert("2026-05-02 12:00Z");
                written++;
                livespan.readings().awaitShown(PATIENCE, may, FIRST, LAST);
            }
        }
        Duration took = Duration.between(begin, Instant.now());
        assertThat(reads() - before)
                .as("reads of all that is held, in %s and %s writes", took, written)
                .isLessThanOrEqualTo(SAVED_UP.plus(took.dividedBy(SHARE)).dividedBy(READ) + BESIDE);
        assertThat(livespan.logged(BEGUN)).hasSizeLessThanOrEqualTo(1);
        assertThat(livespan.node().logged(BEGUN, 0)).as("here or before").isNotEmpty();

        livespan.readings().execute("update delays set id = 2, seconds = 0");
        await("what really changed is shown")
                .atMost(PATIENCE)
                .until(() -> slow.shown().contains("\"id\":2,"));
        await("it is told that it is over")
                .atMost(PATIENCE)
                .until(() -> livespan.node().logged(OVER, 0).size()
                        == livespan.node().logged(BEGUN, 0).size());
    }

    /** As any role can. PostgreSQL sends equal notifications of one transaction only once. */
    private static void forge(Connection nobody) throws SQLException {
        try (var statement = nobody.createStatement()) {
            statement.execute(
                    "select count(pg_notify('realtime', payload)) from generate_series(1, 50) n, lateral (values"
                            + " ('garbage ' || n || random()),"
                            + " ('{\"key\": \"truncate\", \"value\": \"public.delays||\"}'),"
                            + " ('{\"key\": \"update\", \"value\": \"public.delays|1900-01-01|' || 2900 + n || '-01-01\"}'),"
                            + " ('{\"key\": \"update\", \"value\": \"delays|2026-05-10 00:00:00.' || n || '+00\"}')) as p(payload)");
        }
    }

    private Connection nobody() throws SQLException {
        var source = new PGSimpleDataSource();
        source.setUrl(livespan.database().url());
        source.setUser("nobody");
        return source.getConnection();
    }

    private long reads() throws SQLException {
        return Long.parseLong(livespan.readings().query(READS));
    }
}
