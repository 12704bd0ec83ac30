package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.live.FakeFeed.row;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Row;
import org.livespan.time.ColumnTime;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** The rows of some spans, and how they differ from those read before. */
class ImageTest {

    private static final int ROUNDS = 3_000;
    private static final int LAST = 20;
    private static final int KEYS = 12;
    private static final int MANY = 50 * RowLeaf.MOST;

    private final Image image =
            Image.of(List.of(row(1, 10, "{\"a\":1}"), row(2, 20, "{\"b\":1}"), row(3, 30, "{\"c\":1}")));

    @Test
    void a_row_that_changed_is_upserted_and_not_removed() {
        assertThat(changes(new Span(20, 20), Span.ANY, row(2, 20, "{\"b\":2}")))
                .isEqualTo("{\"upserted\":[{\"b\":2}],\"removed\":[]}");
    }

    @Test
    void a_row_that_came_is_upserted_and_one_that_went_is_removed() {
        assertThat(changes(new Span(15, 25), Span.ANY, row(4, 25, "{\"d\":1}")))
                .isEqualTo("{\"upserted\":[{\"d\":1}],\"removed\":[2]}");
    }

    @Test
    void a_row_that_moved_is_removed_where_it_was_and_upserted_where_it_is_now() {
        Row moved = row(1, 20, "{\"a\":2}");
        Row stays = row(2, 20, "{\"b\":1}");
        var all = new Span(10, 20);
        assertThat(changes(all, new Span(10, 10), moved, stays)).isEqualTo("{\"upserted\":[],\"removed\":[1]}");
        assertThat(changes(all, new Span(20, 20), moved, stays)).isEqualTo("{\"upserted\":[{\"a\":2}],\"removed\":[]}");
        assertThat(changes(all, Span.ANY, moved, stays)).isEqualTo("{\"upserted\":[{\"a\":2}],\"removed\":[]}");
    }

    /** The order of keys is the database's own, so a client cannot find the place by itself. */
    @Test
    void an_upserted_row_names_the_key_it_comes_after_unless_it_is_the_first_of_the_window() {
        RowChanges changes = image.refreshed(
                        set(new Span(20, 30)),
                        List.of(row(2, 20, "{\"b\":1}"), row(9, 20, "{\"i\":1}"), row(3, 30, "{\"c\":2}")))
                .changes();
        assertThat(changes.json(changes.within(Span.ANY), Span.ANY, true).json())
                .asString()
                .isEqualTo("{\"upserted\":[{\"i\":1},{\"c\":2}],\"removed\":[],\"after\":[2,9]}");
        assertThat(changes.json(changes.within(new Span(30, 40)), new Span(30, 40), true)
                        .json())
                .asString()
                .isEqualTo("{\"upserted\":[{\"c\":2}],\"removed\":[],\"after\":[null]}");
    }

    @Test
    void a_key_that_is_used_again_for_another_row_is_upserted_and_not_removed() {
        assertThat(changes(new Span(10, 30), Span.ANY, row(3, 10, "{\"new\":1}"), row(2, 20, "{\"b\":1}")))
                .isEqualTo("{\"upserted\":[{\"new\":1}],\"removed\":[1]}");
    }

    @Test
    void rows_that_stayed_as_they_were_are_no_change_and_make_an_equal_image() {
        var same = image.refreshed(
                SpanSet.ALL, List.of(row(1, 10, "{\"a\":1}"), row(2, 20, "{\"b\":1}"), row(3, 30, "{\"c\":1}")));
        assertThat(same.changes().isEmpty()).isTrue();
        assertThat(same.changes().dates()).isEmpty();
        assertThat(same.image().json(Span.ANY)).isEqualTo(image.json(Span.ANY));
        assertThat(same.image()).usingRecursiveComparison().isEqualTo(image);
    }

    /** As a view may show it that leaves the date or the key out of the row. */
    @Test
    void a_row_that_differs_only_in_its_date_or_its_key_is_another_row() {
        Image before = Image.of(List.of(row(1, 10, "{}")));
        for (Row other : List.of(row(9, 10, "{}"), row(1, 11, "{}"))) {
            RowChanges changes = before.refreshed(SpanSet.ALL, List.of(other)).changes();
            assertThat(changes.removed()).hasSize(1);
            assertThat(changes.upserted()).hasSize(1);
        }
    }

