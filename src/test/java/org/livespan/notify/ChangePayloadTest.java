package org.livespan.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Notification payloads in each of their forms, and malformed ones. */
class ChangePayloadTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0);

    @ParameterizedTest
    @CsvSource({
        "insert, INSERT, 2026-11-23T12:00:00Z, TIMESTAMPTZ",
        "update, UPDATE, 2026-11-23T12:00:00.000000Z, TIMESTAMPTZ",
        "delete, DELETE, 2026-11-23T12:00:00, TIMESTAMP",
        "truncate, TRUNCATE, 2026-11-23T12:00:00+00:00, TIMESTAMPTZ"
    })
    void the_payload_of_a_statement_trigger_has_its_operation_table_and_span(
            String key, Operation operation, String date, DateType type) throws Exception {
        assertThat(read(key, "public.orders|" + date + "|" + date))
                .isEqualTo(new Change(operation, "public.orders", type, spans(NOON, NOON)));
    }

    @Test
    void the_span_reaches_from_the_first_date_to_the_second() throws Exception {
        assertThat(read("delete", "public.orders|2026-11-01|2026-11-23").spans())
                .isEqualTo(spans(day(11, 1), day(11, 23)));
    }

    @ParameterizedTest
    @CsvSource({
        "public.orders|2026-01-01|2026-01-31|2026-11-01|2026-11-23, DATE",
        "public.orders|2026-11-01|2026-11-23|2026-01-01|2026-01-31, DATE",
        "public.orders|2026-01-01T00:00:00|2026-01-31T00:00:00|2026-11-01T00:00:00|2026-11-23T00:00:00, TIMESTAMP",
        "public.orders|2026-01-01T00:00:00Z|2026-01-31T00:00:00Z|2026-11-01T00:00:00Z|2026-11-23T00:00:00Z, TIMESTAMPTZ"
    })
    void an_update_whose_old_and_new_dates_lie_apart_has_two_spans(String value, DateType type) throws Exception {
        assertThat(read("update", value))
                .isEqualTo(new Change(
                        Operation.UPDATE,
                        "public.orders",
                        type,
                        SpanSet.of(
                                List.of(Span.between(day(1, 1), day(1, 31)), Span.between(day(11, 1), day(11, 23))))));
    }

    @Test
    void two_overlapping_spans_are_merged() throws Exception {
        assertThat(read("update", "orders|2026-01-01|2026-06-30|2026-05-01|2026-11-23")
                        .spans())
                .isEqualTo(spans(day(1, 1), day(11, 23)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert", "update", "delete", "truncate"})
    void a_payload_without_dates_stands_for_any_date(String key) throws Exception {
        Change change = read(key, "public.orders||");
        assertThat(change.table()).isEqualTo("public.orders");
        assertThat(change.spans()).isEqualTo(SpanSet.ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23, DATE, 2026-11-23T00:00",
        "2026-11-23 11:30:00.123, TIMESTAMP, 2026-11-23T11:30:00.123",
        "2026-11-23 11:30:00.123+00, TIMESTAMPTZ, 2026-11-23T11:30:00.123",
        "2026-11-23 11:30:00+05:30, TIMESTAMPTZ, 2026-11-23T06:00",
        "2026-11-23 11:30:00-03, TIMESTAMPTZ, 2026-11-23T14:30",
        "1890-01-01 00:53:28+00:53:28, TIMESTAMPTZ, 1890-01-01T00:00"
    })
    void an_insert_of_an_older_row_trigger_has_the_date_of_its_row(String date, DateType type, LocalDateTime value)
            throws Exception {
        assertThat(read("insert", "orders|" + date))
                .isEqualTo(new Change(Operation.INSERT, "orders", type, spans(value, value)));
    }

    /** It names only the new date; the row may have had any other before. */
    @Test
    void an_update_of_an_older_row_trigger_stands_for_any_date() throws Exception {
        assertThat(read("update", "orders|2026-11-23 11:30:00.123+00"))
                .isEqualTo(Change.anyDate(Operation.UPDATE, "orders"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public.orders",
                "Sales.Order Lines",
                "a.b.c.d",
                "public.a|b",
                "public.|",
                "public.a||",
                "public.a|2026-11-23",
                "public.2026-11-23|b",
                "it's",
                "\"quoted\"",
                "back\\slash",
                "tab\there",
                "line\nbreak",
                "Ünïcode.表",
                "🚚",
                " "
            })
    void a_table_name_may_contain_any_character(String table) throws Exception {
        assertThat(read("insert", table + "|2026-11-23|2026-11-23").table()).isEqualTo(table);
        assertThat(read("update", table + "|2026-01-01|2026-01-31|2026-11-23|2026-11-23")
                        .table())
                .isEqualTo(table);
        assertThat(read("update", table + "||").table()).isEqualTo(table);
        assertThat(read("truncate", table + "||").table()).isEqualTo(table);
    }

    @Test
    void the_order_of_members_and_unknown_members_do_not_matter() throws Exception {
        assertThat(ChangePayload.read("{ \"value\" : \"orders||\", \"at\": [1, {}], \"key\" : \"update\" }"))
                .isEqualTo(Change.anyDate(Operation.UPDATE, "orders"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "null",
                "true",
                "42",
                "\"text\"",
                "[]",
                "[{\"key\":\"insert\"}]",
                "{",
                "{}",
                "{]",
                "{\"key\":\"insert\"}",
                "{\"value\":\"orders||\"}",
                "{\"key\":\"insert\",\"value\":null}",
                "{\"key\":\"insert\",\"value\":42}",
                "{\"key\":\"insert\",\"value\":[\"orders||\"]}",
                "{\"key\":null,\"value\":\"orders||\"}",
                "{\"key\":1,\"value\":\"orders||\"}",
                "{\"key\":\"merge\",\"value\":\"orders||\"}",
                "{\"key\":\"INSERT\",\"value\":\"orders||\"}",
                "{\"key\":\"\",\"value\":\"orders||\"}",
                "{\"key\":\"insert\",\"value\":\"orders||\"",
                "{'key':'insert','value':'orders||'}",
                "\u0000",
                "{\"key\":\"insert\",\"value\":\"a\u0001||\"}"
            })
    void anything_but_an_object_with_a_known_key_and_a_string_value_cannot_be_read(String payload) {
        unreadable(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|",
                "||",
                "orders",
                "orders|",
                "|2026-11-23",
                "orders|yesterday",
                "orders|2026-02-30",
                "orders|2026-11-23|",
                "orders||2026-11-23",
                "orders|2026-11-24|2026-11-23",
                "orders|2026-11-23|2026-11-23T00:00:00",
                "orders|2026-11-23T00:00:00|2026-11-23T00:00:00Z",
                "orders|2026-11-23|tomorrow",
                "orders|2026-13-01|2026-13-02",
                "orders|2026-11-23T24:00:00Z|2026-11-24T00:00:00Z"
            })
    void a_value_that_is_not_a_table_with_valid_dates_cannot_be_read(String value) {
        assertThatExceptionOfType(UnreadablePayloadException.class).isThrownBy(() -> read("insert", value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders|2026-01-31|2026-01-01|2026-11-01|2026-11-23",
                "orders|2026-01-01|2026-01-31|2026-11-23|2026-11-01",
                "orders|2026-01-01|2026-01-31|2026-11-01T00:00:00|2026-11-23T00:00:00",
                "orders|2026-01-01|2026-01-31T00:00:00|2026-11-01|2026-11-23",
                "orders|2026-01-01T00:00:00|2026-01-31T00:00:00|2026-11-01T00:00:00Z|2026-11-23T00:00:00Z",
                "orders|2026-02-30|2026-02-31|2026-11-01|2026-11-23",
                "orders|2026-01-01|infinity|2026-11-01|2026-11-23",
                "orders|-infinity|2026-01-31|2026-11-01|2026-11-23",
                "orders|2026-01-01|2026-01-31|2026-11-01|infinity",
                "orders|2026-01-01|2026-01-31|2026-11-01|",
                "orders|2026-01-01|2026-01-31|tomorrow|2026-11-23"
            })
    void two_spans_without_valid_dates_of_one_type_in_order_cannot_be_read(String value) {
        assertThatExceptionOfType(UnreadablePayloadException.class).isThrownBy(() -> read("update", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert", "delete", "truncate"})
    void only_an_update_may_have_two_spans(String key) {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read(key, "orders|2026-01-01|2026-01-31|2026-11-01|2026-11-23"))
                .withMessageContaining("only an update");
    }

    @Test
    void thousands_of_open_brackets_cannot_be_read() {
        unreadable("[".repeat(8_000));
    }

    @Test
    void the_exception_says_what_is_expected() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read("merge", "orders||"))
                .withMessageContaining("insert, update, delete or truncate");
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> ChangePayload.read("{\"key\":\"insert\"}"))
                .withMessageContaining("\"value\"");
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read("insert", "orders"))
                .withMessageContaining("table|FROM|TO");
    }

    private static void unreadable(String payload) {
        assertThatExceptionOfType(UnreadablePayloadException.class).isThrownBy(() -> ChangePayload.read(payload));
    }

    private static SpanSet spans(LocalDateTime from, LocalDateTime to) {
        return new SpanSet(List.of(Span.between(from, to)));
    }

    private static LocalDateTime day(int month, int day) {
        return LocalDateTime.of(2026, month, day, 0, 0);
    }

    private static Change read(String key, String value) throws UnreadablePayloadException {
        return ChangePayload.read("{\"key\": " + quoted(key) + ", \"value\": " + quoted(value) + "}");
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                + '"';
    }
}
