package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which columns can be filters, and how their values are compared. */
class FilterCatalogueIT {

    private static final int NAME = 1;
    private static final int OPERATOR_SCHEMA = 6;
    private static final int HAS_EQUALITY = 8;

    @RegisterExtension
    final FeedDatabase db = new FeedDatabase();

    private List<String> column(String type) throws Exception {
        db.execute("create table public.readings (it " + type + ")");
        List<List<String>> rows = db.rows(FilterCatalogue.COLUMNS, List.of("public", "readings"));
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int",
                "numeric(5,2)",
                "text",
                "varchar(3)",
                "char(3)",
                "\"char\"",
                "name",
                "uuid",
                "boolean",
                "bytea",
                "date",
                "timestamptz",
                "timestamp",
                "interval",
                "jsonb",
                "inet",
                "cidr",
                "oid",
                "regclass",
                "int[]",
                "text[][]",
                "int4range",
                "tstzmultirange",
                "float8",
                "pg_lsn",
                "int2vector"
            })
    void values_with_equality_and_a_hash_can_be_filters(String type) throws Exception {
        assertThat(column(type).get(HAS_EQUALITY)).as(type).isEqualTo("t");
        assertThat(db.rows("select pg_catalog.hash_record_extended(row(cast(null as " + type + ")), 0)", List.of()))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "xml", "point", "bit(3)", "json[]", "money", "tsquery", "box", "tsvector"})
    void values_without_equality_or_without_a_hash_cannot(String type) throws Exception {
        assertThat(column(type).get(HAS_EQUALITY)).as(type).isEqualTo("f");
    }

    @Test
    void what_consists_of_others_can_if_those_can() throws Exception {
        db.execute(
                "create type public.good as (a int, b text[])",
                "create type public.bad as (a int, b point)",
                "create type public.mood as enum ('sad', 'ok')",
                "create domain public.moods as public.mood[]",
                "create table public.readings (a public.good, b public.bad, c public.mood, d public.moods, e public.bad[])");
        assertThat(db.rows(FilterCatalogue.COLUMNS, List.of("public", "readings")))
                .extracting(row -> row.get(HAS_EQUALITY))
                .containsExactly("t", "f", "t", "t", "f");
    }

    @ParameterizedTest
    @CsvSource({"varchar(3), character varying", "int4, integer", "text, text"})
    void the_type_is_named_without_its_length(String type, String name) throws Exception {
        assertThat(column(type).get(NAME)).isEqualTo(name);
        assertThat(column0(OPERATOR_SCHEMA)).isEqualTo("pg_catalog");
    }

    private String column0(int index) throws Exception {
        return db.rows(FilterCatalogue.COLUMNS, List.of("public", "readings"))
                .get(0)
                .get(index);
    }
}
