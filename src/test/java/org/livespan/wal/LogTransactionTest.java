package org.livespan.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.change.Change;
import org.livespan.change.Operation;
import org.livespan.change.RowColumns;
import org.livespan.change.TablesOfFeeds;
import org.livespan.time.ColumnTime;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** What becomes of a transaction in the log. */
class LogTransactionTest {

    private static final RowColumns BY_ID = new RowColumns("created_at", List.of("id"));
    private static final String JANUARY = "2026-01-05 10:00:00+00";
    private static final String MAY = "2026-05-05 10:00:00.5+02";

    private final Set<RowColumns> feeds = new HashSet<>(Set.of(BY_ID));
    private final Set<RowColumns> ofAll = new HashSet<>();
    private final List<Ancestors.Name> ancestors = new ArrayList<>();
    private final LogTransaction transaction = new LogTransaction(
            "livespan_x",
            tables(table -> switch (table) {
                case "orders" -> feeds;
                case "all_orders" -> ofAll;
                default -> Set.of();
            }),
            oid -> ancestors);

    private static TablesOfFeeds tables(Function<String, Set<RowColumns>> columns) {
        return new TablesOfFeeds() {
            @Override
            public Set<String> names() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Set<RowColumns> columns(String schema, String table) {
                return columns.apply(table);
            }
        };
    }

    @BeforeEach
    void the_table_is_described() throws Exception {
        transaction.take(Messages.orders().decoded());
    }

    private Committed committed(Messages... messages) throws Exception {
        transaction.take(Messages.of('B').int64(0).int64(0).int32(42).decoded());
        for (Messages message : messages) {
            assertThat(transaction.take(message.decoded())).isEmpty();
        }
        return transaction
                .take(Messages.of('C').int8(0).int64(0).int64(0).int64(0).decoded())
                .orElseThrow();
    }

