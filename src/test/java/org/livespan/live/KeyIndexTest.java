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
import org.junit.jupiter.api.Test;
import org.livespan.feed.Row;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** Finds every row that is held by its key, and no other. */
class KeyIndexTest {

    private static final int ROUNDS = 300;
    private static final int STEPS = 300;

    /** Of the same hash code as an array of bytes, and so at the same place: each is made of {@code Aa} and {@code BB}. */
    private static final List<String> COLLIDING = List.of("AaAaAa", "AaAaBB", "AaBBAa", "AaBBBB", "BBAaAa", "BBBBBB");

    private final KeyIndex index = new KeyIndex();

    @Test
    void it_finds_what_a_map_of_lists_finds_whatever_comes_and_goes() {
        long seed = new Random().nextLong();
        for (int round = 0; round < ROUNDS; round++) {
            new Model("seed " + seed + ", round " + round, new Random(seed + round)).run();
        }
    }

    /** The index beside what it should hold. */
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
                keys.add(Integer.toString(random.nextInt()));
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

        /** At times one that was never there, equal to one that is. */
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
            index.replaceBy(all, all.size());
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
    void the_test_has_keys_that_collide() {
        assertThat(COLLIDING.stream().map(key -> List.of(key.hashCode())).distinct())
                .hasSize(1);
    }

    @Test
    void it_tells_once_that_a_row_has_come_beside_another_of_its_key() {
        HeldRow one = held("1", 10);
        index.apply(new RowChanges(List.of(one), nulls(1), List.of()));
        assertThat(index.tookTwins()).isFalse();
        index.apply(new RowChanges(List.of(held("1", 20)), nulls(1), List.of()));
        assertThat(index.tookTwins()).isTrue();
        assertThat(index.tookTwins()).isFalse();
    }

    @Test
    void a_new_version_of_a_row_is_no_twin_of_the_old_one() {
        HeldRow old = held("1", 10);
        index.apply(new RowChanges(List.of(old), nulls(1), List.of()));
        index.apply(new RowChanges(List.of(held("1", 20)), nulls(1), List.of(old)));
        assertThat(index.tookTwins()).isFalse();
    }

    @Test
    void rows_of_the_same_keys_are_elsewhere_if_their_dates_were_not_read() {
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
        return new String(row.key(), UTF_8);
    }
}
