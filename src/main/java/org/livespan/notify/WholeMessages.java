package org.livespan.notify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Reads from PostgreSQL so that what one read brings ends where a message ends, unless the message is longer than that. What is
 * encrypted is read as it comes.
 *
 * <p>Used by one thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-overview.html#PROTOCOL-MESSAGE-CONCEPTS">PostgreSQL,
 *     Messaging Overview</a>
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL">PostgreSQL, SSL Session
 *     Encryption</a>
 */
final class WholeMessages {

    private static final int BUFFER = 16 * 1024;

    /** The type, and the length of all that follows the type. */
    private static final int HEADER = 5;

    /** The one byte with which a server refuses to encrypt a session. */
    private static final byte UNENCRYPTED = 'N';

    /** The types of the messages with which a server may begin a session that is not encrypted. */
    private static final String FIRST = "REv";

    private enum Content {
        /** The server has not said yet whether it encrypts. */
        UNKNOWN,
        MESSAGES,
        ENCRYPTED
    }

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;

    private Content content = Content.UNKNOWN;

    /** How much is left of the message that has begun. */
    private long left;

    WholeMessages(InputStream in) {
        this.in = in;
    }

    /** As {@link InputStream#read(byte[], int, int)} does. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit && !fill()) {
            return -1;
        }
        int read = next(length);
        System.arraycopy(buffer, position, target, offset, read);
        position += read;
        return read;
    }

    /** How many of so many bytes to hand over next. */
    private int next(int length) throws IOException {
        if (content == Content.UNKNOWN) {
            if (buffer[position] == UNENCRYPTED) {
                return 1;
            }
            content = FIRST.indexOf(buffer[position]) < 0 ? Content.ENCRYPTED : Content.MESSAGES;
        }
        if (content == Content.ENCRYPTED) {
            return Math.min(length, limit - position);
        }
        while (left == 0 && limit - position < HEADER && fill()) {
            // The header says how long the message is
        }
        return whole(Math.min(length, limit - position));
    }

    /** Reads more, behind what is there. False at the end of the stream. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        int read = in.read(buffer, limit, BUFFER - limit);
        limit += Math.max(0, read);
        return read >= 0;
    }

    /** How many of so many bytes there are up to the end of the last message in them; all, if none ends there. */
    private int whole(int some) {
        long end = left;
        long ended = left <= some ? left : 0;
        while (end + HEADER <= limit - position && end < some) {
            end += 1 + Math.max(Integer.BYTES, ByteBuffer.wrap(buffer).getInt(position + (int) end + 1));
            ended = end <= some ? end : ended;
        }
        if (ended == 0) {
            left = Math.max(0, end - some);
            return some;
        }
        left = 0;
        return (int) ended;
    }
}
