package org.livespan.gzip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A client that inflates one gzip member as its bytes arrive, and accepts nothing else: no second member, nothing after the
 * trailer, no header but the plainest.
 */
public final class Inflated {

    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int PIECE = 4096;

    private final Inflater inflater = new Inflater(true);
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private final ByteArrayOutputStream trailer = new ByteArrayOutputStream();

    /** Takes the next bytes, and returns the content that they complete. */
    public byte[] take(byte[] bytes) {
        int skipped = Math.min(HEADER - header.size(), bytes.length);
        header.write(bytes, 0, skipped);
        if (header.size() == HEADER) {
            requireHeader(header.toByteArray());
        }
        var fresh = new ByteArrayOutputStream();
        inflate(Arrays.copyOfRange(bytes, skipped, bytes.length), fresh);
        content.writeBytes(fresh.toByteArray());
        return fresh.toByteArray();
    }

    private static void requireHeader(byte[] header) {
        byte[] plainest = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0};
        if (!Arrays.equals(header, 0, plainest.length, plainest, 0, plainest.length)) {
            throw new IllegalStateException("a header of " + Arrays.toString(header));
        }
    }

    private void inflate(byte[] bytes, ByteArrayOutputStream fresh) {
        if (inflater.finished()) {
            trailer.writeBytes(bytes);
            return;
        }
        inflater.setInput(bytes);
        var piece = new byte[PIECE];
        try {
            for (int length = inflater.inflate(piece); length > 0; length = inflater.inflate(piece)) {
                fresh.write(piece, 0, length);
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        }
        if (inflater.finished()) {
            int rest = inflater.getRemaining();
            trailer.write(bytes, bytes.length - rest, rest);
        }
    }

    /** All content so far. */
    public byte[] content() {
        return content.toByteArray();
    }

    /** @throws IllegalStateException if the member has not ended here, or its trailer is wrong */
    public void requireEnd() {
        if (!inflater.finished() || trailer.size() != TRAILER) {
            throw new IllegalStateException("finished: " + inflater.finished() + ", and then " + trailer.size());
        }
        var crc = new CRC32();
        crc.update(content());
        var given = ByteBuffer.wrap(trailer.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        if (given.getInt() != (int) crc.getValue() || given.getInt() != content.size()) {
            throw new IllegalStateException("a wrong trailer");
        }
    }
}
