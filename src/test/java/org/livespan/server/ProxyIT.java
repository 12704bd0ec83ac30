package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.livespan.tool.TakesLong;

/** Behind a proxy set up as in {@code server-config/proxies}, a client gets what it gets without one. */
@TakesLong
@OnSharedServer
class ProxyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNREAD = 30;

    /** For each stream that is not read, in bytes: one event of 400 KB, but not two. */
    private static final long MOST_KEPT = 600_000;

    @RegisterExtension
    final Livespan livespan = new Livespan();

    @ParameterizedTest
    @EnumSource
    void events_and_heartbeats_pass_as_they_are_sent(Proxy.Kind kind) throws Exception {
        var proxy = proxy(kind);
        var may = livespan.closedAfterwards(EventStream.open(proxy.before(may()), "Accept-Encoding", "gzip"));
        assertThat(may.header("Content-Type")).startsWith("text/event-stream");
        assertThat(may.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(may.header("Cache-Control")).isEqualTo("no-store");
        assertThat(may.next().data()).isEqualTo("[]");

        livespan.order("Ada", "05-10");
        assertThat(may.next().customers()).containsExactly("Ada");

        int before = may.frames().size();
        await("heartbeats").atMost(PATIENCE).until(() -> may.frames().size() >= before + 2);
        assertThat(may.hasEnded()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_returning_client_misses_nothing_and_gets_nothing_twice(Proxy.Kind kind) throws Exception {
        var proxy = proxy(kind);
        livespan.order("Ada", "05-10");
        var first = livespan.closedAfterwards(EventStream.open(proxy.before(may())));
        String digest = first.next().id();

        proxy.close();
        await("the stream is over").atMost(PATIENCE).until(first::hasEnded);
        proxy.start();
        var second = livespan.closedAfterwards(EventStream.open(proxy.before(may()), "Last-Event-ID", digest));
        livespan.order("Emmy", "05-11");
        assertThat(second.next().customers()).containsExactly("Ada", "Emmy");
    }

    @ParameterizedTest
    @EnumSource
    void a_client_that_leaves_is_gone_from_the_server_too(Proxy.Kind kind) throws Exception {
        var proxy = proxy(kind);
        try (var jvm = livespan.server().jvm()) {
            var stream = EventStream.open(proxy.before(may()));
            stream.next();
            long open = jvm.streams("Open");
            assertThat(open).isPositive();
            stream.close();
            await("it is gone").atMost(PATIENCE).until(() -> jvm.streams("Open") < open);
        }
    }

    @ParameterizedTest
    @EnumSource
    void problems_pass_unchanged(Proxy.Kind kind) throws Exception {
        var proxy = proxy(kind);
        var answer = Http.get(proxy.before(livespan.stream("startDate", "tomorrow")));
        assertProblem(answer, 400);
        assertThat(answer.body()).contains("tomorrow");
    }

    /** As {@link UnreadHttp2IT} does it to the server directly. */
    @ParameterizedTest
    @EnumSource
    void neither_proxy_nor_server_keeps_what_an_http2_client_leaves_unread(Proxy.Kind kind) throws Exception {
        var proxy = proxy(kind);
        livespan.largeOrders(100, 4_000);
        var reader = livespan.closedAfterwards(EventStream.open(proxy.before(may())));
        reader.next();
        try (var jvm = livespan.server().jvm()) {
            change(reader);
            long heap = jvm.heap();
            long resident = proxy.residentBytes();
            var hostile = livespan.closedAfterwards(Http2Connection.open(proxy.http2Before(may()), Integer.MAX_VALUE));
            for (int i = 0; i < UNREAD; i++) {
                hostile.get(may());
            }
            await("its window is used up").atMost(PATIENCE).until(() -> hostile.bytes() > 60_000);
            change(reader);
            assertThat(jvm.heap() - heap).as("more on the heap").isLessThan(UNREAD * MOST_KEPT);
            assertThat(proxy.residentBytes() - resident)
                    .as("more in the proxy's memory")
                    .isLessThan(UNREAD * MOST_KEPT);
        }
    }

    private void change(EventStream reader) throws Exception {
        for (int i = 0; i < 40; i++) {
            livespan.order("change " + i, "05-20");
            assertThat(reader.next().customers()).contains("change " + i);
        }
    }

    private Proxy proxy(Proxy.Kind kind) throws Exception {
        return livespan.closedAfterwards(Proxy.start(kind, livespan.server()));
    }

    private URI may() {
        return livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
    }
}