    private Change change(Messages... messages) throws Exception {
        List<Change> changes = committed(messages).changes();
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).notified()).isFalse();
        assertThat(changes.get(0).touches("public", "orders")).isTrue();
        return changes.get(0);
    }

    private static Messages insert(String... row) {
        return Messages.of('I').int32(7).tuple('N', row);
    }

    private static Messages update(String... row) {
        return Messages.of('U').int32(7).tuple('N', row);
    }

    private static Messages delete(String id) {
        return Messages.of('D').int32(7).tuple('K', id, null, null);
    }

    private static Span at(int month, int hour, int nanos) {
        long at = ColumnTime.of(LocalDateTime.of(2026, month, 5, hour, 0, 0, nanos));
        return new Span(at, at);
    }

    @Test
    void an_insert_tells_the_date_of_its_row() throws Exception {
        Change change = change(insert("1", JANUARY, "a"), insert("2", MAY, "b"));
        assertThat(change.operation()).isEqualTo(Operation.INSERT);
        assertThat(change.type()).isEqualTo(DateType.TIMESTAMPTZ);
        assertThat(change.spans()).isEqualTo(SpanSet.of(List.of(at(1, 10, 0), at(5, 8, 500_000_000))));
        assertThat(change.keys()).isEmpty();
    }

    @Test
    void an_update_tells_its_new_date_and_the_key_under_which_its_old_date_is_known() throws Exception {
        Change change = change(update("1", MAY, Messages.UNCHANGED));
        assertThat(change.operation()).isEqualTo(Operation.UPDATE);
        assertThat(change.spans()).isEqualTo(SpanSet.of(List.of(at(5, 8, 500_000_000))));
        assertThat(change.keys()).containsExactly("1");
        assertThat(change.isFor(BY_ID)).isTrue();
        assertThat(change.isFor(new RowColumns("updated_at", List.of("id")))).isFalse();
    }

    @Test
    void an_update_of_the_key_tells_the_old_one() throws Exception {
        Change change =
                change(Messages.of('U').int32(7).tuple('K', "1", null, null).tuple('N', "2", MAY, "a"));
        assertThat(change.keys()).containsExactly("1");
        assertThat(change.spans().isEmpty()).isFalse();
    }

    @Test
    void with_full_replica_identity_the_old_date_is_in_the_log() throws Exception {
        Change change =
                change(Messages.of('U').int32(7).tuple('O', "1", JANUARY, "a").tuple('N', "1", MAY, "a"));
        assertThat(change.spans()).isEqualTo(SpanSet.of(List.of(at(1, 10, 0), at(5, 8, 500_000_000))));
        assertThat(change.keys()).isEmpty();
        assertThat(change(Messages.of('D').int32(7).tuple('O', "1", JANUARY, "a"))
                        .spans())
                .isEqualTo(SpanSet.of(List.of(at(1, 10, 0))));
    }

    @Test
    void a_delete_tells_the_key() throws Exception {
        Change change = change(delete("1"), delete("2"));
        assertThat(change.operation()).isEqualTo(Operation.DELETE);
        assertThat(change.spans().isEmpty()).isTrue();
        assertThat(change.keys()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void where_the_date_is_part_of_the_replica_identity_no_key_is_needed() throws Exception {
        transaction.take(Messages.of('R')
                .int32(7)
                .string("public")
                .string("orders")
                .int8('i')
                .int16(2)
                .int8(0)
                .string("id")
                .int32(23)
                .int32(-1)
                .int8(1)
                .string("created_at")
                .int32(1184)
                .int32(-1)
                .decoded());
        assertThat(change(update("1", MAY)).spans()).isEqualTo(SpanSet.of(List.of(at(5, 8, 500_000_000))));
        Change moved =
                change(Messages.of('U').int32(7).tuple('K', null, JANUARY).tuple('N', "1", MAY));
        assertThat(moved.spans()).isEqualTo(SpanSet.of(List.of(at(1, 10, 0), at(5, 8, 500_000_000))));
        assertThat(change(Messages.of('D').int32(7).tuple('K', null, JANUARY)).keys())
                .isEmpty();
    }

    @Test
    void what_cannot_be_told_is_any_date() throws Exception {
        feeds.clear();
        feeds.add(new RowColumns("created_at", List.of("note"))); // no part of the identity
        assertThat(change(insert("1", JANUARY, "a")).spans()).isEqualTo(SpanSet.of(List.of(at(1, 10, 0))));
        assertThat(change(update("1", JANUARY, "a")).spans()).isEqualTo(SpanSet.ALL);
        assertThat(change(delete("1")).spans()).isEqualTo(SpanSet.ALL);
        feeds.clear();
        feeds.add(new RowColumns("created_at", List.of())); // an entity's
        assertThat(change(update("1", JANUARY, "a")).spans()).isEqualTo(SpanSet.ALL);
        feeds.clear();
        feeds.add(new RowColumns("generated", List.of("id"))); // not in the log
        assertThat(change(insert("1", JANUARY, "a")).spans()).isEqualTo(SpanSet.ALL);
        feeds.clear();
        feeds.add(BY_ID);
        for (String far : List.of("infinity", "-infinity", "10000-01-01 00:00:00+00", "0044-03-15 00:00:00+00 BC")) {
            assertThat(change(insert("1", far, "a")).spans()).as(far).isEqualTo(SpanSet.ALL);
        }
        assertThat(change(Messages.of('T').int32(1).int8(0).int32(7)).operation())
                .isEqualTo(Operation.TRUNCATE);
        assertThat(change(Messages.of('T').int32(1).int8(0).int32(7)).spans()).isEqualTo(SpanSet.ALL);
    }

    @Test
    void a_row_without_a_date_is_in_no_window() throws Exception {
        assertThat(change(insert("1", null, "a")).spans().isEmpty()).isTrue();
        Change forgotten = change(update("1", null, "a"));
        assertThat(forgotten.spans().isEmpty()).isTrue();
        assertThat(forgotten.keys()).containsExactly("1");
    }

    @Test
    void very_many_rows_take_little_memory() throws Exception {
        var many = new Messages[10_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = insert(Integer.toString(i), "2026-01-%02d 10:%02d:00+00".formatted(1 + i % 28, i / 28 % 60), "a");
        }
        many[many.length - 1] = insert("9999", "2026-07-05 23:00:00-15:59", "a");
        Change inserted = change(many);
        assertThat(inserted.spans().spans()).hasSizeLessThan(100);
        assertThat(inserted.type()).isEqualTo(DateType.TIMESTAMPTZ);
        for (Span told : List.of(
                at(1, 10, 0),
                at(1, 15, 0),
                new Span(at(7, 0, 0).start(), at(7, 0, 0).start()))) {
            assertThat(inserted.spans().contains(told.start())).isTrue();
        }
        assertThat(inserted.spans().contains(ColumnTime.of(LocalDateTime.of(2026, 7, 6, 14, 59))))
                .isTrue();
        assertThat(inserted.spans().contains(at(12, 0, 0).start())).isFalse();
        for (String far : List.of("infinity", "10000-01-01 00:00:00+00", "0044-03-15 00:00:00+00 BC")) {
            many[many.length - 1] = insert("9999", far, "a");
            assertThat(change(many).spans()).as(far).isEqualTo(SpanSet.ALL);
        }
        for (int i = 0; i < many.length; i++) {
            many[i] = delete(Integer.toString(i));
        }
        assertThat(change(many).spans()).isEqualTo(SpanSet.ALL);
    }

    @Test
    void feeds_that_find_the_rows_by_different_columns_are_told_apart() throws Exception {
        feeds.add(new RowColumns("created_at", List.of("note")));
        List<Change> changes = committed(update("1", MAY, "a")).changes();
        assertThat(changes).hasSize(2);
        assertThat(changes)
                .filteredOn(change -> change.isFor(BY_ID))
                .singleElement()
                .satisfies(change -> assertThat(change.keys()).containsExactly("1"));
    }

    @Test
    void a_table_that_no_feed_shows_may_be_read_by_a_view() throws Exception {
        feeds.clear();
        assertThat(committed(insert("1", MAY, "a")).changes()).containsExactly(Change.seen("public.orders"));
    }

    @Test
    void a_row_of_a_partition_is_one_of_its_table() throws Exception {
        feeds.clear();
        ancestors.add(new Ancestors.Name("public", "all_orders"));
        ancestors.add(new Ancestors.Name("public", "old_orders"));
        transaction.take(Messages.orders().decoded());
        ofAll.add(BY_ID);
        List<Change> changes =
                committed(insert("1", JANUARY, "a"), update("2", MAY, "a")).changes();
        assertThat(changes).hasSize(3).contains(Change.seen("public.orders"), Change.seen("public.old_orders"));
        Change told = changes.get(0);
        assertThat(told.touches("public", "all_orders")).isTrue();
        assertThat(told.spans()).isEqualTo(SpanSet.of(List.of(at(1, 10, 0), at(5, 8, 500_000_000))));
        assertThat(told.keys()).containsExactly("2");
    }

    @Test
    void the_markers_of_this_node_come_with_their_transaction_and_those_of_others_do_not() throws Exception {
        Committed committed = committed(emitted("livespan_y", "a"), emitted("livespan_x", "b"), insert("1", MAY, "a"));
        assertThat(committed.markers()).containsExactly("b");
        assertThat(committed.xid()).isEqualTo(42);
        assertThat(committed().isEmpty()).isTrue();
    }

    private static Messages emitted(String prefix, String content) {
        return Messages.of('M').int8(1).int64(0).string(prefix).int32(1).int8(content.charAt(0));
    }

    @Test
    void a_table_that_was_never_described_is_not_guessed() {
        assertThatExceptionOfType(UnreadableLogException.class)
                .isThrownBy(() -> committed(Messages.of('I').int32(8).tuple('N', "1")));
    }
}
