package org.livespan.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.livespan.feed.Digest;
import org.livespan.feed.Row;
import org.livespan.feed.Value;

/**
 * A row of an image. There is one for each watched row, so it is small: two numbers, and one array with its JSON and its key.
 * Its digest is computed when it is needed.
 *
 * <p>Immutable but for its values, which are guarded by the {@link LiveImage}.
 */
final class HeldRow {

    private final long date;
    private final int jsonLength;
    private final byte[] jsonAndKey;
    private Value[] values;

    HeldRow(Row row) {
        values = row.values();
        date = row.date();
        jsonLength = row.json().length;
        jsonAndKey = Arrays.copyOf(row.json(), jsonLength + row.key().length);
        System.arraycopy(row.key(), 0, jsonAndKey, jsonLength, row.key().length);
    }

    long date() {
        return date;
    }

    /** Those of its filter columns that were asked for when it was read last; see {@link Row#values}. */
    Value[] values() {
        return values;
    }

    /** It was read again, and is the same, but more of its values may be asked for now. */
    void values(Value[] now) {
        values = now;
    }

    /** Equal keys are equal buffers. */
    ByteBuffer key() {
        return ByteBuffer.wrap(jsonAndKey, jsonLength, jsonAndKey.length - jsonLength);
    }

    /** Its JSON and its key. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(jsonAndKey);
    }

    int keyHash() {
        return hash(jsonAndKey, jsonLength);
    }

    /** The hash of a key, which begins there. */
    static int hash(byte[] bytes, int from) {
        int hash = 1;
        for (int i = from; i < bytes.length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    boolean hasKey(byte[] key) {
        return Arrays.equals(jsonAndKey, jsonLength, jsonAndKey.length, key, 0, key.length);
    }

    boolean hasKeyOf(HeldRow other) {
        return Arrays.equals(
                jsonAndKey, jsonLength, jsonAndKey.length, other.jsonAndKey, other.jsonLength, other.jsonAndKey.length);
    }

    /** How many bytes of JSON it has. */
    int jsonLength() {
        return jsonLength;
    }

    void writeJson(ByteArrayOutputStream json) {
        json.write(jsonAndKey, 0, jsonLength);
    }

    void writeKey(ByteArrayOutputStream json) {
        json.write(jsonAndKey, jsonLength, jsonAndKey.length - jsonLength);
    }

    /** Copies some of its JSON. */
    void copyJson(int from, byte[] target, int offset, int length) {
        System.arraycopy(jsonAndKey, from, target, offset, length);
    }

    Digest digest() {
        return Digest.of(jsonAndKey, jsonLength);
    }

    boolean equalsRow(Row row) {
        return date == row.date()
                && Arrays.equals(jsonAndKey, 0, jsonLength, row.json(), 0, row.json().length)
                && hasKey(row.key());
    }
}
