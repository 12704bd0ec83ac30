package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.tool.TakesLong;

/**
 * Clients that leave at any moment: their seats become free, other clients are not affected, and no warning is logged.
 */
@TakesLong
@OnSharedServer
class LeavingClientsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Nested
    class InTheMiddleOfAnEvent {

        private static final int ROWS = 200;
        private static final int LEAVING = 20;

        @RegisterExtension
        final Livespan livespan = new Livespan();

        /** With a reset, data in transit is discarded; otherwise TCP announces the end of the connection. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void clients_that_leave_in_the_middle_of_an_event_harm_nobody(boolean reset) throws Exception {
            livespan.largeOrders(ROWS, 40_000);
            var may = livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
            var june = livespan.stream("startDate", livespan.day("06-01"), "endDate", livespan.day("06-30"));
            var reader = livespan.openAt(may);
            assertThat(reader.next().customers()).hasSize(ROWS);
            int logged = livespan.server().log().length();

            for (int i = 0; i < LEAVING; i++) {
                var leaving = livespan.closedAfterwards(UnreadStream.open(may));
                leaving.readUntil("id:");
                if (reset) {
                    leaving.reset();
                } else {
                    leaving.close();
                }
            }

            // All seats except the reader's: so none of theirs is taken any more
            Clients.hold(Livespan.CLIENTS - 1, june).close();
            livespan.order("change", "05-20");
            assertThat(reader.next().customers()).hasSize(ROWS + 1);
            assertThat(livespan.server().troubles(logged)).isEmpty();
        }
    }

    @Nested
    class AtOnce {

        private static final int VISITORS = 1_000;

        @RegisterExtension
        final Livespan livespan = Livespan.ofBriefStreams();

        @Test
        void a_thousand_clients_that_come_and_leave_at_once_leave_nothing_behind() throws Exception {
            livespan.order("Ada", "05-10");
            var may = livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
            var resident = livespan.closedAfterwards(ReturningClient.start(may));
            await().atMost(PATIENCE).until(() -> resident.events() == 1);
            int logged = livespan.server().log().length();

            try (var server = livespan.server().jvm()) {
                long opened = server.streams("Opened");
                var visitors = new ArrayList<Socket>();
                for (int i = 0; i < VISITORS; i++) {
                    visitors.add(visit(may));
                }
                await("some are there").atMost(PATIENCE).until(() -> server.streams("Opened") > opened);
                leave(visitors);

                // Requested after them, and so answered after most of them
                livespan.order("Emmy", "05-11");
                String truth = livespan.get("05-01", "05-31").body();
                await().atMost(PATIENCE)
                        .failFast(resident::requireNoFailure)
                        .until(() -> truth.equals(resident.json()));
                await("all but the resident are gone").atMost(PATIENCE).until(() -> server.streams("Open") <= 1);
            }
            assertThat(livespan.server().troubles(logged)).isEmpty();
        }

        /** Sends a request and reads nothing. */
        private Socket visit(URI address) throws IOException {
            var socket = new Socket();
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            var request = "GET " + address.getRawPath() + "?" + address.getRawQuery()
                    + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return socket;
        }

        /** Every other one with a reset. */
        private void leave(List<Socket> visitors) throws IOException {
            for (int i = 0; i < visitors.size(); i++) {
                visitors.get(i).setSoLinger(i % 2 == 0, 0);
                visitors.get(i).close();
            }
        }
    }
}
