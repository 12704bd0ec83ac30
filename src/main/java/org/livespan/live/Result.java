package org.livespan.live;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.livespan.feed.Row;

/**
 * All rows of a window at one committed state, in the order of (date, key).
 *
 * @param digest what tells it from another result
 * @param json the rows as one JSON array on one line, UTF-8; never changed by anyone who holds it
 */
public record Result(String digest, byte[] json) {

    private static final int BYTES_FOR_BRACKETS = 2;

    /** The result that these rows make. */
    public static Result of(List<Row> rows) {
        return new Result(Digest.of(rows).toString(), array(rows));
    }

    /** Whether the two hold the same rows. */
    public boolean sameRowsAs(Result other) {
        return other != null && digest.equals(other.digest);
    }

    private static byte[] array(List<Row> rows) {
        int size = rows.stream().mapToInt(row -> row.json().length + 1).sum() + BYTES_FOR_BRACKETS;
        var array = new ByteArrayOutputStream(size);
        array.write('[');
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                array.write(',');
            }
            array.writeBytes(rows.get(i).json());
        }
        array.write(']');
        return array.toByteArray();
    }
}
