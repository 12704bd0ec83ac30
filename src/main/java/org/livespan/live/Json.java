package org.livespan.live;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JSON put together from pieces that are JSON already. */
final class Json {

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

    /** How many bytes that array has. */
    static long size(HeldRow[] rows, int from, int until) {
        long size = 2 + Math.max(0, until - from - 1);
        for (int i = from; i < until; i++) {
            size += rows[i].json().length;
        }
        return size;
    }

    /** {@code {"upserted": […], "removed": […]}}: an array, and the keys that are gone. */
    static byte[] change(byte[] upserted, List<byte[]> removed) {
        var object = new ByteArrayOutputStream();
        object.writeBytes("{\"upserted\":".getBytes(StandardCharsets.US_ASCII));
        object.writeBytes(upserted);
        object.writeBytes(",\"removed\":[".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < removed.size(); i++) {
            separate(object, i > 0);
            object.writeBytes(removed.get(i));
        }
        object.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
        return object.toByteArray();
    }

    private static void separate(ByteArrayOutputStream json, boolean needed) {
        if (needed) {
            json.write(',');
        }
    }
}
