package org.livespan.gzip;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;

/**
 * A gzip member that is made of {@link Deflated} content, piece by piece. A stream has only one, because browsers stop at the
 * end of the first.
 *
 * <p>Used by one thread at a time; what one call returns is to be written before the next call.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-2.3">RFC 1952, section 2.3</a>
 */
public final class GzipMember {

    /** Without the time of a file, and from an unknown operating system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** An empty stored block, marked as the last one. */
    private static final Deflated LAST = new Deflated(new byte[] {1, 0, 0, (byte) 0xff, (byte) 0xff}, Checksum.NONE);

    private boolean begun;
    private boolean ended;
    private Checksum sum = Checksum.NONE;

    /** A whole member of this content. */
    public static InputStream of(Iterator<Deflated> pieces) {
        var member = new GzipMember();
        return new PiecesInputStream(() -> {
            byte[] next = member.next(pieces);
            return next == null && !member.ended ? member.end() : next;
        });
    }

    /** The next bytes, with this content; must not be changed. */
    public byte[] add(Deflated next) {
        sum = sum.then(next.checksum());
        if (begun) {
            return next.bytes();
        }
        begun = true;
        byte[] first = Arrays.copyOf(HEADER, HEADER.length + next.bytes().length);
        System.arraycopy(next.bytes(), 0, first, HEADER.length, next.bytes().length);
        return first;
    }

    /** The same with content in many pieces, each taken when it is due. */
    public InputStream add(Iterator<Deflated> pieces) {
        return new PiecesInputStream(() -> next(pieces));
    }

    private byte[] next(Iterator<Deflated> pieces) {
        return pieces.hasNext() ? add(pieces.next()) : null;
    }

    /** The last bytes: the final block and the trailer. To be called once. */
    public byte[] end() {
        ended = true;
        byte[] block = add(LAST);
        return ByteBuffer.allocate(block.length + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(block)
                .putInt(sum.crc())
                .putInt(sum.length())
                .array();
    }
}
