package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.tool.BesideOthers;

/** A row is one line of JSON with the value of each column as PostgreSQL converts it to JSON, whatever its type. */
@BesideOthers
class RowTypesIT {

    @RegisterExtension
    final FeedDatabase db = new FeedDatabase();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "numeric(12,4); 1234.5; 1234.5000",
                "numeric; '123456789012345678901234567890.123456789'; 123456789012345678901234567890.123456789",
                "numeric; 'NaN'; \"NaN\"",
                "bigint; 9223372036854775807; 9223372036854775807",
                "float8; 0.1; 0.1",
                "boolean; true; true",
                "bytea; '\\x00ff0a'; \"\\\\x00ff0a\"",
                "integer[]; '{{1,2},{3,null}}'; [[1,2],[3,null]]",
                "text[]; '{a,\"b c\",null}'; [\"a\",\"b c\",null]",
                "text; E'two\\nlines\\r\\t\"\\\\'; \"two\\nlines\\r\\t\\\"\\\\\"",
                "text; 'Grüße 日本 \uD83D\uDE00'; \"Grüße 日本 \uD83D\uDE00\"",
                "text; null; null",
                "mood; 'glad'; \"glad\"",
                "price; 1.5; 1.50",
                "uuid; 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'; \"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"",
                "jsonb; '{\"b\": 1, \"a\": [1, 2]}'; {\"a\": [1, 2], \"b\": 1}",
                "json; '{\"b\":  1, \"a\":1}'; {\"b\":  1, \"a\":1}",
                "json; E'{\\n  \"a\":\\r\\n 1}'; {   \"a\":   1}",
                "json; '\"\\n\"'; \"\\n\"",
                "json[]; array[E'[1,\\n2]'::json]; [[1, 2]]",
                "interval; '1 day 2 hours'; \"1 day 02:00:00\"",
                "point; '(1,2)'; \"(1,2)\"",
                "int4range; '[1,5)'; \"[1,5)\"",
                "inet; '10.0.0.1/8'; \"10.0.0.1/8\"",
                "time; '08:00:00.5'; \"08:00:00.5\"",
                "timestamptz; '2026-11-23 12:00+01'; \"2026-11-23T11:00:00+00:00\"",
                "timestamp; 'infinity'; \"infinity\"",
                "date; '0044-03-15 BC'; \"0044-03-15 BC\"",
            })
    void a_value_of_any_type_is_postgresqls_json_on_one_line(String type, String value, String json) throws Exception {
        db.execute(
                "create type mood as enum ('sad', 'glad')",
                "create domain price as numeric(10,2)",
                "create table readings (at date, id int, value " + type + ")",
                "insert into readings values ('2026-11-23', 1, " + value + ")");
        var rows = FeedDatabase.json(db.read(DateType.DATE, Span.ANY));
        assertThat(rows).containsExactly("{\"at\":\"2026-11-23\",\"id\":1,\"value\":" + json + "}");
        assertThat(rows.get(0)).doesNotContain("\n", "\r");
        assertThat(db.query("select count(*) from readings where row_to_json(readings)::jsonb = '"
                        + rows.get(0).replace("'", "''") + "'"))
                .containsExactly("1");
    }

    @Test
    void members_are_in_the_order_of_the_columns() throws Exception {
        db.execute(
                "create table readings (z int, at date, gone int, id int, twice int generated always as (z * 2) stored)",
                "alter table readings drop column gone",
                "insert into readings values (21, '2026-11-23', 1)");
        assertThat(FeedDatabase.json(db.read(DateType.DATE, Span.ANY)))
                .containsExactly("{\"z\":21,\"at\":\"2026-11-23\",\"id\":1,\"twice\":42}");
    }

    @Test
    void a_virtual_generated_column_is_computed() throws Exception {
        assumeThat(Integer.parseInt(db.query("show server_version_num").get(0)))
                .as("PostgreSQL has them")
                .isGreaterThanOrEqualTo(180_000);
        db.execute(
                "create table readings (at date, id int, twice int generated always as (id * 2) virtual)",
                "insert into readings values ('2026-11-23', 1)");
        assertThat(FeedDatabase.json(db.read(DateType.DATE, Span.ANY)))
                .containsExactly("{\"at\":\"2026-11-23\",\"id\":1,\"twice\":2}");
    }

    @Test
    void a_composite_value_is_an_object() throws Exception {
        db.execute(
                "create type place as (name text, notes json)",
                "create table readings (at date, id int, place place, places place[])",
                "insert into readings values ('2026-11-23', 1, row('a', E'[\\n1]'), array[row('b', null)::place])");
        assertThat(FeedDatabase.json(db.read(DateType.DATE, Span.ANY)))
                .containsExactly("{\"at\":\"2026-11-23\",\"id\":1,\"place\":{\"name\":\"a\",\"notes\":[ 1]},"
                        + "\"places\":[{\"name\":\"b\",\"notes\":null}]}");
    }
}
