package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Plant.PATIENCE;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** Changes that neither a notification nor the catalogue shows are found by comparing all held rows with the database. */
@TakesLong
class AuditIT {

    private static final String FOUND = "changed without a notification";

    @RegisterExtension
    final Plant plant = new Plant();

    @Test
    void rows_written_in_replica_mode_past_origin_only_triggers_are_shown_and_logged() throws Exception {
        firesForOriginOnly();
        var client = plant.watch(plant.auditing(), "readings");
        for (String silent : new String[] {
            "insert into plant.readings values (60, '2026-05-04Z', 'replicated', 'sad')",
            "update plant.readings set note = 'changed' where id < 5",
            "update plant.readings set at = at + interval '3 days' where id = 7",
            "delete from plant.readings where id > 15"
        }) {
            plant.execute("set session_replication_role = replica", silent);
            plant.awaitShown(client, "plant.readings");
        }
        assertThat(found("readings")).hasSizeLessThanOrEqualTo(2);
        assertThat(plant.auditing().logged("Rows of feed readings between 2026-", 0))
                .as("said here, or in a test before, since when it was never clean")
                .isNotEmpty();
        assertThat(client.told()).as("the audit makes no stream stale").isEmpty();
    }

    /** Its old date lies outside of what is read for its new one. */
    @Test
    void a_row_moved_without_a_notification_is_never_shown_twice() throws Exception {
        firesForOriginOnly();
        var client = plant.watch(plant.watching(), "readings");
        plant.execute(
                "set session_replication_role = replica",
                "update plant.readings set at = '2026-09-01Z' where id = 3",
                "set session_replication_role = origin",
                "update plant.readings set note = 'moved' where id = 3");
        plant.awaitShown(client, "plant.readings");
        assertThat(client.shown()).containsOnlyOnce("\"id\":3,");
    }

    @Test
    void a_materialized_view_that_is_refreshed_concurrently_is_followed() throws Exception {
        var client = plant.watch(plant.auditing(), "totals");
        plant.execute(
                "update plant.readings set note = 'anew' where id = 3",
                "refresh materialized view concurrently plant.totals");
        plant.awaitShown(client, "plant.totals");
        assertThat(client.shown()).contains("anew");
        assertThat(found("totals")).as("as it was said at the start").isEmpty();
    }

    @Test
    void rows_that_expire_from_a_view_are_removed_although_nobody_writes() throws Exception {
        plant.execute("create or replace view plant.expiring as select id, at from plant.readings"
                + " where case when note like '2%' then note::timestamptz > now() else true end");
        var client = plant.watch(plant.auditing(), "expiring");
        plant.execute("update plant.readings set note = now() + interval '6 s' where id = 3");
        plant.awaitShown(client, "plant.expiring");
        await("expired").atMost(PATIENCE).until(() -> !client.shown().contains("\"id\":3,"));
        plant.awaitShown(client, "plant.expiring");
        assertThat(found("expiring")).as("as it was said at the start").isEmpty();
    }

    @Test
    void changes_of_a_table_that_only_a_policys_function_reads_are_followed() throws Exception {
        plant.execute(
                "create table plant.allowed (id int)",
                "insert into plant.allowed values (1), (2)",
                "create function plant.is_allowed(int) returns boolean language sql stable security definer"
                        + " as 'select exists (select from plant.allowed a where a.id = $1)'",
                "create policy few on plant.readings for select to crew using (plant.is_allowed(id))",
                "alter table plant.readings enable row level security");
        var client = plant.watch(plant.auditing(), "readings");
        plant.awaitShown(client, "plant.readings");
        plant.execute("delete from plant.allowed where id = 1");
        plant.awaitShown(client, "plant.readings");
        assertThat(client.shown()).doesNotContain("\"id\":1,");
    }

    @Test
    void a_long_lock_on_the_table_delays_the_audit_without_a_stale_stream_or_a_warning() throws Exception {
        var client = plant.watch(plant.auditing(), "readings");
        // Only the check of the catalogue detects this, so by then everything before it has been detected and read
        plant.execute("drop trigger livespan_update on plant.readings");
        await("stale").atMost(PATIENCE).until(() -> client.told().contains("stale"));
        plant.execute("select livespan.watch('plant.readings', 'at')");
        await("fresh").atMost(PATIENCE).until(() -> client.told().contains("fresh"));
        long settled = plant.auditing().lines();
        try (var connection = plant.database().connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table plant.readings in access exclusive mode");
            await("the audit has tried, and yielded").atMost(PATIENCE).until(() -> auditAge() > 6);
            connection.rollback();
        }
        long released = System.nanoTime();
        await("all is compared again").atMost(PATIENCE).until(() -> auditAge() < (System.nanoTime() - released) / 1e9);
        assertThat(client.told()).containsExactly("stale", "fresh");
        assertThat(plant.auditing().logged("", settled))
                .noneMatch(line -> line.contains("WARNING") || line.contains("SEVERE"));
    }

    @Test
    void a_role_that_may_not_read_the_catalogue_is_logged_once_and_its_feeds_are_still_followed() throws Exception {
        var client = plant.watch(plant.auditing(), "readings");
        plant.execute("revoke select on pg_depend from public");
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(plant.loggedByAuditing("cannot be checked for altered tables"))
                            .hasSize(1));
            plant.execute("alter type plant.mood rename value 'sad' to 'blue'");
            plant.awaitShown(client, "plant.readings");
            plant.execute("update plant.readings set note = 'heard' where id = 1");
            plant.awaitShown(client, "plant.readings");
            assertThat(plant.auditing().isReady()).isTrue();
            assertThat(client.told()).isEmpty();
        } finally {
            plant.execute("grant select on pg_depend to public");
        }
    }

    /** For this feed only: rows of others may still be held since an earlier test. */
    private List<String> found(String feed) throws IOException {
        return plant.loggedByAuditing(FOUND).stream()
                .filter(line -> line.contains("Rows of feed " + feed))
                .toList();
    }

    private void firesForOriginOnly() throws SQLException {
        plant.execute("alter table plant.readings enable trigger user");
    }

    /** In seconds. */
    private double auditAge() throws Exception {
        try (var inside = plant.auditing().server().jvm()) {
            return inside.audit("AgeSeconds");
        }
    }
}
