package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Plant.PATIENCE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/**
 * Changes of a feed's rows by something other than a statement on its table. They are detected by the check of the
 * catalogue, every second here, without the audit.
 */
@TakesLong
class UnseenChangesIT {

    private static final String WATCH = "select livespan.watch('plant.readings', 'at');";
    private static final String UNHEARD = "Feed readings gets no live changes";

    @RegisterExtension
    final Plant plant = new Plant();

    @Test
    void rows_loaded_while_triggers_are_disabled_are_shown_each_time() throws Exception {
        var client = plant.watch(plant.watching(), "readings");
        for (int load = 0; load < 3; load++) {
            plant.execute(
                    "begin",
                    "alter table plant.readings disable trigger all",
                    "insert into plant.readings values (" + (100 + load) + ", '2026-05-03Z', 'loaded', 'sad')",
                    "alter table plant.readings enable trigger all",
                    "commit");
            plant.awaitShown(client, "plant.readings");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(plant.logged("Feed readings misses changes made with"))
                        .singleElement()
                        .asString()
                        .contains("session_replication_role", WATCH));
        assertThat(client.told())
                .as("a trigger that fires for origin only is no staleness")
                .isEmpty();
    }

    @Test
    void triggers_that_stay_disabled_make_streams_stale_until_the_table_is_watched_again() throws Exception {
        var client = plant.watch(plant.watching(), "readings");
        plant.execute("alter table plant.readings disable trigger user");
        isUnheardAndThenWatched(client);
    }

    @Test
    void one_dropped_trigger_makes_streams_stale_until_the_table_is_watched_again() throws Exception {
        var client = plant.watch(plant.watching(), "readings");
        plant.execute("drop trigger livespan_update on plant.readings");
        isUnheardAndThenWatched(client);
    }

    private void isUnheardAndThenWatched(Watcher client) throws Exception {
        await("stale").atMost(PATIENCE).until(() -> client.told().contains("stale"));
        assertThat(plant.logged(UNHEARD)).singleElement().asString().contains(WATCH);
        plant.execute("update plant.readings set note = 'not told'");
        plant.awaitShown(client, "plant.readings");

        plant.execute(WATCH);
        await("fresh").atMost(PATIENCE).until(() -> client.told().contains("fresh"));
        plant.execute("update plant.readings set note = 'told'");
        plant.awaitShown(client, "plant.readings");
    }

    @Test
    void a_table_rewritten_without_a_change_of_types_is_shown_as_it_is() throws Exception {
        var client = plant.watch(plant.watching(), "totals");
        var readings = plant.watch(plant.watching(), "readings");
        plant.execute("drop materialized view plant.totals", "drop view plant.inner_view, plant.expiring cascade");
        plant.execute("alter table plant.readings alter column note type text using upper(note)");
        plant.awaitShown(readings, "plant.readings");
        plant.execute("alter table plant.readings alter column at type timestamptz using at + interval '1 month'");
        plant.awaitShown(readings, "plant.readings");
        assertThat(client.hasEnded()).isFalse();
    }

    @Test
    void rows_hidden_by_row_security_are_no_longer_shown_on_open_and_new_streams() throws Exception {
        var client = plant.watch(plant.watching(), "readings");
        plant.execute(
                "create policy few on plant.readings for select to crew using (id <= 5)",
                "alter table plant.readings enable row level security");
        plant.awaitShown(client, "plant.readings");
        assertThat(client.shown()).contains("note 5").doesNotContain("note 6");
        assertThat(plant.watch(plant.watching(), "readings").shown()).isEqualTo(client.shown());

        plant.execute("alter policy few on plant.readings using (id <= 7)");
        plant.awaitShown(client, "plant.readings");
        assertThat(client.shown()).contains("note 7");
    }

