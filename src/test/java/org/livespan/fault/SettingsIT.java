package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Plant.PATIENCE;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** Whatever settings the role has, and whatever the schemas contain, equal rows are the same bytes. */
@TakesLong
class SettingsIT {

    private static final String OTHER = "contrary";

    /** Each is contrary to PostgreSQL's default. */
    private static final List<String> CONTRARY = List.of(
            "search_path = 'evil, pg_catalog'",
            "timezone = 'Asia/Kathmandu'",
            "datestyle = 'German, DMY'",
            "intervalstyle = 'iso_8601'",
            "bytea_output = 'escape'",
            "extra_float_digits = '-10'",
            "xmlbinary = 'hex'",
            "xmloption = 'document'",
            "quote_all_identifiers = 'on'",
            "row_security = 'off'",
            "standard_conforming_strings = 'off'",
            "backslash_quote = 'off'",
            "transform_null_equals = 'on'",
            "array_nulls = 'off'",
            "gin_fuzzy_search_limit = '1'",
            "default_transaction_read_only = 'on'",
            "default_transaction_isolation = 'serializable'",
            "default_transaction_deferrable = 'on'",
            "statement_timeout = '1ms'",
            "lock_timeout = '1ms'",
            "idle_in_transaction_session_timeout = '10ms'",
            "idle_session_timeout = '500ms'");

    @RegisterExtension
    final Plant plant = new Plant();

    @BeforeEach
    void a_role_with_contrary_settings_and_a_schema_that_shadows_built_in_names() throws Exception {
        plant.execute(
                "drop view plant.shown, plant.expiring, plant.inner_view",
                "drop materialized view plant.totals",
                "alter table plant.readings add column f float8 default 0.30000000000000004, add column b bytea default '\\x00ff',"
                        + " add column i interval default '1 day 2 hours', add column r tstzrange default '[2026-01-02 03:04Z,]',"
                        + " add column c regclass default 'plant.readings', add column x xml default '<a/>',"
                        + " add column t timestamptz[] default '{2026-01-02 03:04Z}', add column d daterange default '[2026-01-02,2026-01-04)',"
                        + " add column z text[] default '{a,null}', add column k regtype default 'plant.mood'",
                "create role " + OTHER + " login in role crew",
                "create schema evil",
                "grant usage on schema evil to public",
                "create type evil.date as (a int)",
                "create type evil.text as (a int)",
                "create type evil.timestamptz as (a int)",
                "create function evil.row_to_json(plant.readings) returns json language sql as 'select cast(''{\"evil\":1}'' as json)'",
                "create function public.row_to_json(plant.readings) returns json language sql as 'select cast(''{\"evil\":1}'' as json)'",
                "create function public.to_json(int) returns json language sql as 'select cast(''\"evil\"'' as json)'",
                "create function evil.pg_notify(text, text) returns void language sql as ''");
        for (String setting : CONTRARY) {
            plant.execute("alter role " + OTHER + " set " + setting);
        }
    }

    @AfterEach
    void they_are_dropped() throws Exception {
        plant.execute(
                "drop schema evil cascade",
                "drop schema plant cascade",
                "drop function public.to_json(int)",
                "drop owned by " + OTHER,
                "drop role " + OTHER);
    }

    @Test
    void a_node_whose_role_has_contrary_settings_sends_byte_for_byte_the_same() throws Exception {
        var node = plant.closedAfterwards(Plant.node("contrary", plant.database(), "livespan.db.user=" + OTHER))
                .awaitReady();
        long ready = node.lines();
        await("it can be read")
                .atMost(PATIENCE)
                .until(() -> plant.watching().get(Plant.rows("readings")).body().contains("\"f\""));
        assertThat(node.get(Plant.rows("readings")).body())
                .isEqualTo(plant.watching().get(Plant.rows("readings")).body())
                .contains("2026-05-01T01:00:00+00:00", "0.30000000000000004", "note 20")
                .doesNotContain("evil");

        var client = plant.watch(node, "readings");
        var other = plant.watch(plant.watching(), "readings");
        for (int write = 0; write < 10; write++) {
            plant.execute("update plant.readings set at = at + interval '1 month' where id = " + (1 + write));
            plant.awaitShown(client, "plant.readings");
            await("the same bytes").atMost(PATIENCE).until(() -> client.shown().equals(other.shown()));
        }
        assertThat(client.ids()).last().isEqualTo(other.ids().get(other.ids().size() - 1));
        assertThat(client.told()).isEmpty();
        assertThat(node.logged("Not listening", ready)).isEmpty();
    }
}
