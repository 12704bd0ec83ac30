package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Plant.PATIENCE;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** A pooler in transaction mode accepts {@code LISTEN}, but no notification ever arrives through it. */
@TakesLong
class PoolerIT {

    @RegisterExtension
    final Plant plant = new Plant();

    private Pooler pooler;

    @BeforeEach
    void a_pooler_in_front_of_the_database() throws Exception {
        pooler = plant.closedAfterwards(
                Pooler.start(plant.database(), Plant.READER, plant.database().user()));
    }

    @Test
    void a_node_that_hears_nothing_logs_it_and_is_not_ready_and_the_audit_keeps_streams_current() throws Exception {
        var node = plant.closedAfterwards(Plant.node(
                "deaf", plant.database(), "livespan.db.url=" + pooler.url(), "livespan.audit.interval=PT2S"));
        await("it tells why")
                .atMost(PATIENCE.multipliedBy(3))
                .until(() -> !node.logged("Not listening: a notification that was sent did not arrive", 0)
                        .isEmpty());
        assertThat(node.logged("Not listening", 0))
                .singleElement()
                .asString()
                .contains("PgBouncer", "livespan.listener.url");
        assertThat(node.logged("Listening on channel", 0)).isEmpty();
        assertThat(node.isReady()).isFalse();
        assertThat(node.get("/health/ready").body()).contains("did not arrive");

        var client = plant.watch(node, "readings");
        await("stale").atMost(PATIENCE).until(() -> client.told().contains("stale"));
        plant.execute("update plant.readings set note = 'not heard' where id = 1");
        plant.awaitShown(client, "plant.readings");
    }

    @Test
    void with_a_separate_url_for_the_listener_the_pool_may_go_through_the_pooler() throws Exception {
        var node = plant.closedAfterwards(Plant.node(
                        "pooled",
                        plant.database(),
                        "livespan.db.url=" + pooler.url(),
                        "livespan.listener.url=" + plant.database().url(),
                        "livespan.audit.interval=PT0S"))
                .awaitReady();
        var client = plant.watch(node, "readings");
        for (int write = 0; write < 20; write++) {
            plant.execute("update plant.readings set note = 'write " + write + "' where id = 1");
            plant.awaitShown(client, "plant.readings");
        }
        assertThat(client.told()).isEmpty();
        assertThat(node.logged("Listening on channel", 0)).hasSize(1);
    }
}
