package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Installation.PATIENCE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.appserver.Source;
import org.livespan.tool.TakesLong;

/** Two nodes on one database, one of which follows the log; clients are spread over both, and one of the nodes is killed. */
@TakesLong
class TwoNodesIT {

    private static final int CLIENTS = 10;
    private static final String FIRST = "2026-05-01 00:00+02";
    private static final String LAST = "2026-05-31 23:59+02";

    @RegisterExtension
    final Installation livespan = new Installation();

    private final List<ReturningWatcher> clients = new ArrayList<>();
    private Node other;

    @BeforeEach
    void clients_are_spread_over_two_nodes() throws Exception {
        livespan.readings().insert("2026-05-01 12:00Z");
        other = livespan.closedAfterwards(Installation.startNode(
                        "other",
                        livespan.database(),
                        livespan.network().port(),
                        Source.ofThisRun().other().setting()))
                .awaitReady();
        String stream = Installation.stream("2026-05-01", "2026-05-31");
        for (int client = 0; client < CLIENTS; client++) {
            Node first = client % 2 == 0 ? livespan.node() : other;
            Node second = client % 2 == 0 ? other : livespan.node();
            clients.add(livespan.closedAfterwards(ReturningWatcher.open(first.at(stream), second.at(stream))));
        }
        await("all were shown").atMost(PATIENCE).until(() -> clients.stream().allMatch(one -> one.shown() != null));
    }

    @Test
    void clients_of_a_killed_node_are_not_sent_again_what_they_have() throws Exception {
        assertThat(clients.stream().flatMap(one -> one.ids().stream()).distinct())
                .as("one result has one id on both nodes")
                .hasSize(1);
        other.kill();
        await("all came back")
                .atMost(PATIENCE)
                .until(() -> clients.stream()
                        .allMatch(one -> one.isAt(livespan.node().at("/"))));
        livespan.readings().insert("2026-05-02 12:00Z");

        awaitAllTrue();
        assertThat(clients).allSatisfy(one -> assertThat(one.ids()).hasSize(2).doesNotHaveDuplicates());
    }

    @Test
    void clients_miss_nothing_and_get_nothing_twice_while_writers_go_on_and_a_node_is_killed() throws Exception {
        for (int write = 0; write < 40; write++) {
            livespan.readings().insert("2026-05-03 12:00:" + (10 + write) + "Z");
            if (write == 20) {
                other.kill();
            }
        }
        awaitAllTrue();
        assertThat(clients).allSatisfy(one -> assertThat(one.ids()).doesNotHaveDuplicates());
    }

    private void awaitAllTrue() {
        await("all show what psql shows").atMost(PATIENCE).until(() -> {
            for (ReturningWatcher one : clients) {
                if (!livespan.readings().are(one.shown(), FIRST, LAST)) {
                    return false;
                }
            }
            return true;
        });
    }
}
