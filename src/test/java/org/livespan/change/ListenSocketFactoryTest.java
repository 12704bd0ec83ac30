package org.livespan.change;

import static org.assertj.core.api.Assertions.assertThat;
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

/** How many bytes a listening session reads without a pause. */
class ListenSocketFactoryTest {

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
    void more_than_8_mb_without_a_pause_break_the_connection() throws IOException {
        for (int i = 0; i < MOST; i++) {
            take();
        }
        assertThatIOException().isThrownBy(this::take).withMessage("more than 8 MB of notifications came at once");
    }

    @Test
    void a_pause_in_which_the_session_catches_up_resets_the_count() throws IOException {
        for (int i = 0; i < 3 * MOST; i++) {
            take();
            catchUp();
        }
        assertThat(node.isClosed()).isFalse();
    }

    private void take() throws IOException {
        var writer = new Thread(() -> {
            try {
                server.getOutputStream().write(megabyte);
            } catch (IOException e) {
                // Nobody reads it any more
            }
        });
        writer.start();
        assertThat(read.readNBytes(MEGABYTE)).hasSize(MEGABYTE);
    }

    private void catchUp() throws IOException {
        node.setSoTimeout(1);
        try {
            read.read();
        } catch (SocketTimeoutException e) {
            node.setSoTimeout(0);
        }
    }
}
