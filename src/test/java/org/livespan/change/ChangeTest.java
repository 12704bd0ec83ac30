package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Which tables a change touches, and at which dates. */
class ChangeTest {

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 23, 12, 0);
    private static final SpanSet AT_NOON = spans(NOON, NOON);

    @Test
    void a_change_knows_whether_it_was_notified_or_detected_by_livespan() {
        assertThat(new Change(Operation.INSERT, "orders", DateType.DATE, AT_NOON).notified())
                .isTrue();
        assertThat(Change.anyDate(Operation.TRUNCATE, "orders").notified()).isTrue();
        assertThat(Change.UNREADABLE.notified()).isTrue();
        assertThat(Change.ANYTHING.notified()).isFalse();
        assertThat(Change.seen("orders").notified()).isFalse();
    }

    @Test
    void a_change_touches_the_table_it_names_with_or_without_a_schema() {
        assertThat(on("public.orders").touches("public", "orders")).isTrue();
        assertThat(on("orders").touches("public", "orders")).isTrue();
        assertThat(on("orders").touches("sales", "orders")).isTrue();
    }

    @Test
    void a_change_touches_no_other_table() {
        assertThat(on("public.orders").touches("sales", "orders")).isFalse();
        assertThat(on("public.orders").touches("public", "order")).isFalse();
        assertThat(on("orders").touches("orders", "lines")).isFalse();
        assertThat(on("Orders").touches("public", "orders")).isFalse();
    }

    @Test
    void a_name_with_dots_is_compared_as_a_whole() {
        assertThat(on("a.b.c").touches("a", "b.c")).isTrue();
        assertThat(on("a.b.c").touches("a.b", "c")).isTrue();
        assertThat(on("b.c").touches("a", "b.c")).isTrue();
        assertThat(on("a.b.c").touches("a", "c")).isFalse();
    }

    @Test
    void anything_touches_every_table_at_any_date() {
        assertThat(Change.ANYTHING.touches("public", "orders")).isTrue();
        for (DateType column : DateType.values()) {
            assertThat(Change.ANYTHING.spansFor(column)).isEqualTo(SpanSet.ALL);
        }
    }

    @ParameterizedTest
    @EnumSource(DateType.class)
    void dates_of_the_columns_own_type_are_used_unchanged(DateType type) {
        assertThat(new Change(Operation.INSERT, "orders", type, AT_NOON).spansFor(type))
                .isEqualTo(AT_NOON);
    }

    @ParameterizedTest
    @EnumSource(DateType.class)
    void dates_of_another_type_are_extended_by_two_days_each_way(DateType type) {
        var change = new Change(Operation.INSERT, "orders", type, AT_NOON);
        for (DateType column : DateType.values()) {
            if (column != type) {
                assertThat(change.spansFor(column)).isEqualTo(spans(NOON.minusDays(2), NOON.plusDays(2)));
            }
        }
    }

    @Test
    void old_and_new_dates_of_another_type_are_both_extended_and_merged_where_they_meet() {
        var december = NOON.plusMonths(1);
        assertThat(moved(NOON, december).spansFor(DateType.TIMESTAMPTZ))
                .isEqualTo(SpanSet.of(List.of(
                        Span.between(NOON.minusDays(2), NOON.plusDays(2)),
                        Span.between(december.minusDays(2), december.plusDays(2)))));
        assertThat(moved(NOON, NOON.plusDays(3)).spansFor(DateType.TIMESTAMPTZ))
                .isEqualTo(spans(NOON.minusDays(2), NOON.plusDays(5)));
    }

    @ParameterizedTest
    @EnumSource(DateType.class)
    void any_date_means_all_dates_of_a_column_of_every_type(DateType column) {
        assertThat(Change.anyDate(Operation.TRUNCATE, "orders").spansFor(column))
                .isEqualTo(SpanSet.ALL);
    }

    @Test
    void a_change_requires_its_table_its_spans_and_the_type_of_their_dates() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Change(Operation.INSERT, "orders", null, AT_NOON))
                .withMessageContaining("type");
        assertThatNullPointerException().isThrownBy(() -> new Change(Operation.INSERT, "orders", DateType.DATE, null));
        assertThatNullPointerException().isThrownBy(() -> Change.anyDate(Operation.INSERT, null));
    }

    private static Change moved(LocalDateTime before, LocalDateTime after) {
        var spans = SpanSet.of(List.of(Span.between(before, before), Span.between(after, after)));
        return new Change(Operation.UPDATE, "orders", DateType.TIMESTAMP, spans);
    }

    private static SpanSet spans(LocalDateTime from, LocalDateTime to) {
        return new SpanSet(List.of(Span.between(from, to)));
    }

    private static Change on(String table) {
        return Change.anyDate(Operation.UPDATE, table);
    }
}
