package org.livespan.live;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.livespan.feed.Row;
import org.livespan.feed.Value;

/**
 * The rows after some spans were read again, and what differs. Equal rows are shared with the rows before. Used by one thread.
 *
 * <p>In each span, the equal rows at the beginning and at the end are passed over; between them rows are found by their content.
 */
final class NextRows {

    private final RowTree before;
    private final RowTree.Builder next = new RowTree.Builder();
    private final List<HeldRow> upserted = new ArrayList<>();
    private final List<HeldRow> after = new ArrayList<>();
    private final List<HeldRow> removed = new ArrayList<>();
    private final List<Revalued> revalued = new ArrayList<>();

    /** Up to which index the rows before have been dealt with. */
    private int done;

    /** The rows before with these indexes come next, unchanged. They are added together, so that their nodes are shared. */
    private int sharedFrom;

    private int sharedUntil;

    /**
     * A row that is the same, but of which more or fewer values are asked for than when it was read before.
     *
     * @param before its values then
     */
    record Revalued(HeldRow row, Value[] before) {}

    /** All that a row is. Several rows may be the same; see {@link KeyIndex}. */
    private record Content(long date, ByteBuffer bytes) {

        static Content of(HeldRow row) {
            return new Content(row.date(), row.bytes());
        }
    }

    NextRows(RowTree before) {
        this.before = before;
    }

    /**
     * Replaces rows, from one index until before another, by those that were read. To be called for one span after the other.
     *
     * @param read in the order of (date, key)
     */
    void replace(int from, int until, List<Row> read) {
        replace(from, until, read, this::isSame, HeldRow::new);
    }

    /** The same by rows that are held elsewhere, too. */
    void replaceByHeld(int from, int until, List<HeldRow> others) {
        replace(from, until, others, (held, other) -> held == other, Function.identity());
    }

    private boolean isSame(HeldRow held, Row read) {
        boolean same = held.equalsRow(read);
        if (same) {
            revalue(held, read.values());
        }
        return same;
    }

    private void revalue(HeldRow held, Value[] values) {
        if (!Arrays.equals(held.values(), values)) {
            revalued.add(new Revalued(held, held.values()));
            held.values(values);
        }
    }

    private <T> void replace(
            int from, int until, List<T> read, BiPredicate<HeldRow, T> isSame, Function<T, HeldRow> held) {
        share(done, from);
        int most = Math.min(until - from, read.size());
        int begin = 0;
        for (Iterator<HeldRow> before = this.before.part(from, until).iterator();
                begin < most && isSame.test(before.next(), read.get(begin)); ) {
            begin++;
        }
        int end = 0;
        while (end < most - begin && isSame.test(before.get(until - 1 - end), read.get(read.size() - 1 - end))) {
            end++;
        }
        share(from, from + begin);
        match(
                from + begin,
                until - end,
                read.subList(begin, read.size() - end).stream().map(held).toList());
        share(until - end, until);
        done = until;
    }

    private void match(int from, int until, List<HeldRow> read) {
        List<HeldRow> held = new ArrayList<>();
        before.part(from, until).forEach(held::add);
        Map<Content, Deque<Integer>> places = new HashMap<>();
        for (int i = 0; i < held.size(); i++) {
            places.computeIfAbsent(Content.of(held.get(i)), content -> new ArrayDeque<>(1))
                    .add(i);
        }
        var stayed = new BitSet(held.size());
        for (HeldRow fresh : read) {
            Deque<Integer> same = places.get(Content.of(fresh));
            if (same == null || same.isEmpty()) {
                add(fresh);
            } else {
                int index = same.remove();
                stayed.set(index);
                revalue(held.get(index), fresh.values());
                share(from + index, from + index + 1);
            }
        }
        for (int i = stayed.nextClearBit(0); i < held.size(); i = stayed.nextClearBit(i + 1)) {
            removed.add(held.get(i));
        }
    }

    private void share(int from, int until) {
        if (from == sharedUntil) {
            sharedUntil = until;
        } else if (from < until) {
            addShared();
            sharedFrom = from;
            sharedUntil = until;
        }
    }

    private void add(HeldRow row) {
        addShared();
        after.add(next.last());
        next.add(row);
        upserted.add(row);
    }

    private void addShared() {
        next.addAll(before, sharedFrom, sharedUntil);
        sharedFrom = sharedUntil;
    }

    /** All rows; to be called once, after the last {@link #replace}. */
    RowTree rows() {
        share(done, before.size());
        addShared();
        return next.build();
    }

    /** Those of the rows that stayed whose values differ. */
    List<Revalued> revalued() {
        return revalued;
    }

    RowChanges changes() {
        return new RowChanges(upserted, after, removed);
    }
}
