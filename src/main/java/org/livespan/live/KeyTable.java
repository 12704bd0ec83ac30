package org.livespan.live;

import java.util.function.Consumer;

/**
 * A part of a {@link KeyIndex}: a hash table with linear probing, so that a row costs no more than two to four references.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class KeyTable {

    private static final int LEAST = 4;

    /** More rows with one key are not indexed: they have no real key, and finding a place for each would take for ever. */
    private static final int MOST_TWINS = 64;

    /** Its length is a power of two, and it is at most half full, so that every search ends at an empty place. */
    private HeldRow[] table = new HeldRow[LEAST];

    private int size;

    /** @return whether there was a row with that key */
    boolean add(HeldRow row) {
        if (2 * (size + 1) > table.length) {
            resize(2 * table.length);
        }
        int twins = 0;
        int place = home(KeyIndex.hash(row));
        while (table[place] != null && twins < MOST_TWINS) {
            twins += table[place].hasKeyOf(row) ? 1 : 0;
            place = next(place);
        }
        if (twins < MOST_TWINS) {
            table[place] = row;
            size++;
        }
        return twins > 0;
    }

    /**
     * Removes exactly this row, if it is there.
     *
     * @return whether the table is empty now
     */
    boolean remove(HeldRow row) {
        int place = home(KeyIndex.hash(row));
        while (table[place] != row) {
            if (table[place] == null) {
                return size == 0;
            }
            place = next(place);
        }
        size--;
        closeGap(place);
        return size == 0;
    }

    void forEach(byte[] key, int hash, Consumer<HeldRow> visitor) {
        for (int place = home(hash); table[place] != null; place = next(place)) {
            if (table[place].hasKey(key)) {
                visitor.accept(table[place]);
            }
        }
    }

    /** Rows after a gap move into it, unless they would end up before their own place. */
    private void closeGap(int gap) {
        int empty = gap;
        for (int place = next(gap); table[place] != null; place = next(place)) {
            int home = home(KeyIndex.hash(table[place]));
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

    private int home(int hash) {
        return hash & table.length - 1;
    }

    private int next(int place) {
        return place + 1 & table.length - 1;
    }
}