    @Test
    void rows_with_the_same_date_keep_the_order_in_which_the_database_returns_them() {
        var turned = Image.EMPTY.refreshed(SpanSet.ALL, List.of(row(9, 10, "9"), row(1, 10, "1"), row(5, 10, "5")));
        assertThat(turned.image().json(Span.ANY)).asString().isEqualTo("[9,1,5]");
        RowChanges.Slice all = turned.changes().within(Span.ANY);
        assertThat(turned.changes().json(all, Span.ANY, false).json())
                .asString()
                .isEqualTo("{\"upserted\":[9,1,5],\"removed\":[]}");
        assertThat(turned.changes().json(all, Span.ANY, true).json())
                .asString()
                .isEqualTo("{\"upserted\":[9,1,5],\"removed\":[],\"after\":[null,9,1]}");
    }

    @Test
    void a_row_outside_the_spans_is_left_out() {
        var refreshed = image.refreshed(
                set(new Span(10, 10), new Span(30, 30)),
                List.of(row(1, 10, "{\"a\":1}"), row(7, 15, "x"), row(3, 30, "{\"c\":1}"), row(8, 40, "x")));
        assertThat(refreshed.changes().isEmpty()).isTrue();
        assertThat(refreshed.image().json(Span.ANY)).isEqualTo(image.json(Span.ANY));
    }

    @Test
    void a_row_with_an_infinite_date_is_in_the_spans_that_are_open_on_that_side() {
        var infinite = Image.of(
                List.of(row(1, ColumnTime.MINUS_INFINITY, "1"), row(2, 10, "2"), row(3, ColumnTime.INFINITY, "3")));
        assertThat(infinite.json(Span.ANY)).asString().isEqualTo("[1,2,3]");
        assertThat(infinite.count(new Span(10, ColumnTime.INFINITY))).isEqualTo(2);
        assertThat(infinite.count(new Span(ColumnTime.MINUS_INFINITY, 10))).isEqualTo(2);
        assertThat(infinite.count(new Span(10, ColumnTime.INFINITY - 1))).isEqualTo(1);
    }

    @Test
    void rows_outside_the_spans_are_dropped() {
        assertThat(image.within(set(new Span(0, 10), new Span(21, 99))).json(Span.ANY))
                .asString()
                .isEqualTo("[{\"a\":1},{\"c\":1}]");
        assertThat(image.within(SpanSet.NONE).size()).isZero();
    }

    @Test
    void a_change_is_rendered_once_for_all_windows_that_see_the_same_part_of_it() {
        RowChanges changes =
                image.refreshed(SpanSet.ALL, List.of(row(2, 20, "2"))).changes();
        for (boolean positions : new boolean[] {false, true}) {
            ChangeJson seen = changes.json(changes.within(new Span(0, 50)), new Span(0, 50), positions);
            assertThat(changes.json(changes.within(new Span(5, 45)), new Span(5, 45), positions))
                    .isSameAs(seen);
            assertThat(changes.json(changes.within(new Span(15, 45)), new Span(15, 45), positions))
                    .isNotSameAs(seen);
        }
        assertThat(changes.within(new Span(21, 29)).isEmpty()).isTrue();
    }

