package org.livespan.live;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Assembles JSON from pieces that are JSON. */
final class Json {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private Json() {}

    /** An array of these rows. */
    static byte[] array(Iterable<HeldRow> rows, long size) {
        var array = new ByteArrayOutputStream(Math.toIntExact(size));
        array.write('[');
        boolean any = false;
        for (HeldRow row : rows) {
            separate(array, any);
            row.writeJson(array);
            any = true;
        }
        array.write(']');
        return array.toByteArray();
    }

    /** The size of that array in bytes. */
    static long size(int rows, long bytes) {
        return 2 + Math.max(0, rows - 1) + bytes;
    }

    /**
     * {@code {"upserted": […], "removed": […], "after": […]}}.
     *
     * @param upserted an array
     * @param removed rows, of which the keys are shown
     * @param after rows, of which the keys are shown, or null for none; null to leave the member out
     */
    static byte[] change(byte[] upserted, List<HeldRow> removed, List<HeldRow> after) {
        var object = new ByteArrayOutputStream();
        text("{\"upserted\":", object);
        object.writeBytes(upserted);
        text(",\"removed\":", object);
        keys(removed, object);
        if (after != null) {
            text(",\"after\":", object);
            keys(after, object);
        }
        object.write('}');
        return object.toByteArray();
    }

    private static void keys(List<HeldRow> rows, ByteArrayOutputStream json) {
        json.write('[');
        for (int i = 0; i < rows.size(); i++) {
            separate(json, i > 0);
            if (rows.get(i) == null) {
                json.writeBytes(NULL);
            } else {
                rows.get(i).writeKey(json);
            }
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
