package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** Clients that vanish without notice: a cable is pulled, a notebook is closed. The server is told nothing. */
@TakesLong
@OnSharedServer
class VanishedClientsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int VANISHED = 20;

    @Nested
    class OfALargeWindow {

        private static final int ROWS = 200;
        private static final int CHANGES = 5;

        @RegisterExtension
        final Livespan livespan = new Livespan();

        @Test
        void vanished_clients_are_dropped_when_they_do_not_take_an_event_in_time_and_harm_nobody() throws Exception {
            livespan.largeOrders(ROWS, 40_000);
            var may = livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
            var june = livespan.stream("startDate", livespan.day("06-01"), "endDate", livespan.day("06-30"));
            var reader = livespan.openAt(may);
            assertThat(reader.next().customers()).hasSize(ROWS);
            var cable = livespan.closedAfterwards(Cable.to(may));
            for (int i = 0; i < VANISHED; i++) {
                livespan.openAt(cable.through(may)).next();
            }

            cable.cut();
            for (int i = 1; i <= CHANGES; i++) {
                livespan.order("change", "05-20");
                assertThat(reader.next().customers()).hasSize(ROWS + i);
            }

            // All seats except the reader's: so none of theirs is taken any more
            Clients.hold(Livespan.CLIENTS - 1, june).close();
            livespan.order("change", "05-20");
            assertThat(reader.next().customers()).hasSize(ROWS + CHANGES + 1);
        }
    }

    @Nested
    class OfASmallWindow {

        @RegisterExtension
        final Livespan livespan = Livespan.ofBriefStreams();

        @Test
        void vanished_clients_give_back_their_seats_when_their_streams_expire() throws Exception {
            var may = livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
            var cable = livespan.closedAfterwards(Cable.to(may));
            try (var server = livespan.server().jvm()) {
                await().atMost(PATIENCE).until(() -> server.streams("Open") == 0);
                long expired = server.streams("Expired");
                var clients = livespan.closedAfterwards(Clients.hold(VANISHED, cable.through(may)));
                for (var client : clients.admitted()) {
                    assertThat(client.next().data()).isEqualTo("[]");
                }

                cable.cut();
                // Some may have expired before
                var vanished = clients.admitted().stream()
                        .filter(client -> !client.hasEnded())
                        .toList();
                await().atMost(PATIENCE).until(() -> server.streams("Open") == 0);

                assertThat(vanished).isNotEmpty().noneMatch(EventStream::hasEnded);
                assertThat(server.streams("Expired") - expired).isEqualTo(VANISHED);
            }
        }
    }
}
