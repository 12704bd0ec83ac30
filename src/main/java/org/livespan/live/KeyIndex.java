package org.livespan.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.livespan.feed.Row;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * Finds held rows by their keys: a hash table with linear probing, so that a row costs no more than two to four references. A
 * key may occur more than once, because a view may show it twice.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class KeyIndex {

    private static final int LEAST = 16;

    /** More rows with one key are not indexed: they have no real key, and finding a place for each would take for ever. */
    private static final int MOST_TWINS = 64;

    /** For more dates, the whole time between them. */
    private static final int MOST_DATES = 1024;

    /** Its length is a power of two, and it is at most half full, so that every search ends at an empty place. */
    private HeldRow[] table = new HeldRow[LEAST];

    private int size;
    private boolean twins;

    /** Adds the rows that came and removes those that went. */
    void apply(RowChanges changes) {
        changes.removed().forEach(this::remove);
        for (HeldRow row : changes.upserted()) {
            twins |= add(row);
        }
    }

    /** Whether a second row with the same key was added since the last call. */
    boolean tookTwins() {
        boolean took = twins;
        twins = false;
        return took;
    }

    /**
     * The dates, outside the spans that were read, at which rows with the same keys are held. Either such a row was moved
     * without a notification, or the key is not unique; reading there too tells which.
     */
    SpanSet elsewhere(List<Row> rows, SpanSet read) {
        var dates = new ArrayList<Span>();
        for (Row row : rows) {
            forEach(row.key(), twin -> {
                if (!read.contains(twin.date())) {
                    dates.add(new Span(twin.date(), twin.date()));
                }
            });
        }
        return SpanSet.of(dates).inAtMost(MOST_DATES);
    }

    /** @return whether there was a row with that key */
    boolean add(HeldRow row) {
        if (2 * (size + 1) > table.length) {
            resize(2 * table.length);
        }
        int twins = 0;
        int place = home(row.key());
        while (table[place] != null && twins < MOST_TWINS) {
            twins += Arrays.equals(table[place].key(), row.key()) ? 1 : 0;
            place = next(place);
        }
        if (twins < MOST_TWINS) {
            table[place] = row;
            size++;
        }
        return twins > 0;
    }

    /** Removes exactly this row, if it is there. */
    void remove(HeldRow row) {
        int place = home(row.key());
        while (table[place] != row) {
            if (table[place] == null) {
                return;
            }
            place = next(place);
        }
        size--;
        closeGap(place);
    }

    void forEach(byte[] key, Consumer<HeldRow> visitor) {
        for (int place = home(key); table[place] != null; place = next(place)) {
            if (Arrays.equals(table[place].key(), key)) {
                visitor.accept(table[place]);
            }
        }
    }

    /** Removes all rows but these. */
    void replaceBy(Iterable<HeldRow> rows, int count) {
        table = new HeldRow[Math.max(LEAST, 2 * Integer.highestOneBit(Math.max(1, 2 * count)))];
        size = 0;
        rows.forEach(this::add);
    }

    /** Rows after a gap move into it, unless they would end up before their own place. */
    private void closeGap(int gap) {
        int empty = gap;
        for (int place = next(gap); table[place] != null; place = next(place)) {
            int home = home(table[place].key());
            boolean mayMove = empty <= place ? home <= empty || home > place : home <= empty && home > place;
            if (mayMove) {
                table[empty] = table[place];
                empty = place;
            }
        }
        table[empty] = null;
    }

    private void resize(int length) {
        HeldRow[] before = table;
        table = new HeldRow[length];
        size = 0;
        for (HeldRow row : before) {
            if (row != null) {
                add(row);
            }
        }
    }

    private int home(byte[] key) {
        int hash = Arrays.hashCode(key) * 0x9E3779B9;
        return (hash ^ hash >>> 16) & table.length - 1;
    }

    private int next(int place) {
        return place + 1 & table.length - 1;
    }
}
