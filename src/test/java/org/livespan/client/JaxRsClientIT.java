package org.livespan.client;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.page.PageServer;
import org.livespan.tool.TakesLong;

/** A Java client that uses the one of JAX-RS for event streams. */
@TakesLong
class JaxRsClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final PageServer server = new PageServer();

    private final Queue<String> results = new ConcurrentLinkedQueue<>();

    @Test
    void it_gets_each_result_and_reconnects_when_the_server_is_back() throws Exception {
        var stream = server.page("api/feeds/orders/stream?startDate=2026-05-01&endDate=2026-05-31");
        try (var client = new JaxRsClient(stream.toString(), results::add)) {
            client.open();
            awaitResult("[]");
            server.order("Ada", "2026-05-10Z");
            awaitResult("\"Ada\"");

            server.kill();
            server.order("Emmy", "2026-05-11Z");
            server.start();
            awaitResult("\"Emmy\"");
        }
    }

    private void awaitResult(String part) {
        await().atMost(PATIENCE).until(() -> results.stream().anyMatch(result -> result.contains(part)));
    }
}
