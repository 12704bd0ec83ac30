package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Plant.PATIENCE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/** Rows of an entity are rendered by Livespan and not by the database, and so are the digests by which they are compared. */
@TakesLong
class EntityAuditIT {

    /** JSON-B does not print an amount as PostgreSQL does, so values are compared and not text. */
    private static final String SHOWN =
            "select cast(? as jsonb) @> jsonb_build_array(jsonb_build_object('id', id, 'status', status, 'amount', amount))"
                    + " from orders where id = ?";

    private static final String STREAM = "/livespan/api/feeds/orders/stream?startDate=2020-01-01&endDate=2020-12-31";

    @RegisterExtension
    final Plant plant = new Plant();

    @Test
    void silent_changes_of_an_entitys_rows_are_shown_and_logged_and_make_no_stream_stale() throws Exception {
        TestDatabase database = plant.closedAfterwards(plant.database().createDemoDatabase());
        var orders = new Readings(database);
        orders.execute(
                "alter table orders enable trigger user",
                "insert into orders (id, customer, amount, created_at)"
                        + " select 1000 + n, 'Ada', n + 0.5, timestamptz '2020-05-01Z' + n * interval '1 day'"
                        + " from generate_series(1, 20) n");
        var node = plant.closedAfterwards(Installation.startNode(
                        "entities",
                        plant.database(),
                        plant.database().port(),
                        "livespan.db.url=" + database.url(),
                        "livespan.demo=true",
                        "livespan.demo.interval=PT0S",
                        "livespan.feeds=",
                        "livespan.audit.interval=PT2S"))
                .awaitReady();
        var client = plant.closedAfterwards(Watcher.open(node.at(STREAM), null));
        await("the first result").atMost(PATIENCE).until(() -> client.shown() != null);

        for (String silent : new String[] {
            "update orders set status = 'silent' where id = 1005",
            "insert into orders (id, customer, amount, created_at)"
                    + " values (1030, 'Emmy', 1.50, '2020-12-31T22:59:59Z')",
            "update orders set created_at = created_at + interval '3 months', status = 'moved' where id = 1007"
        }) {
            orders.execute("set session_replication_role = replica", silent);
        }
        for (int id : new int[] {1005, 1030, 1007}) {
            await("row " + id).atMost(PATIENCE).until(() -> "t".equals(orders.query(SHOWN, client.shown(), id)));
        }
        orders.execute("set session_replication_role = replica", "delete from orders where id = 1005");
        await("gone").atMost(PATIENCE).until(() -> !client.shown().contains("\"id\":1005,"));
        assertThat(client.shown()).containsOnlyOnce("\"id\":1007,");
        assertThat(client.told()).as("the audit makes no stream stale").isEmpty();
        assertThat(node.logged("Rows of feed orders between 2020-", 0)).hasSizeBetween(1, 2);
    }
}
