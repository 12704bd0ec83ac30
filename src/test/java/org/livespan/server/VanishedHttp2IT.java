package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.appserver.DisabledOn;
import org.livespan.appserver.Product;
import org.livespan.tool.TakesLong;

/** Connections with many streams that vanish. */
@DisabledOn(
        server = {Product.PAYARA_MICRO, Product.PAYARA_SERVER, Product.WILDFLY},
        because = "HTTP/2 is off there, see pre-boot.asadmin and livespan.cli")
@TakesLong
@OnSharedServer
class VanishedHttp2IT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 12;
    private static final int STREAMS = 5;

    @RegisterExtension
    final Livespan livespan = Livespan.ofBriefStreams();

    @Test
    void vanished_connections_give_back_their_seats_and_no_warning_is_logged() throws Exception {
        var may = livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
        try (var inside = livespan.server().jvm()) {
            await().atMost(PATIENCE).until(() -> inside.streams("Open") == 0);
            int before = livespan.server().log().length();
            for (int i = 0; i < CONNECTIONS; i++) {
                var connection = livespan.closedAfterwards(
                        Http2Connection.open(livespan.server().context(), 1 << 16));
                long opened = inside.streams("Opened");
                for (int j = 0; j < STREAMS; j++) {
                    connection.get(may);
                }
                await().atMost(PATIENCE).until(() -> connection.bytes() > 0);
                await().atMost(PATIENCE).until(() -> inside.streams("Opened") == opened + STREAMS);
                connection.vanish();
            }

            await().atMost(PATIENCE).until(() -> inside.streams("Open") == 0);

            assertThat(livespan.server().troubles(before)).isEmpty();
        }
    }
}
