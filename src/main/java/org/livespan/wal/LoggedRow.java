package org.livespan.wal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A row in the log. Its values are read when they are asked for, as most never are.
 *
 * @param isIdentity whether only the values of the replica identity are there
 * @param values as the message has them
 */
record LoggedRow(boolean isIdentity, ByteBuffer values) {

    private static final byte NULL = 'n';
    private static final byte UNCHANGED = 'u';

    /**
     * The value at a place as text; empty if it is null, is not there, or is large and did not change, which the log leaves out.
     *
     * @throws IndexOutOfBoundsException if there is no such place
     */
    Optional<String> text(int place) {
        ByteBuffer rest = values.duplicate();
        for (int before = 0; before < place; before++) {
            skip(rest);
        }
        byte kind = rest.get();
        if (kind == NULL || kind == UNCHANGED) {
            return Optional.empty();
        }
        var text = new byte[rest.getInt()];
        rest.get(text);
        return Optional.of(new String(text, UTF_8));
    }

    private static void skip(ByteBuffer rest) {
        byte kind = rest.get();
        if (kind != NULL && kind != UNCHANGED) {
            int length = rest.getInt();
            if (length < 0) {
                throw new IllegalArgumentException("a value of " + length + " bytes");
            }
            rest.position(rest.position() + length);
        }
    }

    /** Reads one from a message, which goes on behind it. */
    static LoggedRow in(ByteBuffer message, boolean isIdentity) {
        short count = message.getShort();
        ByteBuffer values = message.slice();
        int begin = message.position();
        for (int place = 0; place < count; place++) {
            skip(message);
        }
        return new LoggedRow(isIdentity, values.limit(message.position() - begin));
    }
}
