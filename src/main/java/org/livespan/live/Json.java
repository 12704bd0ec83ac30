package org.livespan.live;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Assembles JSON from pieces that are JSON. */
final class Json {

    static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private Json() {}

    /** An array of the rows from one index until before another. */
    static byte[] array(HeldRow[] rows, int from, int until) {
        var array = new ByteArrayOutputStream(Math.toIntExact(size(rows, from, until)));
        array.write('[');
        for (int i = from; i < until; i++) {
            separate(array, i > from);
            array.writeBytes(rows[i].json());
        }
        array.write(']');
        return array.toByteArray();
    }

    /** The size of that array in bytes. */
    static long size(HeldRow[] rows, int from, int until) {
        long size = 2 + Math.max(0, until - from - 1);
        for (int i = from; i < until; i++) {
            size += rows[i].json().length;
        }
        return size;
    }

    /**
     * {@code {"upserted": […], "removed": […], "after": […]}}.
     *
     * @param upserted an array
     * @param removed keys
     * @param after keys; null to leave the member out
     */
    static byte[] change(byte[] upserted, List<byte[]> removed, List<byte[]> after) {
        var object = new ByteArrayOutputStream();
        text("{\"upserted\":", object);
        object.writeBytes(upserted);
        text(",\"removed\":", object);
        array(removed, object);
        if (after != null) {
            text(",\"after\":", object);
            array(after, object);
        }
        object.write('}');
        return object.toByteArray();
    }

    private static void array(List<byte[]> elements, ByteArrayOutputStream json) {
        json.write('[');
        for (int i = 0; i < elements.size(); i++) {
            separate(json, i > 0);
            json.writeBytes(elements.get(i));
        }
        json.write(']');
    }

    private static void text(String text, ByteArrayOutputStream json) {
        json.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void separate(ByteArrayOutputStream json, boolean needed) {
        if (needed) {
            json.write(',');
        }
    }
}
