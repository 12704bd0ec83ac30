package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** Clients that read slowly or not at all, beside others that do. The window holds 8 MB. */
@TakesLong
@OnSharedServer
class SlowClientsIT {

    private static final int ROWS = 200;
    private static final int CHANGES = 5;

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private EventStream reader;

    @BeforeEach
    void a_window_larger_than_what_the_network_buffers_is_open() throws Exception {
        livespan.largeOrders(ROWS, 40_000);
        reader = livespan.open("05-01", "05-31");
        assertThat(reader.next().customers()).hasSize(ROWS);
    }

    @Test
    void a_client_that_never_reads_harms_nobody_and_loses_its_seat() throws Exception {
        var stuck = new ArrayList<UnreadStream>();
        for (int i = 1; i < Livespan.CLIENTS / 4; i++) {
            stuck.add(livespan.closedAfterwards(UnreadStream.open(may())));
        }
        for (int i = 1; i <= CHANGES; i++) {
            livespan.order("change", "05-20");
            assertThat(reader.next().customers()).hasSize(ROWS + i);
        }

        // All seats except the reader's: so none of theirs is taken any more
        Clients.hold(Livespan.CLIENTS - 1, june()).close();
        for (var client : stuck) {
            client.readToEnd();
        }
        livespan.order("change", "05-20");
        assertThat(reader.next().customers()).hasSize(ROWS + CHANGES + 1);
    }

    @Test
    void a_client_that_reads_slowly_gets_the_newest_result_next_and_no_backlog() throws Exception {
        var slow = livespan.closedAfterwards(UnreadStream.open(may()));
        assertThat(slow.readUntil("id:")).isNotEmpty();

        for (int i = 1; i <= CHANGES; i++) {
            livespan.order("change", "05-20");
            assertThat(reader.next().customers()).hasSize(ROWS + i);
        }

        List<String> lines = slow.readUntil("id: " + reader.last().id());
        // The one that was being sent and, as the network buffers part of it, perhaps one more
        assertThat(lines).filteredOn(line -> line.startsWith("id:")).hasSizeLessThan(CHANGES - 1);
    }

    private URI may() {
        return livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"));
    }

    private URI june() {
        return livespan.stream("startDate", livespan.day("06-01"), "endDate", livespan.day("06-30"));
    }
}
