package org.livespan.gzip;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.zip.Deflater;

/**
 * Content as DEFLATE blocks that begin and end at a byte and refer to nothing before them, so they can be part of any stream.
 *
 * @param bytes the blocks, none of them the last one of a stream; must not be changed
 * @param checksum the checksum of the content
 */
public record Deflated(byte[] bytes, Checksum checksum) {

    /** Shorter content is stored, because compressing it would save less than it costs. */
    private static final int SHORT = 512;

    /** A block of this type is not compressed. */
    private static final int STORED = 0;

    /** The most bytes of a stored block. */
    private static final int MOST_STORED = 0xFFFF;

    private static final int PIECE = 8 * 1024;

    /** Compresses content, unless it is short. */
    public static Deflated of(byte[] content) {
        if (content.length < SHORT) {
            return stored(content);
        }
        byte[] blocks = blocks(content);
        return blocks.length < content.length ? new Deflated(blocks, Checksum.of(content)) : stored(content);
    }

    /** Content that is not compressed. */
    public static Deflated stored(byte[] content) {
        var blocks = new ByteArrayOutputStream(content.length + 5);
        for (int i = 0; i < content.length; i += MOST_STORED) {
            int length = Math.min(MOST_STORED, content.length - i);
            blocks.write(STORED);
            blocks.write(length);
            blocks.write(length >>> 8);
            blocks.write(~length);
            blocks.write(~length >>> 8);
            blocks.write(content, i, length);
        }
        return new Deflated(blocks.toByteArray(), Checksum.of(content));
    }

    private static byte[] blocks(byte[] content) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(content);
            var blocks = new ByteArrayOutputStream(content.length / 4);
            var piece = new byte[PIECE];
            int length;
            do {
                length = deflater.deflate(piece, 0, PIECE, Deflater.FULL_FLUSH);
                blocks.write(piece, 0, length);
            } while (length == PIECE);
            return blocks.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** All of this content. */
    public static Deflated join(Iterator<Deflated> pieces) {
        var blocks = new ByteArrayOutputStream();
        Checksum sum = Checksum.NONE;
        while (pieces.hasNext()) {
            Deflated piece = pieces.next();
            blocks.writeBytes(piece.bytes);
            sum = sum.then(piece.checksum);
        }
        return new Deflated(blocks.toByteArray(), sum);
    }
}
