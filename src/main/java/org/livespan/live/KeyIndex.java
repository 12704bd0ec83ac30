package org.livespan.live;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.livespan.feed.Row;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * Finds held rows by their keys. A key may occur more than once, because a view may show it twice.
 *
 * <p>It consists of many small tables, so that a row that is added makes no more than one of these grow, and never takes
 * long.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class KeyIndex {

    private static final int TABLE_BITS = 12;

    /** For more dates, the whole time between them. */
    private static final int MOST_DATES = 1024;

    /** Each is made when it gets its first row. */
    private KeyTable[] tables = new KeyTable[1 << TABLE_BITS];

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

    void forEach(byte[] key, Consumer<HeldRow> visitor) {
        int hash = mixed(HeldRow.hash(key, 0));
        KeyTable table = tables[place(hash)];
        if (table != null) {
            table.forEach(key, hash, visitor);
        }
    }

    /** @return whether there was a row with that key */
    boolean add(HeldRow row) {
        int place = place(hash(row));
        if (tables[place] == null) {
            tables[place] = new KeyTable();
        }
        return tables[place].add(row);
    }

    /** Removes exactly this row, if it is there. */
    void remove(HeldRow row) {
        int place = place(hash(row));
        if (tables[place] != null && tables[place].remove(row)) {
            tables[place] = null;
        }
    }

    /** Removes all rows but these. */
    void replaceBy(Iterable<HeldRow> rows) {
        tables = new KeyTable[1 << TABLE_BITS];
        rows.forEach(this::add);
    }

    static int hash(HeldRow row) {
        return mixed(row.keyHash());
    }

    /** Its first bits choose the table, its last ones the place. */
    private static int mixed(int hash) {
        int product = hash * 0x9E3779B9;
        return product ^ product >>> 16;
    }

    /** Which table a row with this hash is in. */
    static int place(int hash) {
        return hash >>> Integer.SIZE - TABLE_BITS;
    }
}