    @Test
    void streams_end_with_a_problem_when_the_role_that_lets_the_reader_read_is_revoked() throws Exception {
        var client = plant.watch(plant.watching(), "readings");
        plant.execute("revoke crew from reader");
        try {
            client.awaitEnd();
            assertThat(client.told()).last().isEqualTo("error");
            assertThat(plant.watching().get(Plant.stream("readings")).statusCode())
                    .isEqualTo(503);
            assertThat(plant.watching().get(Plant.rows("readings")).body()).doesNotContain("note");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(plant.logged("reader may not read plant.readings"))
                            .isNotEmpty());
        } finally {
            plant.execute("grant crew to reader");
        }
        await("readable again")
                .atMost(PATIENCE)
                .until(() -> plant.watching().get(Plant.rows("readings")).statusCode() == 200);
    }

    @Test
    void a_view_is_read_again_when_a_view_beneath_it_is_replaced() throws Exception {
        var client = plant.watch(plant.watching(), "shown");
        plant.execute("create or replace view plant.inner_view as"
                + " select id, at, 'inner ' || note as note from plant.readings where id > 3");
        plant.awaitShown(client, "plant.shown");
        assertThat(client.shown()).contains("inner note 4");
    }

    @Test
    void a_view_is_read_again_when_a_function_beneath_it_is_replaced() throws Exception {
        var client = plant.watch(plant.watching(), "shown");
        plant.execute("create or replace function plant.spoken(text) returns text language sql immutable"
                + " return 'said: ' || $1");
        plant.awaitShown(client, "plant.shown");
        assertThat(client.shown()).contains("said: note 1");
    }

    @Test
    void a_materialized_view_is_read_again_when_it_is_refreshed_and_is_not_stale() throws Exception {
        var client = plant.watch(plant.watching(), "totals");
        plant.execute("update plant.readings set note = 'anew'", "refresh materialized view plant.totals");
        plant.awaitShown(client, "plant.totals");
        assertThat(client.shown()).contains("anew");
        assertThat(client.told())
                .as("it is not stale because no trigger tells of it")
                .isEmpty();
    }

    @Test
    void rows_of_a_child_created_later_are_shown_and_the_log_says_how_to_watch_it() throws Exception {
        var client = plant.watch(plant.watching(), "readings");
        plant.execute(
                "create table plant.child () inherits (plant.readings)",
                "insert into plant.child values (50, '2026-05-05Z', 'of the child', 'glad')");
        plant.awaitShown(client, "plant.readings");
        assertThat(client.shown()).contains("of the child");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(plant.logged(UNHEARD))
                        .singleElement()
                        .asString()
                        .contains("plant.child", WATCH));

        plant.execute(
                WATCH, "insert into plant.child values (51, '2026-05-06Z', 'of the child that is watched', 'glad')");
        plant.awaitShown(client, "plant.readings");
        await().atMost(PATIENCE)
                .until(() -> plant.logged("Feed readings has recovered").size() == 1);
        plant.execute("alter table plant.child no inherit plant.readings");
        plant.awaitShown(client, "plant.readings");
        assertThat(client.shown()).doesNotContain("of the child");
    }

    @Test
    void attaching_or_detaching_a_partition_beside_two_thousand_others_is_shown() throws Exception {
        plant.execute(
                "drop materialized view plant.totals",
                "create table plant.totals (id int, at timestamptz, note text, primary key (id, at)) partition by range (at)",
                "do $$ begin for day in 0..1999 loop execute format('create table plant.totals_%s partition of plant.totals"
                        + " for values from (%L) to (%L)', day, date '2021-01-01' + day, date '2021-01-02' + day);"
                        + " end loop; end $$",
                "select livespan.watch('plant.totals', 'at')",
                "insert into plant.totals values (1, '2026-05-01 12:00Z', 'there')",
                "grant select on plant.totals to crew",
                "create table plant.later (like plant.totals including all)",
                "insert into plant.later values (2, '2026-12-01 12:00Z', 'attached')");
        try {
            attachAndDetach();
        } finally {
            // One by one, as there is no room for that many locks at once
            plant.execute("do $$ begin for day in 0..1999 loop execute 'drop table plant.totals_' || day; commit;"
                    + " end loop; end $$");
        }
    }

    private void attachAndDetach() throws Exception {
        await("readable")
                .atMost(PATIENCE)
                .until(() -> plant.watching().get(Plant.rows("totals")).body().contains("there"));
        var client = plant.watch(plant.watching(), "totals");
        plant.execute(
                "alter table plant.totals attach partition plant.later for values from ('2026-12-01') to ('2027-01-01')");
        plant.awaitShown(client, "plant.totals");
        assertThat(client.shown()).contains("attached");
        plant.execute("insert into plant.totals values (3, '2026-12-02 12:00Z', 'through the table')");
        plant.awaitShown(client, "plant.totals");
        plant.execute("alter table plant.totals detach partition plant.later");
        plant.awaitShown(client, "plant.totals");
        assertThat(client.shown()).contains("there").doesNotContain("attached", "through the table");
    }

    @Test
    void a_renamed_label_of_an_enumeration_is_shown() throws Exception {
        var client = plant.watch(plant.watching(), "readings");
        plant.execute("alter type plant.mood rename value 'sad' to 'blue'");
        plant.awaitShown(client, "plant.readings");
        assertThat(client.shown()).contains("\"blue\"").doesNotContain("\"sad\"");
    }

    @Test
    void feeds_that_only_the_audit_follows_are_logged_at_the_start() throws Exception {
        assertThat(plant.watching().logged("changes without a write", 0))
                .anySatisfy(line -> assertThat(line)
                        .contains("Feed totals", "it is a materialized view", "livespan.audit.interval=PT1H"))
                .anySatisfy(line -> assertThat(line).contains("Feed expiring", "its rows depend on now()"));
    }
}
