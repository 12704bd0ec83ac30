package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.livespan.tool.BesideOthers;

/** What a feed needs to know about a table, read from the catalogue. */
@BesideOthers
class CatalogueIT {

    @RegisterExtension
    final FeedDatabase db = new FeedDatabase();

    @Test
    void columns_come_in_order_with_the_type_beneath_a_domain() throws Exception {
        db.execute(
                "create domain day as date",
                "create domain working_day as day",
                "create table \"Odd\" (z timestamptz(3), gone int, \"A\" timestamp, d working_day, n numeric(10,2))",
                "alter table \"Odd\" drop column gone");
        assertThat(db.rows(TableCatalogue.COLUMNS, List.of("public", "Odd")))
                .containsExactly(
                        List.of("z", "timestamp with time zone", "t", "t", "postgres"),
                        List.of("A", "timestamp without time zone", "t", "t", "postgres"),
                        List.of("d", "date", "t", "t", "postgres"),
                        List.of("n", "numeric", "t", "t", "postgres"));
        assertThat(db.rows(TableCatalogue.COLUMNS, List.of("public", "odd"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "int, t",
        "text, t",
        "varchar(9), t",
        "char(3), t",
        "uuid, t",
        "cidr, t",
        "jsonb, t",
        "bytea, t",
        "int[], t",
        "mood, t",
        "place, t",
        "int4range, t",
        "datemultirange, t",
        "bit(3), t",
        "pg_lsn, t",
        "money, t",
        "oid, t",
        "json, f",
        "xml, f",
        "point, f",
        "box, f",
        "jsonpath, f",
    })
    void only_a_type_with_an_order_can_be_a_key(String type, String ordered) throws Exception {
        db.execute(
                "create type mood as enum ('sad', 'glad')",
                "create type place as (x int, y int)",
                "create table readings (id " + type + ")");
        assertThat(column("public", "readings").get(3)).isEqualTo(ordered);
    }

    @Test
    void a_column_is_readable_only_with_usage_on_its_schema_and_select_on_it() throws Exception {
        var role = "reader_" + ProcessHandle.current().pid();
        db.execute(
                "create role " + role,
                "create schema plant",
                "create table plant.readings (id int)",
                "set role " + role);
        assertThat(column("plant", "readings")).containsExactly("id", "integer", "f", "t", role);
        db.execute("reset role", "grant select (id) on plant.readings to " + role, "set role " + role);
        assertThat(column("plant", "readings").get(2)).isEqualTo("f");
        db.execute("reset role", "grant usage on schema plant to " + role, "set role " + role);
        assertThat(column("plant", "readings").get(2)).isEqualTo("t");
        db.execute("reset role", "drop owned by " + role, "drop role " + role);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "primary key (b, a); 0",
                "unique (a); 0",
                "unique (a) include (c); 0",
                "unique (a, c); 1",
                "unique (c); 1",
                "check (a > 0); 1",
            })
    void a_key_that_contains_a_unique_index_is_unique(String constraint, String without) throws Exception {
        db.execute("create table readings (a int, b int, c int, " + constraint + ")");
        assertThat(withoutUniqueIndex("readings")).isEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"(a) where c = 1", "(abs(a))", "(a, abs(b))"})
    void a_partial_index_or_one_on_an_expression_does_not_make_a_key_unique(String index) throws Exception {
        db.execute("create table readings (a int, b int, c int)", "create unique index on readings " + index);
        assertThat(withoutUniqueIndex("readings")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "alter table readings drop column value; [id]",
                "drop table readings; []",
                "drop schema public cascade; []",
            })
    void columns_dropped_since_the_snapshot_are_not_listed(String statement, String columns) throws Exception {
        db.execute(
                "create table readings (id int, value int)",
                "begin isolation level repeatable read",
                "select 1 as first");
        db.executeElsewhere(statement);

        assertThat(db.rows(TableCatalogue.COLUMNS, List.of("public", "readings")))
                .extracting(column -> column.get(0))
                .hasToString(columns);
        assertThat(db.rows(TableCatalogue.COLUMNS, List.of("public", "readings")))
                .allSatisfy(column -> assertThat(column).doesNotContainNull());
    }

    @Test
    void a_view_is_not_reported_as_lacking_a_unique_index() throws Exception {
        db.execute("create view readings as select 1 as a, 2 as b");
        assertThat(withoutUniqueIndex("readings")).isEqualTo("0");
    }

    /** The first column of the table. */
    private List<String> column(String schema, String table) throws Exception {
        return db.rows(TableCatalogue.COLUMNS, List.of(schema, table)).get(0);
    }

    private String withoutUniqueIndex(String table) throws Exception {
        return db.rows(TableCatalogue.WITHOUT_UNIQUE_INDEX, List.of("public", table, "[\"a\",\"b\"]"))
                .get(0)
                .get(0);
    }
}
