package org.livespan.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver gets from the socket of a listening session. */
class ListenSocketFactoryTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int HEADER = 5;
    private static final int LARGE = 64 * 1024;
    private static final int MOST = (int) (ListenSocketFactory.MOST_BYTES_AT_ONCE / LARGE);

    private final byte[] large = message(LARGE - HEADER);
    private ServerSocket entrance;
    private Socket node;
    private Socket server;
    private InputStream read;

    @BeforeEach
    void connect() throws IOException {
        entrance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        node = new ListenSocketFactory().createSocket();
        node.connect(entrance.getLocalSocketAddress());
        node.setSoTimeout(PATIENCE_MILLIS);
        server = entrance.accept();
        read = node.getInputStream();
    }

    @AfterEach
    void close() throws IOException {
        node.close();
        server.close();
        entrance.close();
    }

    @Test
    void a_peek_finds_nothing_although_more_has_arrived_and_the_next_read_gets_it() throws IOException {
        write(message(3));
        write(message(7));
        assertThat(read.readNBytes(message(3).length)).isEqualTo(message(3));
        assertThat(read.available()).isZero();
        peek();
        assertThat(read.readNBytes(message(7).length)).isEqualTo(message(7));
    }

    @Test
    void more_than_8_mb_without_a_pause_break_the_connection() {
        assertThatIOException()
                .isThrownBy(() -> receive(2 * MOST, true))
                .withMessage("more than 8 MB of notifications came at once");
    }

    @Test
    void a_pause_in_which_the_session_catches_up_resets_the_count() throws IOException {
        receive(2 * MOST, false);
        assertThat(node.isClosed()).isFalse();
    }

    /** @param behind whether there is always something left to read */
    private void receive(int messages, boolean behind) throws IOException {
        if (behind) {
            write(large);
        }
        for (int i = 0; i < messages; i++) {
            write(large);
            assertThat(read.readNBytes(large.length)).hasSize(large.length);
            peek();
            if (!behind) {
                findNothing();
            }
        }
    }

    private void findNothing() throws IOException {
        node.setSoTimeout(ListenSocketFactory.PEEK + 1);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(read::read);
        node.setSoTimeout(PATIENCE_MILLIS);
    }

    /** As the server sends them: a type, and a length that includes itself. */
    private static byte[] message(int length) {
        return ByteBuffer.allocate(HEADER + length)
                .put((byte) 'R')
                .putInt(Integer.BYTES + length)
                .array();
    }

    private void write(byte[] bytes) throws IOException {
        server.getOutputStream().write(bytes);
    }

    private void peek() throws IOException {
        node.setSoTimeout(ListenSocketFactory.PEEK);
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(read::read);
        node.setSoTimeout(PATIENCE_MILLIS);
    }
}
