package org.livespan.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.feed.FeedDatabase;
import org.livespan.tool.BesideOthers;

/** The fingerprint of a feed changes with everything that determines its rows, and with nothing else. */
@BesideOthers
class FingerprintsIT {

    private static final String READER =
            "fingerprint_reader_" + ProcessHandle.current().pid();
    private static final String GROUP =
            "fingerprint_readers_" + ProcessHandle.current().pid();

    @RegisterExtension
    final FeedDatabase db = new FeedDatabase();

    @BeforeEach
    void a_table_with_objects_of_all_kinds_and_a_view_over_a_view() throws Exception {
        db.execute(
                "create role " + READER,
                "create role " + GROUP,
                "grant " + GROUP + " to " + READER,
                "create type mood as enum ('sad', 'glad')",
                "create type place as (name text, mood mood)",
                "create domain price as numeric(10,2)",
                "create table readings (id int primary key, at timestamptz, note text, mood mood, places place[],"
                        + " price price, doubled int generated always as (id * 2) stored)",
                "create function tell() returns trigger language plpgsql as 'begin return null; end'",
                "create trigger tell after insert on readings for each statement execute function tell()",
                "create function shown(text) returns text language sql stable return upper($1)",
                "create view inner_view as select id, at, shown(note) as note from readings",
                "create text search dictionary words (template = pg_catalog.simple)",
                "create text search configuration words (copy = pg_catalog.simple)",
                "alter text search configuration words alter mapping for asciiword with words",
                "create view outer_view as select *, to_tsvector('words', note) as words from inner_view where id > 0",
                "create table elsewhere (id int)",
                "insert into readings (id, at) select n, '2026-05-01' from generate_series(1, 100) n",
                "grant select on all tables in schema public to " + GROUP);
    }

    @AfterEach
    void the_roles_are_dropped() throws Exception {
        db.execute("reset role", "drop owned by " + READER + ", " + GROUP, "drop role " + READER + ", " + GROUP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin; alter table readings disable trigger all; insert into readings (id) values (0);"
                        + " alter table readings enable trigger all; commit",
                "alter table readings disable trigger user",
                "drop trigger tell on readings",
                "alter table readings alter column mood type mood using 'glad'",
                "alter table readings enable row level security",
                "create policy mine on readings using (id > 5)",
                "create table child () inherits (readings)",
                "alter type mood rename value 'sad' to 'blue'",
                "alter type mood add value 'so so'",
                "alter type place add attribute height int",
                "alter table readings add column unit text default 'kWh'",
                "alter table readings drop column note cascade",
                "alter table readings rename column note to remark",
                "vacuum full readings",
                "revoke select on readings from READERS",
                "revoke READERS from READER",
                "revoke usage on schema public from public",
                "drop table readings cascade; create table readings (id int, at timestamptz)",
                "create cast (mood as json) with function to_json(anyelement)",
            })
    void a_change_to_what_determines_a_tables_rows_changes_it(String change) throws Exception {
        boolean cannotBe = change.startsWith("create cast");
        db.execute("set role " + READER);
        String before = fingerprint("readings");
        db.execute("reset role");
        for (String statement : change.split("; ")) {
            db.execute(
                    cannotBe
                            ? "create function as_json(mood) returns json language sql return to_json($1::text);"
                                    + " create cast (mood as json) with function as_json(mood)"
                            : statement.replace("READERS", GROUP).replace("READER", READER));
        }
        db.execute("set role " + READER);
        assertThat(fingerprint("readings")).isNotEqualTo(before);
        db.execute("reset role");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create or replace view inner_view as select id, at, note from readings",
                "create or replace function shown(text) returns text language sql stable return lower($1)",
                "alter table readings disable trigger tell",
                "revoke select on readings from READERS",
                "alter view inner_view set (security_barrier)",
                "alter text search dictionary words (accept = false)",
                "alter text search configuration words alter mapping for asciiword with pg_catalog.simple",
            })
    void a_change_at_any_level_beneath_a_view_changes_it(String change) throws Exception {
        String before = fingerprint("outer_view");
        db.execute(change.replace("READERS", GROUP));
        assertThat(fingerprint("outer_view")).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into readings (id, at) select n, '2026-05-01' from generate_series(101, 20000) n",
                "delete from readings",
                "analyze readings",
                "vacuum (freeze) readings",
                "alter table elsewhere add column at date",
                "create view other_view as select * from readings",
                "create or replace function tell() returns trigger language plpgsql as 'begin return new; end'",
                "begin; alter table readings disable trigger all; rollback",
            })
    void nothing_else_changes_it(String change) throws Exception {
        String before = fingerprint("readings");
        for (String statement : change.split("; (?!end)")) {
            db.execute(statement);
        }
        assertThat(fingerprint("readings")).isEqualTo(before);
    }

    @Test
    void each_feed_has_its_own_and_a_feed_without_a_table_has_none() throws Exception {
        var fingerprints = db.rows(
                FeedFingerprints.FINGERPRINTS,
                List.of("[" + FingerprintStatement.root("readings") + "," + FingerprintStatement.root("elsewhere") + ","
                        + FingerprintStatement.root("nowhere") + "]"));
        assertThat(fingerprints).extracting(row -> row.get(0)).containsExactlyInAnyOrder("readings", "elsewhere");
        assertThat(fingerprints).extracting(row -> row.get(2)).doesNotHaveDuplicates();
    }

    @Test
    void a_role_without_privileges_can_take_it() throws Exception {
        db.execute("create role nobody_" + READER, "set role nobody_" + READER);
        assertThat(fingerprint("readings")).isNotEmpty();
        db.execute("reset role", "drop role nobody_" + READER);
    }

    private String fingerprint(String table) throws Exception {
        return db.rows(FeedFingerprints.FINGERPRINTS, List.of("[" + FingerprintStatement.root(table) + "]"))
                .toString();
    }
}
