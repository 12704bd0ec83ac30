package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver gets from the socket of a listening session. */
class ListenSocketFactoryTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MEGABYTE = 1 << 20;
    private static final int MOST = (int) (ListenSocketFactory.MOST_BYTES_AT_ONCE / MEGABYTE);

    private final byte[] megabyte = new byte[MEGABYTE];
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
        write("abc".getBytes());
        assertThat(read.read()).isEqualTo('a');
        assertThat(read.available()).isZero();
        peek();
        assertThat(read.readNBytes(2)).isEqualTo("bc".getBytes());
    }

    @Test
    void the_first_read_after_a_peek_gets_what_has_arrived_and_later_ones_single_bytes() throws IOException {
        write("abcdef".getBytes());
        read.read();
        peek();
        var bytes = new byte[3];
        assertThat(read.read(bytes)).isEqualTo(3);
        assertThat(bytes).isEqualTo("bcd".getBytes());
        assertThat(read.read(bytes)).isEqualTo(1);
        assertThat(read.read(bytes)).isEqualTo(1);
    }

    @Test
    void more_than_8_mb_without_a_peek_break_the_connection() throws IOException {
        for (int i = 0; i < MOST; i++) {
            take();
        }
        assertThatIOException().isThrownBy(this::take).withMessage("more than 8 MB of notifications came at once");
    }

    @Test
    void a_peek_resets_the_count() throws IOException {
        for (int i = 0; i < 3 * MOST; i++) {
            take();
            peek();
        }
        assertThat(node.isClosed()).isFalse();
    }

    private void take() throws IOException {
        var writer = new Thread(() -> {
            try {
                write(megabyte);
            } catch (IOException e) {
                // Nobody reads it any more
            }
        });
        writer.start();
        assertThat(read.readNBytes(MEGABYTE)).hasSize(MEGABYTE);
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
