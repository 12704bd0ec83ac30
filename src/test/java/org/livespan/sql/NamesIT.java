package org.livespan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.sql.WatchedDatabase.payload;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.tool.BesideOthers;

/** Names are sent on the channel as they are stored, whatever characters they contain. */
@BesideOthers
class NamesIT {

    private static final String LAST_63_BYTES = "the_longest_name_that_postgresql_keeps_is_63_bytes_of_utf8_änd";

    @RegisterExtension
    final WatchedDatabase db = new WatchedDatabase();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "a.dot",
                "a|pipe",
                "a\"quote",
                "an'apostrophe",
                "a\\backslash",
                "\\x41",
                "\\000",
                "Grüße 日本",
                "a%I percent",
                "$$",
                "$body$",
                "select",
                "CamelCase",
                "r",
                "o",
                "n",
                "first",
                "last",
                "dates",
                "spans",
                "touched",
                "new_rows",
                "watch",
                "tg_op",
                "a\ttab",
                LAST_63_BYTES
            })
    void any_schema_table_column_and_channel_name_is_kept(String name) throws Exception {
        var quoted = '"' + name.replace("\"", "\"\"") + '"';
        var literal = "'" + name.replace("'", "''") + "'";
        var relation = quoted + "." + quoted;
        db.listen(quoted);
        db.execute("create schema " + quoted, "create table " + relation + " (" + quoted + " date)");

        db.execute("select livespan.watch('" + relation.replace("'", "''") + "', " + literal + ", " + literal + ")");
        db.execute("insert into " + relation + " values ('2026-11-23')");
        db.execute("update " + relation + " set " + quoted + " = '2026-11-24'");
        db.execute("delete from " + relation);

        var json = name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
        var value = json + "." + json + "|";
        assertThat(db.heard())
                .containsExactly(
                        payload("insert", value + "2026-11-23|2026-11-23"),
                        payload("update", value + "2026-11-23|2026-11-23|2026-11-24|2026-11-24"),
                        payload("delete", value + "2026-11-24|2026-11-24"));
        assertThat(db.query("select date_column from livespan.watched")).isEqualTo(name);
        assertThat(db.query("select channel from livespan.watched")).isEqualTo(name);
        assertThat(db.query("select relation from livespan.watched"))
                .isEqualTo(db.query("select '" + relation.replace("'", "''") + "'::regclass"));
    }

    @Test
    void a_payload_with_the_longest_names_stays_far_below_the_limit() throws Exception {
        var name = "\u0001".repeat(63);
        db.execute("create schema \"" + name + "\"", "create table \"" + name + "\".\"" + name + "\" (at timestamptz)");
        db.execute("select livespan.watch(c.oid, 'at') from pg_class c where relname = '" + name + "'");
        db.execute("insert into \"" + name + "\".\"" + name + "\" values ('2026-11-23 11:30:00.123456Z')");
        db.deafen();
        db.execute("update \"" + name + "\".\"" + name + "\" set at = '2026-01-23 11:30:00.123456Z'");
        assertThat(db.heard())
                .singleElement()
                .satisfies(payload -> assertThat(payload).hasSizeBetween(800, 1000));
    }

    @Test
    void a_renamed_and_moved_table_is_notified_under_its_new_name() throws Exception {
        db.execute(
                "create table old (at date)",
                "select livespan.watch('old', 'at')",
                "insert into old values ('2026-11-23')",
                "alter table old rename to new",
                "create schema archive",
                "alter table new set schema archive",
                "insert into archive.new values ('2026-11-23')");
        assertThat(db.heard())
                .containsExactly(
                        payload("insert", "public.old|2026-11-23|2026-11-23"),
                        payload("insert", "archive.new|2026-11-23|2026-11-23"));
    }

    @Test
    void date_columns_with_the_same_name_but_different_types_are_not_mixed_up() throws Exception {
        db.execute(
                "create table days (at date)",
                "create table moments (at timestamptz)",
                "select livespan.watch('days', 'at'), livespan.watch('moments', 'at')",
                "insert into days values ('2026-11-23')",
                "insert into moments values ('2026-11-23 00:00Z')",
                "insert into days values ('2026-11-24')");
        assertThat(db.heard())
                .containsExactly(
                        payload("insert", "public.days|2026-11-23|2026-11-23"),
                        payload("insert", "public.moments|2026-11-23T00:00:00Z|2026-11-23T00:00:00Z"),
                        payload("insert", "public.days|2026-11-24|2026-11-24"));
    }
}
