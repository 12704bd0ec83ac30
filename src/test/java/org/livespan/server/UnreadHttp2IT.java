package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.appserver.DisabledOn;
import org.livespan.appserver.Product;
import org.livespan.tool.TakesLong;

/**
 * A client over HTTP/2 that opens many streams of a large window, grants each stream an enormous flow-control window,
 * and the connection that they share next to none.
 */
@TakesLong
@OnSharedServer
class UnreadHttp2IT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROWS = 100;
    private static final int EVENT = ROWS * 4_000;
    private static final int STREAMS = 30;
    private static final int CHANGES = 40;

    /**
     * What a server may keep: one event of the window, which all streams share, and what it needs to write to each
     * client.
     */
    private static final long MOST_KEPT = EVENT + STREAMS * 300_000L;

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private EventStream reader;

    @BeforeEach
    void a_window_of_400_kB_is_open() throws Exception {
        livespan.largeOrders(ROWS, 4_000);
        reader = livespan.openAt(may());
        assertThat(reader.next().customers()).hasSize(ROWS);
    }

    @Test
    void an_http2_client_cannot_make_the_server_keep_what_it_leaves_unread() throws Exception {
        try (var jvm = livespan.server().jvm()) {
            change("before");
            long before = jvm.heap();
            var hostile = livespan.closedAfterwards(
                    Http2Connection.open(livespan.server().context(), Integer.MAX_VALUE));
            for (int i = 0; i < STREAMS; i++) {
                hostile.get(may());
            }
            await("its window is used up, or it is not served at all")
                    .atMost(PATIENCE)
                    .until(() -> hostile.isOver() || hostile.bytes() > EVENT / 8);

            change("during");
            assertThat(jvm.heap() - before).as("more on the heap, in bytes").isLessThan(MOST_KEPT);
        }
    }

    @Test
    @DisabledOn(
            server = {Product.PAYARA_MICRO, Product.PAYARA_SERVER, Product.WILDFLY},
            because = "HTTP/2 is off there, see pre-boot.asadmin and livespan.cli")
    void an_http2_client_gets_the_newest_rows_on_each_stream_once_it_reads() throws Exception {
        var late =
                livespan.closedAfterwards(Http2Connection.open(livespan.server().context(), Integer.MAX_VALUE));
        var answers = new ArrayList<Http2Connection.Answer>();
        for (int i = 0; i < 3; i++) {
            answers.add(late.get(june()));
        }
        late.get(may());
        change("unread");
        livespan.order("Ada", "06-10");
        late.credit();

        await("each has its rows")
                .atMost(PATIENCE)
                .until(() -> answers.stream().allMatch(answer -> answer.text().contains("\"Ada\"")));
    }

    private void change(String name) throws Exception {
        for (int i = 0; i < CHANGES; i++) {
            livespan.order(name + i, "05-20");
            assertThat(reader.next().customers()).contains(name + i);
        }
    }

    private URI may() {
        return livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
    }

    private URI june() {
        return livespan.stream("startDate", livespan.day("06-01"), "endDate", livespan.day("06-30"));
    }
}
