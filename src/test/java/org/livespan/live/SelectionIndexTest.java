package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Condition;
import org.livespan.feed.Row;
import org.livespan.feed.Selection;
import org.livespan.feed.TestValues;
import org.livespan.feed.Value;

/** Selections are found by the values of a row, as if each were looked at. */
class SelectionIndexTest {

    private static final int COLUMNS = 3;
    private static final int ROUNDS = 2_000;
    private static final List<List<Value>> VALUES = IntStream.range(0, COLUMNS)
            .mapToObj(column -> IntStream.range(0, 40)
                    .mapToObj(i -> TestValues.of(column + "." + i))
                    .toList())
            .toList();

    private final SelectionIndex<Selection> index = new SelectionIndex<>();

    private static Selection random(Random random) {
        Selection selection = Selection.ALL.and(random.nextInt(COLUMNS), condition(random));
        return random.nextBoolean() ? selection.and(random.nextInt(COLUMNS), condition(random)) : selection;
    }

    private static Condition condition(Random random) {
        Set<Value> values = new HashSet<>();
        int column = random.nextInt(COLUMNS);
        for (int i = random.nextInt(8) == 0 ? 40 : random.nextInt(4); i > 0; i--) {
            values.add(VALUES.get(column).get(random.nextInt(40)));
        }
        return new Condition(values, random.nextInt(4) == 0, random.nextInt(4) == 0);
    }

    private static Value[] row(Random random) {
        return VALUES.stream()
                .map(values -> switch (random.nextInt(5)) {
                    case 0 -> Value.NULL;
                    case 1 -> Value.OTHER;
                    default -> values.get(random.nextInt(values.size()));
                })
                .toArray(Value[]::new);
    }

    private List<Selection> found(Value[] values) {
        var found = new ArrayList<Selection>();
        index.forEach(values, found::add);
        return found;
    }

    @Test
    void each_selection_that_a_row_is_in_is_found_once() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var all = new ArrayList<Selection>();
        for (int round = 0; round < ROUNDS; round++) {
            if (all.size() < 50 || random.nextBoolean()) {
                Selection selection = random(random);
                if (!all.contains(selection)) {
                    all.add(selection);
                    index.add(selection, selection);
                }
            } else {
                index.remove(all.remove(random.nextInt(all.size())));
            }
            Value[] values = row(random);
            assertThat(found(values))
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(all.stream()
                            .filter(selection -> selection.includes(values))
                            .toList());
        }
        all.forEach(index::remove);
        assertThat(found(row(random))).isEmpty();
    }

    @Test
    void one_that_allows_very_many_combinations_is_found_all_the_same() {
        Selection many = Selection.ALL;
        for (int column = 0; column < COLUMNS; column++) {
            many = many.and(column, Condition.of(Set.copyOf(VALUES.get(column))));
        }
        index.add(many, many);
        assertThat(found(new Value[] {value(0), value(1), value(2)})).containsExactly(many);
        assertThat(found(new Value[] {value(0), value(1), Value.NULL})).isEmpty();
        index.remove(many);
        assertThat(found(new Value[] {value(0), value(1), value(2)})).isEmpty();
    }

    private static Value value(int column) {
        return VALUES.get(column).get(column);
    }

    @Test
    void a_row_whose_values_were_not_read_is_in_none() {
        Selection notNull = Selection.ALL.and(0, new Condition(Set.of(), false, true));
        index.add(notNull, notNull);
        assertThat(found(Row.NO_VALUES)).isEmpty();
    }
}
