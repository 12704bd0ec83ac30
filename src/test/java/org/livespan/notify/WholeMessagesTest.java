package org.livespan.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the reads of a listening session end. */
class WholeMessagesTest {

    private static final int MESSAGES = 500;
    private static final int DRIVERS_BUFFER = 8_192;
    private static final byte TYPE = 'R';

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final TreeSet<Integer> ends = new TreeSet<>();

    @Test
    void every_read_ends_at_the_end_of_a_message_or_within_one_that_is_longer_and_nothing_is_lost() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("WholeMessagesTest: -Dseed=" + seed);
        var random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            sent.reset();
            ends.clear();
            for (int i = 0; i < MESSAGES; i++) {
                send(random.nextInt(20) == 0 ? random.nextInt(40_000) : random.nextInt(200));
            }
            var messages = new WholeMessages(inPieces(random));
            var read = new ByteArrayOutputStream();
            var buffer = new byte[DRIVERS_BUFFER];
            for (int some = 0; some >= 0; some = read(messages, buffer, random)) {
                read.write(buffer, 0, some);
                int at = read.size();
                int began = at == 0 ? 0 : at - some;
                boolean within = ends.ceiling(began + 1) == null || ends.ceiling(began + 1) > at;
                assertThat(at == 0 || ends.contains(at) || within).isTrue();
            }
            assertThat(read.toByteArray()).isEqualTo(sent.toByteArray());
        }
    }

    @Test
    void a_server_that_refuses_to_encrypt_says_so_before_the_first_message() throws IOException {
        sent.write('N');
        send(1);
        send(3);
        var messages = new WholeMessages(new ByteArrayInputStream(sent.toByteArray()));
        assertThat(messages.read(new byte[100], 0, 100)).isEqualTo(1);
        assertThat(messages.read(new byte[100], 0, 100)).isEqualTo(sent.size() - 1);
        assertThat(messages.read(new byte[100], 0, 100)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(bytes = {'S', 'G', 0x16})
    void what_is_encrypted_is_handed_over_as_it_comes(byte first) throws IOException {
        var noise = new byte[50_000];
        new Random(1).nextBytes(noise);
        noise[0] = first;
        var messages = new WholeMessages(new ByteArrayInputStream(noise));
        var read = new ByteArrayOutputStream();
        var buffer = new byte[DRIVERS_BUFFER];
        for (int some = 0; some >= 0; some = messages.read(buffer, 0, buffer.length)) {
            assertThat(some).isIn(0, DRIVERS_BUFFER, noise.length - read.size());
            read.write(buffer, 0, some);
        }
        assertThat(read.toByteArray()).isEqualTo(noise);
    }

    private void send(int length) throws IOException {
        sent.write(TYPE);
        sent.write(ByteBuffer.allocate(4).putInt(4 + length).array());
        sent.write(new byte[length]);
        ends.add(sent.size());
    }

    private static int read(WholeMessages messages, byte[] buffer, Random random) throws IOException {
        return messages.read(buffer, 0, random.nextInt(4) == 0 ? 1 + random.nextInt(10) : buffer.length);
    }

    /** What was sent, as it arrives: now a byte, now a lot. */
    private InputStream inPieces(Random random) {
        return new ByteArrayInputStream(sent.toByteArray()) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(
                        target, offset, Math.min(length, 1 + random.nextInt(random.nextBoolean() ? 8 : 20_000)));
            }
        };
    }
}
