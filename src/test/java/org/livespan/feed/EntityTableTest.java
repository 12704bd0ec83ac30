package org.livespan.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.livespan.time.ColumnTime;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/** What an entity's annotations say about its table, and the query that reads a span of it. */
class EntityTableTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0);

    @Entity
    static class Plain {
        @Id
        Long id;

        OffsetDateTime createdAt;
        LocalDateTime printedAt;
        LocalDate dueOn;
        Instant sentAt;
        String note;
    }

    @Entity
    @Table(name = "INVOICES", schema = "Sales")
    static class Renamed {
        @Id
        @Column(name = "INVOICE_ID")
        Long id;

        @Column(name = "Issued_At")
        OffsetDateTime issuedAt;

        @Column(nullable = false)
        LocalDate dueOn;
    }

    @Entity(name = "Bill")
    @Table(name = "\"Order Lines\"", schema = "\"Sales\"")
    static class Quoted {
        @Id
        @Column(name = "\"Line No\"")
        Long id;

        @Column(name = "\"Issued.At\"")
        LocalDateTime issuedAt;
    }

    @Entity(name = "Ticket")
    static class Named {
        @Id
        Long id;

        LocalDate day;
    }

    @Entity
    static class Keyless {
        LocalDate day;
    }

    @Test
    void without_annotations_names_are_those_of_the_class_in_lower_case_and_the_schema_is_public() {
        var table = new EntityTable<>(Plain.class, "createdAt");
        assertThat(table.table()).isEqualTo(new TableName("public", "plain"));
        assertThat(table.dateColumn()).isEqualTo("createdat");
        assertThat(table.keyColumn()).isEqualTo("id");
    }

    @Test
    void an_annotated_name_is_folded_to_lower_case_as_PostgreSQL_folds_it() {
        var table = new EntityTable<>(Renamed.class, "issuedAt");
        assertThat(table.table()).isEqualTo(new TableName("sales", "invoices"));
        assertThat(table.dateColumn()).isEqualTo("issued_at");
        assertThat(table.keyColumn()).isEqualTo("invoice_id");
    }

    @Test
    void a_column_annotated_without_a_name_is_named_like_the_attribute() {
        assertThat(new EntityTable<>(Renamed.class, "dueOn").dateColumn()).isEqualTo("dueon");
    }

    @Test
    void a_quoted_name_is_taken_as_it_stands() {
        var table = new EntityTable<>(Quoted.class, "issuedAt");
        assertThat(table.table()).isEqualTo(new TableName("Sales", "Order Lines"));
        assertThat(table.dateColumn()).isEqualTo("Issued.At");
        assertThat(table.keyColumn()).isEqualTo("Line No");
    }

    @Test
    void the_name_of_an_entity_is_used_for_its_table_and_in_queries() {
        var table = new EntityTable<>(Named.class, "day");
        assertThat(table.table()).isEqualTo(new TableName("public", "ticket"));
        assertThat(table.jpql(List.of(Span.ANY))).startsWith("select row from Ticket row ");
        assertThat(new EntityTable<>(Quoted.class, "issuedAt").jpql(List.of(Span.ANY)))
                .contains(" from Bill row ");
    }

    @Test
    void the_type_of_the_attribute_determines_the_type_of_the_column() {
        assertThat(new EntityTable<>(Plain.class, "createdAt").dateType()).isEqualTo(DateType.TIMESTAMPTZ);
        assertThat(new EntityTable<>(Plain.class, "printedAt").dateType()).isEqualTo(DateType.TIMESTAMP);
        assertThat(new EntityTable<>(Plain.class, "dueOn").dateType()).isEqualTo(DateType.DATE);
    }

    @Test
    void a_bound_has_the_type_of_the_attribute() {
        long noon = ColumnTime.of(NOON);
        assertThat(new EntityTable<>(Plain.class, "createdAt").firstFrom(noon))
                .isEqualTo(OffsetDateTime.of(NOON, ZoneOffset.UTC));
        assertThat(new EntityTable<>(Plain.class, "createdAt").lastUntil(noon))
                .isEqualTo(OffsetDateTime.of(NOON, ZoneOffset.UTC));
        assertThat(new EntityTable<>(Plain.class, "printedAt").firstFrom(noon)).isEqualTo(NOON);
        assertThat(new EntityTable<>(Plain.class, "printedAt").lastUntil(noon)).isEqualTo(NOON);
    }

    /** A day is at its midnight: the first day from noon on is the next one, and the last day until noon is this one. */
    @Test
    void bounds_become_the_first_and_the_last_day_whose_midnights_lie_between_them() {
        var table = new EntityTable<>(Plain.class, "dueOn");
        LocalDate day = NOON.toLocalDate();
        assertThat(table.firstFrom(ColumnTime.of(NOON))).isEqualTo(day.plusDays(1));
        assertThat(table.lastUntil(ColumnTime.of(NOON))).isEqualTo(day);
        assertThat(table.firstFrom(ColumnTime.of(day.atStartOfDay()))).isEqualTo(day);
        assertThat(table.lastUntil(ColumnTime.of(day.atStartOfDay()))).isEqualTo(day);
    }

    @Test
    void several_spans_are_read_in_one_query() {
        assertThat(jpql(Span.between(null, NOON), Span.between(NOON.plusDays(1), null)))
                .isEqualTo("select row from Plain row where (row.createdAt is not null and row.createdAt <= :end0)"
                        + " or (row.createdAt is not null and row.createdAt >= :start1)"
                        + " order by row.createdAt, row.id");
    }

    @Test
    void a_rows_date_is_read_in_column_time() {
        var row = new Plain();
        row.createdAt = OffsetDateTime.of(NOON, ZoneOffset.ofHours(9));
        row.printedAt = NOON;
        row.dueOn = NOON.toLocalDate();
        assertThat(new EntityTable<>(Plain.class, "createdAt").date(row)).isEqualTo(ColumnTime.of(NOON.minusHours(9)));
        assertThat(new EntityTable<>(Plain.class, "printedAt").date(row)).isEqualTo(ColumnTime.of(NOON));
        assertThat(new EntityTable<>(Plain.class, "dueOn").date(row))
                .isEqualTo(ColumnTime.of(NOON.toLocalDate().atStartOfDay()));
    }

    @Test
    void a_span_includes_both_bounds_and_is_ordered_by_date_and_key() {
        assertThat(jpql(Span.between(NOON, NOON)))
                .isEqualTo("select row from Plain row where (row.createdAt is not null and row.createdAt >= :start0"
                        + " and row.createdAt <= :end0) order by row.createdAt, row.id");
    }

    @Test
    void an_open_side_has_no_bound_and_a_row_without_a_date_is_in_no_span() {
        assertThat(jpql(Span.between(NOON, null)))
                .contains("where (row.createdAt is not null and row.createdAt >= :start0) order by");
        assertThat(jpql(Span.between(null, NOON)))
                .contains("where (row.createdAt is not null and row.createdAt <= :end0) order by");
        assertThat(jpql(Span.ANY)).contains("where (row.createdAt is not null) order by");
    }

    @Test
    void a_missing_attribute_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntityTable<>(Plain.class, "created_at"))
                .withMessageContaining("Plain has no attribute created_at");
    }

    @Test
    void an_attribute_that_is_not_a_date_is_named_with_the_types_that_are() {
        for (String attribute : new String[] {"note", "id", "sentAt"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new EntityTable<>(Plain.class, attribute))
                    .withMessageContaining("Plain." + attribute)
                    .withMessageContaining("OffsetDateTime, LocalDateTime or LocalDate");
        }
    }

    @Test
    void an_entity_without_a_key_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntityTable<>(Keyless.class, "day"))
                .withMessageContaining("Keyless has no @Id");
    }

    private static String jpql(Span... spans) {
        return new EntityTable<>(Plain.class, "createdAt").jpql(List.of(spans));
    }
}
