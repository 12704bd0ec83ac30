package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Row;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Finds exactly the held rows with a given key. */
class KeyIndexTest {

    private static final int ROUNDS = 300;
    private static final int STEPS = 300;

    /** Keys whose bytes have the same hash code, and so the same place: each is made of {@code Aa} and {@code BB}. */
    private static final List<String> COLLIDING = List.of("AaAaAa", "AaAaBB", "AaBBAa", "AaBBBB", "BBAaAa", "BBBBBB");

    /** Keys that are in the same table as those. */
    private static final List<String> BESIDE = IntStream.range(0, 400_000)
            .mapToObj(Integer::toString)
            .filter(key -> place(key) == place(COLLIDING.get(0)))
            .toList();

    private static int place(String key) {
        return KeyIndex.place(KeyIndex.hash(held(key, 0)));
    }

    private final KeyIndex index = new KeyIndex();

    @Test
    void it_finds_what_a_map_of_lists_finds_whatever_is_added_and_removed() {
        long seed = new Random().nextLong();
        for (int round = 0; round < ROUNDS; round++) {
            new Model("seed " + seed + ", round " + round, new Random(seed + round)).run();
        }
    }

    /** The index, and what it should contain. */
    private static final class Model {

        private final String what;
        private final Random random;
        private final List<String> keys = new ArrayList<>(COLLIDING);
        private final Map<String, List<HeldRow>> rows = new HashMap<>();
        private final KeyIndex index = new KeyIndex();

        Model(String what, Random random) {
            this.what = what;
            this.random = random;
            for (int key = random.nextInt(40); key > 0; key--) {
                keys.add(
                        random.nextBoolean()
                                ? Integer.toString(random.nextInt())
                                : BESIDE.get(random.nextInt(BESIDE.size())));
            }
        }

        /** Grows for a while, then shrinks, so that long runs of places are filled and emptied. */
        void run() {
            for (int step = 0; step < STEPS; step++) {
                boolean grows = random.nextInt(10) < (step / 60 % 2 == 0 ? 7 : 3);
                if (random.nextInt(100) == 0) {
                    replace();
                } else if (grows) {
                    add();
                } else {
                    remove();
                }
                check();
            }
        }

        private void add() {
            HeldRow row = held(anyKey(), random.nextInt(5));
            List<HeldRow> same = rows.computeIfAbsent(key(row), key -> new ArrayList<>());
            assertThat(index.add(row)).as(what).isEqualTo(!same.isEmpty());
            same.add(row);
        }

        /** Sometimes a row that was never added, even if it equals one that was. */
        private void remove() {
            List<HeldRow> same = rows.getOrDefault(anyKey(), new ArrayList<>());
            if (same.isEmpty() || random.nextInt(10) == 0) {
                index.remove(held(anyKey(), 0));
            } else {
                index.remove(same.remove(random.nextInt(same.size())));
            }
        }

        private void replace() {
            rows.values().forEach(same -> same.removeIf(row -> random.nextBoolean()));
            List<HeldRow> all = rows.values().stream().flatMap(List::stream).toList();
            index.replaceBy(all);
        }

        private void check() {
            for (String key : keys) {
                var found = new ArrayList<HeldRow>();
                index.forEach(key.getBytes(UTF_8), found::add);
                assertThat(identities(found))
                        .as("%s, key %s", what, key)
                        .hasSize(found.size())
                        .isEqualTo(identities(rows.getOrDefault(key, List.of())));
            }
        }

        private String anyKey() {
            return keys.get(random.nextInt(keys.size()));
        }
    }

    @Test
    void the_colliding_keys_of_this_test_have_the_same_hash_code() {
        assertThat(COLLIDING.stream().map(key -> List.of(key.hashCode())).distinct())
                .hasSize(1);
    }

    @Test
    void of_very_many_rows_with_one_key_it_finds_some_and_still_finds_others() {
        for (int i = 0; i < 100; i++) {
            assertThat(index.add(held("1", i))).isEqualTo(i > 0);
        }
        var found = new ArrayList<HeldRow>();
        index.forEach("1".getBytes(UTF_8), found::add);
        assertThat(found).hasSize(64);
        HeldRow other = held("2", 0);
        index.add(other);
        found.forEach(index::remove);
        var left = new ArrayList<HeldRow>();
        index.forEach("1".getBytes(UTF_8), left::add);
        index.forEach("2".getBytes(UTF_8), left::add);
        assertThat(left).containsExactly(other);
    }

    @Test
    void a_table_says_when_its_last_row_is_removed() {
        var table = new KeyTable();
        var rows = IntStream.range(0, 30).mapToObj(i -> held(BESIDE.get(i), i)).toList();
        assertThat(table.remove(rows.get(0))).as("there is none").isTrue();
        rows.forEach(table::add);
        assertThat(table.remove(held("another", 0))).isFalse();
        for (int i = 0; i < rows.size(); i++) {
            assertThat(table.remove(rows.get(i))).isEqualTo(i == rows.size() - 1);
        }
    }

    @Test
    void it_reports_once_that_a_second_row_with_the_same_key_was_added() {
        HeldRow one = held("1", 10);
        index.apply(new RowChanges(List.of(one), nulls(1), List.of()));
        assertThat(index.tookTwins()).isFalse();
        index.apply(new RowChanges(List.of(held("1", 20)), nulls(1), List.of()));
        assertThat(index.tookTwins()).isTrue();
        assertThat(index.tookTwins()).isFalse();
    }

    @Test
    void a_new_version_of_a_row_is_not_a_twin_of_the_old_one() {
        HeldRow old = held("1", 10);
        index.apply(new RowChanges(List.of(old), nulls(1), List.of()));
        index.apply(new RowChanges(List.of(held("1", 20)), nulls(1), List.of(old)));
        assertThat(index.tookTwins()).isFalse();
    }

    @Test
    void rows_with_the_same_keys_are_elsewhere_if_their_dates_were_not_read() {
        for (String key : List.of("1", "2", "3")) {
            index.add(held(key, 10 * Integer.parseInt(key)));
        }
        SpanSet read = SpanSet.of(List.of(new Span(20, 29)));
        assertThat(index.elsewhere(List.of(row("1", 25), row("2", 26), row("9", 27)), read))
                .isEqualTo(SpanSet.of(List.of(new Span(10, 10))));
        assertThat(index.elsewhere(List.of(row("2", 26)), read)).isEqualTo(SpanSet.NONE);
    }

    private static List<HeldRow> nulls(int count) {
        return Collections.nCopies(count, null);
    }

    private static Set<HeldRow> identities(List<HeldRow> rows) {
        Set<HeldRow> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(rows);
        return identities;
    }

    private static HeldRow held(String key, long date) {
        return new HeldRow(row(key, date));
    }

    private static Row row(String key, long date) {
        return new Row(date, key.getBytes(UTF_8), new byte[0]);
    }

    private static String key(HeldRow row) {
        return UTF_8.decode(row.key()).toString();
    }
}
