package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients in changes mode: those that return, those that are slow, and those that ask for an invalid mode. */
@OnSharedServer
class ChangesModeClientsIT {

    /** 8 MB in total. */
    private static final int LARGE_ROWS = 200;

    /** More than the network and a server's buffers hold for a client that does not read. */
    private static final int LARGE_CHANGES = 2;

    /** More than are kept for any client. */
    private static final int CHANGES = 24;

    private static final Condition<String> SNAPSHOT = new Condition<>("snapshot"::equals, "a snapshot");

    @RegisterExtension
    final Livespan livespan = new Livespan();

    @Test
    void a_returning_client_with_the_current_result_gets_no_snapshot_but_the_next_change() throws Exception {
        livespan.order("Ada", "05-10");
        var present = livespan.openAt(may()).next();
        var back = livespan.openAt(may(), "Last-Event-ID", present.id());

        livespan.order("marker", "05-31");

        var change = back.next();
        assertThat(change.name()).isEqualTo("change");
        assertThat(change.customers()).containsExactly("marker");
        assertThat(back.events()).hasSize(1);
    }

    @Test
    void an_id_from_a_stream_of_whole_results_is_accepted_in_changes_mode() throws Exception {
        livespan.order("Ada", "05-10");
        var present = livespan.open("05-01", "05-31").next();
        var back = livespan.openAt(may(), "Last-Event-ID", present.id());

        livespan.order("marker", "05-31");

        assertThat(back.next().name()).isEqualTo("change");
    }

    @Test
    void a_returning_client_that_missed_a_change_gets_a_snapshot() throws Exception {
        livespan.order("Ada", "05-10");
        var past = livespan.openAt(may()).next();
        livespan.order("Emmy", "05-11");

        var snapshot = livespan.openAt(may(), "Last-Event-ID", past.id()).next();

        assertThat(snapshot.name()).isEqualTo("snapshot");
        assertThat(snapshot.customers()).containsExactly("Ada", "Emmy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode=changes&mode=changes", "mode=", "mode=results", "mode=CHANGES"})
    void an_invalid_or_repeated_mode_is_refused(String mode) throws Exception {
        assertProblem(
                Http.get(livespan.at("feeds/orders/stream?startDate=" + livespan.day("05-01") + "&" + mode)), 400);
    }

    @Test
    void a_client_that_falls_too_far_behind_gets_a_snapshot_instead_of_the_changes() throws Exception {
        livespan.largeOrders(LARGE_ROWS, 40_000);
        var reader = livespan.openAt(may());
        assertThat(reader.next().name()).isEqualTo("snapshot");
        var slow = livespan.closedAfterwards(UnreadStream.open(may()));
        slow.readUntil("event: snapshot");
        for (int i = 0; i < LARGE_CHANGES; i++) {
            livespan.execute("update orders set amount = amount + 1");
            assertThat(reader.next().name()).isEqualTo("change");
        }
        for (int i = 0; i < CHANGES; i++) {
            livespan.order("change", "05-20");
            assertThat(reader.next().name()).isEqualTo("change");
        }

        var lines = new ArrayList<>(List.of("event: snapshot"));
        lines.addAll(slow.readUntil("id: " + reader.last().id()));
        lines.addAll(slow.readUntil("data:"));
        var events = events(lines);

        assertThat(events.stream().map(Frame::name).toList())
                .hasSizeLessThan(CHANGES)
                .startsWith("snapshot")
                .haveExactly(2, SNAPSHOT);
        var rows = new ShownRows();
        events.forEach(rows::take);
        assertThat(rows.json()).isEqualTo(livespan.get("05-01", "05-31").body());
    }

    private static List<Frame> events(List<String> lines) {
        var events = new ArrayList<Frame>();
        var frame = new ArrayList<String>();
        for (var line : lines) {
            frame.add(line);
            if (line.startsWith("data:")) {
                events.add(new Frame(List.copyOf(frame)));
                frame.clear();
            }
        }
        return events;
    }

    private URI may() {
        return livespan.stream("startDate", livespan.day("05-01"), "endDate", livespan.day("05-31"), "mode", "changes");
    }
}
