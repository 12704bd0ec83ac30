package org.livespan.live;

import java.util.Arrays;
import org.livespan.feed.Digest;
import org.livespan.feed.Row;

/**
 * A row of an image, with its digest. There is one for each watched row, so it is small: four references, a number, and what
 * they refer to.
 */
final class HeldRow {

    private final long date;
    private final byte[] key;
    private final byte[] json;
    private final Digest digest;

    HeldRow(Row row) {
        date = row.date();
        key = row.key();
        json = row.json();
        digest = Digest.of(row);
    }

    long date() {
        return date;
    }

    byte[] key() {
        return key;
    }

    byte[] json() {
        return json;
    }

    Digest digest() {
        return digest;
    }

    boolean holds(Row row) {
        return date == row.date() && Arrays.equals(json, row.json());
    }
}
