package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.livespan.time.ColumnTime;
import org.livespan.time.Span;

/** Windows found by a date that they contain. */
class WindowTreeTest {

    private static final int ROUNDS = 200;
    private static final int STEPS = 200;
    private static final int LAST = 40;

    private final WindowTree tree = new WindowTree();

    @Test
    void it_finds_exactly_the_overlapping_windows_in_order_after_any_additions_and_removals() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var windows = new WindowTree();
            var expected = new ArrayList<Window>();
            for (int step = 0; step < STEPS; step++) {
                if (expected.isEmpty() || random.nextInt(5) < 3) {
                    Window window = window(randomSpan(random), step);
                    windows.add(window);
                    expected.add(window);
                } else {
                    windows.remove(expected.remove(random.nextInt(expected.size())));
                }
                long start = random.nextInt(LAST + 4) - 2;
                long end = start + random.nextInt(4);
                assertThat(found(windows, start, end))
                        .as("seed %s, round %s, step %s, %s to %s", seed, round, step, start, end)
                        .isEqualTo(inOrder(expected.stream()
                                .filter(window -> window.span().start() <= end)
                                .filter(window -> window.span().end() >= start)
                                .toList()));
                assertThat(windows.size()).as("seed %s", seed).isEqualTo(expected.size());
            }
            var all = new ArrayList<Window>();
            windows.forEach(all::add);
            assertThat(all).as("seed %s", seed).isEqualTo(inOrder(expected));
        }
    }

    @Test
    void removing_a_window_leaves_another_with_the_same_span() {
        Window one = window(new Span(1, 2), 1);
        Window other = window(new Span(1, 2), 2);
        tree.add(one);
        tree.add(other);
        tree.remove(one);
        assertThat(found(tree, 1, 1)).containsExactly(other);
    }

    @Test
    void removing_a_window_that_is_not_there_changes_nothing() {
        tree.add(window(new Span(1, 2), 1));
        tree.remove(window(new Span(1, 2), 2));
        tree.remove(window(new Span(0, 9), 3));
        assertThat(tree.size()).isEqualTo(1);
        assertThat(found(tree, 1, 1)).hasSize(1);
    }

    @Test
    void an_empty_window_contains_no_date() {
        tree.add(window(new Span(5, 4), 1));
        for (long date = 3; date <= 6; date++) {
            assertThat(found(tree, date, date)).isEmpty();
        }
    }

    @Test
    void only_a_window_with_an_open_end_contains_infinity() {
        Window open = window(new Span(5, ColumnTime.INFINITY), 1);
        tree.add(open);
        tree.add(window(new Span(5, 1_000), 2));
        assertThat(found(tree, ColumnTime.INFINITY, ColumnTime.INFINITY)).containsExactly(open);
    }

    /** Windows added in order would turn an unbalanced tree into one long branch. A search follows only a few branches. */
    @Test
    void among_a_hundred_thousand_windows_only_the_matching_ones_are_found_and_the_tree_is_shallow() throws Exception {
        int count = 100_000;
        var looks = new int[1];
        for (int i = 0; i < count; i++) {
            tree.add(window(new Span(10L * i, 10L * i + 14), i));
        }
        assertThat(tree.size()).isEqualTo(count);
        int most = 0;
        for (int date = 12; date < 10 * count; date += 9_973) {
            looks[0] = 0;
            tree.forEachBetween(date, date, window -> looks[0]++);
            most = Math.max(most, looks[0]);
        }
        assertThat(most).isBetween(1, 2);
        assertThat(depth(child(tree, "root"))).as("depth of %s windows", count).isLessThan(100);
    }

    private static int depth(Object node) throws ReflectiveOperationException {
        return node == null ? 0 : 1 + Math.max(depth(child(node, "left")), depth(child(node, "right")));
    }

    private static Object child(Object parent, String name) throws ReflectiveOperationException {
        var field = parent.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(parent);
    }

    private static List<Window> found(WindowTree tree, long start, long end) {
        var found = new ArrayList<Window>();
        tree.forEachBetween(start, end, found::add);
        return found;
    }

    private static List<Window> inOrder(List<Window> windows) {
        return windows.stream()
                .sorted(Comparator.<Window>comparingLong(window -> window.span().start())
                        .thenComparingLong(Window::number))
                .toList();
    }

    private static Span randomSpan(Random random) {
        long start = random.nextInt(10) == 0 ? ColumnTime.MINUS_INFINITY : random.nextInt(LAST);
        long end = random.nextInt(10) == 0 ? ColumnTime.INFINITY : Math.max(start, 0) + random.nextInt(12);
        return new Span(start, end);
    }

    private static Window window(Span span, long number) {
        return new Window(null, Restriction.to(span), null, number);
    }
}
