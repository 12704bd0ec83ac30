package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** One client opens and closes streams as fast as it can. Others, at the same address, get a seat at once. */
@TakesLong
@OnSharedServer
class FloodIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HONEST = 20;
    private static final int AT_ONCE = 4;
    private static final int ANSWER_MILLIS = 10_000;
    private static final int RESETS = 100_000;
    private static final int CONNECTIONS = 1_000;
    private static final long MOST_KEPT = 64 << 20;

    @RegisterExtension
    final Livespan livespan = new Livespan();

    /** A client that floods the server until it is closed. */
    private static final class Flood implements AutoCloseable {
        private final AtomicInteger opened = new AtomicInteger();
        private volatile boolean over;

        private interface Step {
            void openAndClose() throws IOException;
        }

        Flood(Step step) {
            for (int i = 0; i < AT_ONCE; i++) {
                var thread = new Thread(() -> run(step), "flood");
                thread.setDaemon(true);
                thread.start();
            }
        }

        private void run(Step step) {
            while (!over) {
                try {
                    step.openAndClose();
                    opened.incrementAndGet();
                } catch (IOException e) {
                    // Refused, or cut off: it tries again
                }
            }
        }

        int opened() {
            return opened.get();
        }

        @Override
        public void close() {
            over = true;
        }
    }

    /** Opens streams on one connection and resets each; goes on with a new connection when the server ends it. */
    private static final class Resetting implements AutoCloseable {
        private final URI address;
        private final AtomicInteger connections = new AtomicInteger();
        private Http2Connection connection;

        Resetting(URI address) {
            this.address = address;
        }

        synchronized void openAndReset() throws IOException {
            if (connection == null || connection.isOver()) {
                connect();
            }
            connection.getAndReset(address);
        }

        private void connect() throws IOException {
            close();
            connections.incrementAndGet();
            connection = Http2Connection.open(address, 1 << 16);
            connection.credit();
        }

        @Override
        public synchronized void close() throws IOException {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }
    }

    @Test
    void a_flood_over_http_1_keeps_no_other_client_out() throws Exception {
        URI may = may();
        try (var flood = new Flood(() -> visit(may))) {
            assertThatOthersAreAdmitted(flood);
        }
    }

    /** Where HTTP/2 is off, the flood is as fast as connections can be opened. */
    @Test
    void a_flood_over_http_2_keeps_no_other_client_out_and_does_not_fill_the_heap() throws Exception {
        try (var jvm = livespan.server().jvm();
                var connections = new Resetting(may())) {
            long before = jvm.heap();
            try (var flood = new Flood(connections::openAndReset)) {
                assertThatOthersAreAdmitted(flood);
                await("many more have come")
                        .atMost(PATIENCE)
                        .until(() -> flood.opened() > RESETS || connections.connections.get() > CONNECTIONS);
                assertThat(jvm.heap() - before)
                        .as("more on the heap, in bytes, after " + flood.opened())
                        .isLessThan(MOST_KEPT);
            }
        }
    }

    private void assertThatOthersAreAdmitted(Flood flood) throws Exception {
        await("more have come than there are places")
                .atMost(PATIENCE)
                .until(() -> flood.opened() > 5 * Livespan.CLIENTS);
        for (int i = 0; i < HONEST; i++) {
            var honest = livespan.closedAfterwards(EventStream.open(may()));
            assertThat(honest.status())
                    .as("client " + i + " beside " + flood.opened())
                    .isEqualTo(200);
            assertThat(honest.next().data()).isEqualTo("[]");
        }
    }

    /** Sends a request, waits for the first byte of the answer, and resets the connection. */
    private static void visit(URI address) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoLinger(true, 0);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            var request = "GET " + address.getRawPath() + "?" + address.getRawQuery()
                    + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() < 0) {
                throw new IOException("No answer");
            }
        }
    }

    private URI may() {
        return livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
    }
}