    /** A view may show one key more than once. */
    @Test
    void rows_with_the_same_key_come_and_go_independently() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String what = "seed " + seed + ", round " + round;
            Image before = Image.of(twins(random));
            List<Row> after = twins(random);
            Image.Refreshed next = before.refreshed(SpanSet.ALL, after);
            RowChanges changes = next.changes();
            assertThat(next.image().json(Span.ANY))
                    .as(what)
                    .isEqualTo(Image.of(after).json(Span.ANY));
            assertThat(changes.apply(changes.within(Span.ANY), before.digest(Span.ANY)))
                    .as(what)
                    .isEqualTo(next.image().digest(Span.ANY));
            next.image().forEach(row -> assertThat(changes.removed()).as(what).doesNotContain(row));
            assertThat(before.refreshed(SpanSet.ALL, rows(before)).changes().isEmpty())
                    .as(what)
                    .isTrue();
        }
    }

    private static List<Row> twins(Random random) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> row(random.nextInt(2), random.nextInt(3), Integer.toString(random.nextInt(3))))
                .sorted(Comparator.comparingLong(Row::date))
                .toList();
    }

    private static List<Row> rows(Image image) {
        var rows = new ArrayList<Row>();
        image.forEach(row -> rows.add(read(row)));
        return rows;
    }

    private static Row read(HeldRow held) {
        var json = new ByteArrayOutputStream();
        held.writeJson(json);
        var key = new ByteArrayOutputStream();
        held.writeKey(key);
        return new Row(held.date(), key.toByteArray(), json.toByteArray());
    }

    /** The digest after the change equals one computed from scratch, and a client that applies the change has the same rows. */
    @Test
    void a_window_with_its_slice_of_the_changes_applied_is_the_window_after_them() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var before = new TreeMap<Integer, Row>();
            for (int i = random.nextInt(KEYS); i > 0; i--) {
                put(before, random);
            }
            var after = new TreeMap<>(before);
            var touched = new ArrayList<Span>();
            for (int i = random.nextInt(6); i > 0; i--) {
                int key = random.nextInt(KEYS);
                Row gone = random.nextBoolean() ? after.remove(key) : put(after, random);
                touched.addAll(spans(gone));
            }
            for (int key = 0; key < KEYS; key++) {
                touched.addAll(spans(after.get(key)));
            }
            SpanSet spans = SpanSet.of(touched).plus(new Span(3, 2 + random.nextInt(9)));
            Image old = Image.of(inOrder(before));
            Image.Refreshed next = old.refreshed(
                    spans,
                    inOrder(after).stream()
                            .filter(row -> spans.contains(row.date()))
                            .toList());
            Image anew = Image.of(inOrder(after));
            for (int i = 0; i < 5; i++) {
                long start = random.nextInt(LAST);
                var window = new Span(start, start + random.nextInt(LAST));
                String what = "seed " + seed + ", round " + round + ", " + window;
                RowChanges.Slice slice = next.changes().within(window);
                assertThat(next.image().json(window)).as(what).isEqualTo(anew.json(window));
                assertThat(next.changes().apply(slice, old.digest(window)))
                        .as(what)
                        .isEqualTo(anew.digest(window))
                        .isEqualTo(next.image().digest(window));
                var client = ReplayedRows.snapshot(old.json(window));
                client.apply(next.changes().json(slice, window, true).json());
                assertThat(client.json())
                        .as(what)
                        .isEqualTo(ReplayedRows.array(inOrder(after).stream()
                                .filter(row -> window.contains(row.date()))
                                .toList()));
            }
        }
    }

    /** Rows in several chunks, changed one after another. */
    @Test
    void an_image_of_many_rows_is_after_any_changes_the_image_of_the_rows_as_they_are() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var rows = new TreeMap<Integer, Row>();
        for (int i = 0; i < MANY; i++) {
            put(rows, random, MANY, MANY / 3);
        }
        Image image = Image.of(inOrder(rows));
        for (int round = 0; round < 200; round++) {
            var touched = new ArrayList<Span>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                int key = random.nextInt(MANY);
                touched.addAll(spans(rows.get(key)));
                if (random.nextInt(3) == 0) {
                    rows.remove(key);
                } else {
                    int date = random.nextInt(MANY / 3);
                    rows.put(key, row(key, date, ReplayedRows.row(key, date, round, 0)));
                    touched.add(new Span(date, date));
                }
            }
            SpanSet spans = SpanSet.of(touched);
            image = image.refreshed(
                            spans,
                            inOrder(rows).stream()
                                    .filter(row -> spans.contains(row.date()))
                                    .toList())
                    .image();
            Image anew = Image.of(inOrder(rows));
            long start = random.nextInt(MANY / 3);
            var window = new Span(start, start + random.nextInt(MANY / 3));
            String what = "seed " + seed + ", round " + round + ", " + window;
            assertThat(image.json(Span.ANY)).as(what).isEqualTo(anew.json(Span.ANY));
            assertThat(image.json(window)).as(what).isEqualTo(anew.json(window));
            assertThat(image.count(window)).as(what).isEqualTo(anew.count(window));
            assertThat(image.digest(window)).as(what).isEqualTo(anew.digest(window));
            assertThat(image.dateAfter(start, 600)).as(what).isEqualTo(anew.dateAfter(start, 600));
            SpanSet parts = set(new Span(0, start / 2), window);
            assertThat(image.within(parts).json(Span.ANY))
                    .as(what)
                    .isEqualTo(anew.within(parts).json(Span.ANY));
        }
    }

    private static Row put(TreeMap<Integer, Row> rows, Random random) {
        return put(rows, random, KEYS, LAST);
    }

    private static Row put(TreeMap<Integer, Row> rows, Random random, int keys, int last) {
        int key = random.nextInt(keys);
        int date = random.nextInt(last);
        return rows.put(key, row(key, date, ReplayedRows.row(key, date, random.nextInt(3), 0)));
    }

    private static List<Span> spans(Row row) {
        return row == null ? List.of() : List.of(new Span(row.date(), row.date()));
    }

    private static List<Row> inOrder(TreeMap<Integer, Row> rows) {
        return rows.values().stream()
                .sorted(Comparator.comparingLong(Row::date))
                .toList();
    }

    private String changes(Span read, Span window, Row... fresh) {
        RowChanges changes = image.refreshed(set(read), List.of(fresh)).changes();
        return new String(changes.json(changes.within(window), window, false).json(), UTF_8);
    }

    private static SpanSet set(Span... spans) {
        return SpanSet.of(List.of(spans));
    }
}
