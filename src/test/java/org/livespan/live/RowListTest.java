package org.livespan.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.live.FakeFeed.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A list in chunks behaves like any other, and shares what did not change. */
class RowListTest {

    private static final int CHUNK = RowList.CHUNK;
    private static final int ROUNDS = 2_000;

    /** Enough for some chunks. */
    private static final int MOST = 6 * CHUNK;

    @Test
    void after_any_parts_were_replaced_it_has_the_rows_of_a_plain_list() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RowListTest: -Dseed=" + seed);
        var random = new Random(seed);
        List<HeldRow> expected = new ArrayList<>();
        RowList list = RowList.EMPTY;
        for (int round = 0; round < ROUNDS; round++) {
            int from = random.nextInt(expected.size() + 1);
            int until = from + random.nextInt(Math.min(expected.size() - from, most(random)) + 1);
            List<HeldRow> fresh = expected.size() > MOST ? List.of() : rows(random.nextInt(most(random)));
            RowList before = list;
            list = replaced(before, from, until, fresh);
            assertThat(made(before, list)).isLessThanOrEqualTo(fresh.size() / (CHUNK / 2) + 5);
            expected.subList(from, until).clear();
            expected.addAll(from, fresh);
            assertSame(list.copy(0, list.size()), expected);
            assertChunksAreFilled(list);
        }
    }

    private static int most(Random random) {
        return random.nextInt(4) == 0 ? 3 * CHUNK : 4;
    }

    private static List<HeldRow> rows(int count) {
        var rows = new ArrayList<HeldRow>();
        for (int i = 0; i < count; i++) {
            rows.add(new HeldRow(row(i, 0, "{}")));
        }
        return rows;
    }

    private static RowList replaced(RowList list, int from, int until, List<HeldRow> fresh) {
        var next = new RowList.Builder();
        next.addAll(list, 0, from);
        fresh.forEach(next::add);
        next.addAll(list, until, list.size());
        return next.build();
    }

    private static void assertSame(HeldRow[] rows, List<HeldRow> expected) {
        assertThat(Arrays.asList(rows).equals(expected)).isTrue();
    }

    /** How many chunks of a list another one does not share. */
    private static int made(RowList before, RowList after) {
        var known = new IdentityHashMap<HeldRow[], Boolean>();
        Arrays.stream(before.chunks()).forEach(chunk -> known.put(chunk, true));
        return (int) Arrays.stream(after.chunks())
                .filter(chunk -> !known.containsKey(chunk))
                .count();
    }

    private static void assertChunksAreFilled(RowList list) {
        HeldRow[][] chunks = list.chunks();
        for (int i = 0; i < chunks.length; i++) {
            assertThat(chunks[i].length).isBetween(i < chunks.length - 1 ? CHUNK / 2 : 1, CHUNK);
        }
    }

    @Test
    void a_date_is_found_in_whichever_chunk_it_is() {
        var builder = new RowList.Builder();
        for (int i = 0; i < 5 * CHUNK; i++) {
            builder.add(new HeldRow(row(i, i / 3 * 10, "{}")));
        }
        RowList list = builder.build();
        for (int i = 0; i < list.size(); i++) {
            assertThat(list.firstNotBefore(i / 3 * 10)).isEqualTo(i / 3 * 3);
            assertThat(list.firstNotBefore(i / 3 * 10 - 1)).isEqualTo(i / 3 * 3);
            assertThat(list.firstAfter(i / 3 * 10)).isEqualTo(Math.min(list.size(), i / 3 * 3 + 3));
            assertThat(list.get(i).date()).isEqualTo(i / 3 * 10);
        }
        assertThat(list.firstNotBefore(Long.MAX_VALUE)).isEqualTo(list.size());
        assertThat(list.firstAfter(Long.MAX_VALUE)).isEqualTo(list.size());
        assertThat(RowList.EMPTY.firstNotBefore(0)).isZero();
        assertThat(RowList.EMPTY.firstAfter(Long.MAX_VALUE)).isZero();
    }

    @Test
    void a_part_is_copied_across_chunks() {
        var all = rows(3 * CHUNK);
        RowList list = replaced(RowList.EMPTY, 0, 0, all);
        assertSame(list.copy(CHUNK - 1, 2 * CHUNK + 1), all.subList(CHUNK - 1, 2 * CHUNK + 1));
        assertThat(list.copy(7, 7)).isEmpty();
        assertThat(RowList.EMPTY.copy(0, 0)).isEmpty();
    }

    @Test
    void a_list_in_which_one_row_is_replaced_shares_all_other_chunks() {
        RowList before = replaced(RowList.EMPTY, 0, 0, rows(100 * CHUNK));
        RowList after = replaced(before, 50 * CHUNK + 7, 50 * CHUNK + 8, rows(1));
        assertThat(after.chunks().length).isEqualTo(100);
        assertThat(made(before, after)).isEqualTo(1);
    }

    @Test
    void the_last_row_so_far_is_known() {
        var builder = new RowList.Builder();
        assertThat(builder.last()).isNull();
        var rows = rows(CHUNK + 1);
        for (HeldRow row : rows) {
            builder.add(row);
            assertThat(builder.last()).isSameAs(row);
        }
        var other = new RowList.Builder();
        other.addAll(builder.build(), 0, CHUNK);
        assertThat(other.last()).isSameAs(rows.get(CHUNK - 1));
    }
}
