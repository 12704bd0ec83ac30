package org.livespan.wal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Messages of {@code pgoutput}, written as the chapter of its formats says. */
final class Messages {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private interface Write {
        void to(DataOutputStream out) throws IOException;
    }

    private Messages add(Write write) {
        try {
            write.to(out);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Messages of(char type) {
        return new Messages().int8(type);
    }

    Messages int8(int value) {
        return add(to -> to.writeByte(value));
    }

    Messages int16(int value) {
        return add(to -> to.writeShort(value));
    }

    Messages int32(int value) {
        return add(to -> to.writeInt(value));
    }

    Messages int64(long value) {
        return add(to -> to.writeLong(value));
    }

    Messages string(String text) {
        return add(to -> {
            to.write(text.getBytes(UTF_8));
            to.writeByte(0);
        });
    }

    /** @param values each as text; null for null, {@link #UNCHANGED} for what is left out */
    Messages tuple(char kind, String... values) {
        int8(kind).int16(values.length);
        for (String value : values) {
            if (value == null) {
                int8('n');
            } else if (value.equals(UNCHANGED)) {
                int8('u');
            } else {
                int8('t').int32(value.getBytes(UTF_8).length).add(to -> to.write(value.getBytes(UTF_8)));
            }
        }
        return this;
    }

    static final String UNCHANGED = "(unchanged)";

    LogMessage decoded() throws UnreadableLogException {
        return LogDecoder.decode(bytes());
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    /** {@code public.orders (id int primary key, created_at timestamptz, note text)}. */
    static Messages orders() {
        return of('R').int32(7)
                .string("public")
                .string("orders")
                .int8('d')
                .int16(3)
                .int8(1)
                .string("id")
                .int32(23)
                .int32(-1)
                .int8(0)
                .string("created_at")
                .int32(1184)
                .int32(-1)
                .int8(0)
                .string("note")
                .int32(25)
                .int32(-1);
    }
}
