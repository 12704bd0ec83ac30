package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.live.FakeFeed.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.livespan.feed.Digest;

/** A tree behaves like any other list, is balanced, and shares what did not change. */
class RowTreeTest {

    private static final int LEAF = RowLeaf.MOST;
    private static final int ROUNDS = 2_000;

    /** Enough for three levels. */
    private static final int MANY = 2 * LEAF * RowBranch.MOST;

    @Test
    void after_any_parts_were_replaced_it_has_the_rows_of_a_plain_list() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RowTreeTest: -Dseed=" + seed);
        var random = new Random(seed);
        List<HeldRow> expected = new ArrayList<>();
        RowTree tree = RowTree.EMPTY;
        for (int round = 0; round < ROUNDS; round++) {
            int from = random.nextInt(expected.size() + 1);
            int until = from + random.nextInt(Math.min(expected.size() - from, most(random)) + 1);
            List<HeldRow> fresh = expected.size() > 2 * MANY ? List.of() : rows(random.nextInt(most(random)));
            RowTree before = tree;
            tree = replaced(before, from, until, fresh);
            expected.subList(from, until).clear();
            expected.addAll(from, fresh);
            assertThat(made(before, tree)).isLessThanOrEqualTo(2 * fresh.size() / LEAF + 24);
            assertSame(tree, expected);
            assertBalanced(tree);
            int some = random.nextInt(expected.size() + 1);
            int end = some + random.nextInt(expected.size() - some + 1);
            assertSame(tree.part(some, end), expected.subList(some, end));
            assertBalanced(tree.part(some, end));
        }
    }

    private static int most(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> MANY;
            case 1, 2, 3 -> 3 * LEAF;
            default -> 4;
        };
    }

    private static List<HeldRow> rows(int count) {
        return rows(0, count);
    }

    private static List<HeldRow> rows(int from, int until) {
        return IntStream.range(from, until)
                .mapToObj(i -> new HeldRow(row(i, 0, "{\"i\":" + i + "}")))
                .toList();
    }

    private static RowTree tree(List<HeldRow> rows) {
        return replaced(RowTree.EMPTY, 0, 0, rows);
    }

    private static RowTree replaced(RowTree tree, int from, int until, List<HeldRow> fresh) {
        var next = new RowTree.Builder();
        next.addAll(tree, 0, from);
        fresh.forEach(next::add);
        next.addAll(tree, until, tree.size());
        return next.build();
    }

    private static void assertSame(RowTree tree, List<HeldRow> expected) {
        assertThat(tree.size()).isEqualTo(expected.size());
        int index = 0;
        for (HeldRow row : tree) {
            if (row != expected.get(index++)) {
                Assertions.fail("row %d is another", index - 1);
            }
        }
        assertThat(index).isEqualTo(expected.size());
        assertThat(tree.bytes())
                .isEqualTo(expected.stream().mapToLong(HeldRow::jsonLength).sum());
    }

    /** How many nodes of a tree another one does not share. */
    private static int made(RowTree before, RowTree after) {
        Set<RowNode> known = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(before.root(), known);
        Set<RowNode> all = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(after.root(), all);
        all.removeAll(known);
        return all.size();
    }

    private static void collect(RowNode node, Set<RowNode> nodes) {
        nodes.add(node);
        if (node instanceof RowBranch branch) {
            for (RowNode child : branch.children()) {
                collect(child, nodes);
            }
        }
    }

    private static void assertBalanced(RowTree tree) {
        assertThat(tree.root().lowered()).isSameAs(tree.root());
        assertBalanced(tree.root(), true, true);
    }

    /**
     * @param first whether it is the first of its height
     * @param last whether it is the last
     */
    private static void assertBalanced(RowNode node, boolean first, boolean last) {
        if (!first && !last && node.isSmall()) {
            Assertions.fail("a node of height %d is small", node.height());
        }
        if (node instanceof RowBranch branch) {
            RowNode[] children = branch.children();
            if (children.length > RowBranch.MOST) {
                Assertions.fail("a branch has %d children", children.length);
            }
            for (int i = 0; i < children.length; i++) {
                if (children[i].height() != branch.height() - 1) {
                    Assertions.fail("a child of height %d below height %d", children[i].height(), branch.height());
                }
                assertBalanced(children[i], first && i == 0, last && i == children.length - 1);
            }
        } else if (node.size() > LEAF || node.size() == 0 && !(first && last)) {
            Assertions.fail("a leaf has %d rows", node.size());
        }
    }

    @Test
    void its_height_is_a_logarithm() {
        assertThat(tree(rows(LEAF)).root().height()).isZero();
        assertThat(tree(rows(LEAF + 1)).root().height()).isEqualTo(1);
        assertThat(tree(rows(LEAF * RowBranch.MOST)).root().height()).isEqualTo(1);
        assertThat(tree(rows(LEAF * RowBranch.MOST + 1)).root().height()).isEqualTo(2);
    }

    @Test
    void a_date_is_found_in_whichever_leaf_it_is() {
        var builder = new RowTree.Builder();
        for (int i = 0; i < MANY; i++) {
            builder.add(new HeldRow(row(i, i / 3 * 10, "{}")));
        }
        RowTree tree = builder.build();
        for (int i = 0; i < tree.size(); i++) {
            assertThat(tree.firstNotBefore(i / 3 * 10)).isEqualTo(i / 3 * 3);
            assertThat(tree.firstNotBefore(i / 3 * 10 - 1)).isEqualTo(i / 3 * 3);
            assertThat(tree.firstAfter(i / 3 * 10)).isEqualTo(Math.min(tree.size(), i / 3 * 3 + 3));
            assertThat(tree.get(i).date()).isEqualTo(i / 3 * 10);
            assertThat(tree.leaf(i).size()).isPositive();
        }
        assertThat(tree.firstNotBefore(Long.MAX_VALUE)).isEqualTo(tree.size());
        assertThat(tree.firstAfter(Long.MAX_VALUE)).isEqualTo(tree.size());
        assertThat(RowTree.EMPTY.firstNotBefore(0)).isZero();
        assertThat(RowTree.EMPTY.firstAfter(Long.MAX_VALUE)).isZero();
        assertThat(RowTree.EMPTY.firstAfter(-1)).isZero();
    }

    @Test
    void its_digest_is_the_sum_of_those_of_its_rows() {
        List<HeldRow> rows = rows(MANY);
        RowTree tree = tree(rows);
        assertThat(tree.digest()).isEqualTo(sum(rows)).isSameAs(tree.digest());
        assertThat(tree.part(LEAF - 1, MANY - LEAF - 1).digest())
                .isEqualTo(sum(rows.subList(LEAF - 1, MANY - LEAF - 1)));
        assertThat(tree.part(7, 7).digest()).isEqualTo(Digest.NONE);
        List<HeldRow> others = rows(MANY, MANY + 5);
        RowTree after = replaced(tree, 10, 20, others);
        assertThat(after.digest())
                .isEqualTo(sum(rows).minus(sum(rows.subList(10, 20))).plus(sum(others)));
    }

    private static Digest sum(List<HeldRow> rows) {
        return rows.stream().map(HeldRow::digest).reduce(Digest.NONE, Digest::plus);
    }

    @Test
    void a_part_of_nothing_is_empty_and_one_of_everything_is_the_tree_itself() {
        RowTree tree = tree(rows(MANY));
        assertThat(tree.part(7, 7)).isEmpty();
        assertThat(tree.part(8, 7)).isEmpty();
        assertThat(tree.part(0, MANY)).isSameAs(tree);
        assertThat(RowTree.EMPTY.part(0, 0)).isSameAs(RowTree.EMPTY);
    }

    @Test
    void a_tree_in_which_one_row_is_replaced_shares_all_nodes_but_those_above_it() {
        RowTree before = tree(rows(MANY));
        for (int index : new int[] {0, 1, LEAF - 1, MANY / 2, MANY / 2 + 40, MANY - 1}) {
            RowTree after = replaced(before, index, index + 1, rows(1));
            assertBalanced(after);
            assertThat(made(before, after))
                    .as("index %d", index)
                    .isEqualTo(1 + before.root().height());
        }
    }

    /** Where whatever is left of two branches meets. */
    @Test
    void a_tree_from_which_any_rows_were_removed_is_balanced() {
        List<HeldRow> rows = rows(MANY + LEAF);
        RowTree tree = tree(rows);
        int middle = MANY / 2;
        for (int from = middle - 70; from < middle + 70; from += 3) {
            for (int until : new int[] {from + 1, from + 40, from + 900, MANY - 700, MANY - 10, MANY + 9}) {
                for (int more = 0; more < 70; more += 9) {
                    int end = Math.min(until + more, rows.size() - 1);
                    RowTree left = replaced(tree, from, end, List.of());
                    assertBalanced(left);
                    assertThat(left.size()).isEqualTo(from + rows.size() - end);
                    assertThat(left.get(from)).isSameAs(rows.get(end));
                    assertThat(left.get(from - 1)).isSameAs(rows.get(from - 1));
                }
            }
        }
    }

    @Test
    void rows_that_are_added_one_by_one_at_either_end_fill_the_leaves() {
        List<HeldRow> rows = rows(20 * LEAF);
        RowTree later = RowTree.EMPTY;
        RowTree earlier = RowTree.EMPTY;
        for (int i = 0; i < rows.size(); i++) {
            later = replaced(later, i, i, rows.subList(i, i + 1));
            earlier = replaced(earlier, 0, 0, rows.subList(rows.size() - 1 - i, rows.size() - i));
        }
        assertSame(later, rows);
        assertSame(earlier, rows);
        assertThat(((RowBranch) later.root()).children()).hasSize(20);
        assertThat(((RowBranch) earlier.root()).children()).hasSize(20);
    }

    @Test
    void the_last_row_so_far_is_known() {
        var builder = new RowTree.Builder();
        assertThat(builder.last()).isNull();
        var rows = rows(LEAF + 1);
        for (HeldRow row : rows) {
            builder.add(row);
            assertThat(builder.last()).isSameAs(row);
        }
        var other = new RowTree.Builder();
        other.addAll(builder.build(), 0, LEAF);
        assertThat(other.last()).isSameAs(rows.get(LEAF - 1));
    }

    @Test
    void the_iterator_ends_after_the_last_row() {
        var rows = tree(rows(LEAF + 1)).iterator();
        for (int i = 0; i <= LEAF; i++) {
            assertThat(rows.hasNext()).isTrue();
            rows.next();
        }
        assertThat(rows.hasNext()).isFalse();
        Assertions.assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(rows::next);
    }
}
