package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;
import org.livespan.tool.BesideOthers;

/** Tables, views and columns may have any name, and a key any columns that distinguish the rows. */
@BesideOthers
class TableNamesIT {

    @RegisterExtension
    final FeedDatabase db = new FeedDatabase();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "a.dot",
                "a\"quote",
                "an'apostrophe",
                "a\\backslash",
                "Grüße 日本 \uD83D\uDE00",
                "select",
                "CamelCase",
                "a?question",
                "?1",
                "a:colon",
                "#hash",
                "{braces}",
                "$1",
                "a\ttab",
                "a;semicolon",
                "a,comma",
                "-- dashes",
                "/*star*/",
                "livespan_row",
                "row_date"
            })
    void a_schema_a_table_and_columns_may_have_any_name(String name) throws Exception {
        var quoted = '"' + name.replace("\"", "\"\"") + '"';
        db.execute(
                "create schema " + quoted,
                "create table " + quoted + "." + quoted + " (id int, " + quoted + " date)",
                "insert into " + quoted + "." + quoted + " values (1, '2026-11-23'), (2, null)");
        var table = new TableQuery(new TableName(name, name), name, DateType.DATE, List.of("id", name), true);
        var rows = db.read(table, Span.ANY);
        assertThat(FeedDatabase.keys(rows)).containsExactly("[1, \"2026-11-23\"]");
        assertThat(FeedDatabase.json(rows))
                .isEqualTo(db.query("select to_json(t) from " + quoted + "." + quoted + " t where id = 1"));
        assertThat(table.sql(
                        List.of(new SelectedSpans(new SpanSet(List.of(new Span(0, 1))), Selection.ALL)),
                        new FilterSql(List.of()),
                        1))
                .doesNotContain("?", ":", "#", "{", "$", ";");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "int; 7; 7",
                "text; 'a\"b'; \"a\\\"b\"",
                "uuid; 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'; \"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"",
                "numeric(8,2); 1.5; 1.50",
                "int; null; null",
            })
    void a_key_of_one_column_is_its_value(String type, String value, String key) throws Exception {
        db.execute(
                "create table readings (at date, id " + type + ")",
                "insert into readings values ('2026-11-23', " + value + ")");
        assertThat(FeedDatabase.keys(db.read(DateType.DATE, Span.ANY))).containsExactly(key);
    }

    @Test
    void a_key_of_several_columns_is_an_array_and_is_ordered_by_each_column_in_turn() throws Exception {
        db.execute(
                "create table readings (at date, device text, seq int, primary key (device, seq))",
                "insert into readings values ('2026-11-23', 'b', 1), ('2026-11-23', 'a', 10), ('2026-11-23', 'a', 9)");
        var table = new TableQuery(
                new TableName("public", "readings"), "at", DateType.DATE, List.of("device", "seq"), true);
        assertThat(FeedDatabase.keys(db.read(table, Span.ANY)))
                .containsExactly("[\"a\", 9]", "[\"a\", 10]", "[\"b\", 1]");
        assertThat(FeedDatabase.keys(db.read(table, 2, Span.ANY))).containsExactly("[\"a\", 9]", "[\"a\", 10]");
    }

    @Test
    void a_view_is_read_like_a_table() throws Exception {
        db.execute(
                "create table orders (id int primary key, placed timestamptz)",
                "create table items (order_id int references orders, name text)",
                "create view order_items as select o.placed, i.* from orders o join items i on i.order_id = o.id",
                "insert into orders values (1, '2026-11-23 11:00Z'), (2, '2026-11-24 11:00Z')",
                "insert into items values (1, 'tea'), (1, 'milk'), (2, 'jam')");
        var view = new TableQuery(
                new TableName("public", "order_items"),
                "placed",
                DateType.TIMESTAMPTZ,
                List.of("order_id", "name"),
                true);
        assertThat(FeedDatabase.json(db.read(view, Span.ANY)))
                .containsExactly(
                        "{\"placed\":\"2026-11-23T11:00:00+00:00\",\"order_id\":1,\"name\":\"milk\"}",
                        "{\"placed\":\"2026-11-23T11:00:00+00:00\",\"order_id\":1,\"name\":\"tea\"}",
                        "{\"placed\":\"2026-11-24T11:00:00+00:00\",\"order_id\":2,\"name\":\"jam\"}");
    }

    @Test
    void the_rows_of_all_partitions_are_read() throws Exception {
        db.execute(
                "create table readings (at date, id int) partition by range (at)",
                "create table early partition of readings for values from (minvalue) to ('2026-01-01')",
                "create table late partition of readings for values from ('2026-01-01') to (maxvalue)",
                "insert into readings values ('2025-12-31', 1), ('2026-01-01', 2)");
        assertThat(FeedDatabase.keys(db.read(DateType.DATE, Span.ANY))).containsExactly("1", "2");
    }
}
