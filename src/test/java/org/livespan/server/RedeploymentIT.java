package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.appserver.DisabledOn;
import org.livespan.appserver.Product;
import org.livespan.appserver.Redeployment;
import org.livespan.appserver.ServerJvm;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/**
 * Livespan is deployed, used and undeployed ten times in one server, and leaves nothing behind there or in the
 * database.
 */
@DisabledOn(
        server = Product.LIBERTY,
        because =
                "stopped by its bean, it is not started again: Liberty's own state machine fails, interruptibleFailure")
@TakesLong
class RedeploymentIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TIMES = 10;

    /** A class of the application, which identifies its class loaders. */
    private static final String OURS = "org.livespan.stream.Clients";

    private static final String SESSIONS =
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    /** The server's own data source keeps its sessions. */
    private static final String OWN_SESSIONS = SESSIONS + " and application_name <> 'livespan'";

    private TestDatabase database;
    private Redeployment livespan;

    @BeforeEach
    void a_server_runs_without_livespan() throws Exception {
        database = TestDatabase.get().createDemoDatabase();
        livespan = TestServer.prepare("redeployment", database, "livespan.demo=true", "livespan.demo.interval=PT0S")
                .startEmpty();
        livespan.server().endingWithThisJvm();
    }

    @AfterEach
    void stop() {
        livespan.close();
        database.close();
    }

    @Test
    void no_thread_session_or_class_loader_is_left_behind() throws Exception {
        deployAndUndeploy(1);
        try (var server = livespan.server().jvm()) {
            awaitNothingLeft(server);
            long loaders = server.copies(OURS);
            int held = livespan.server().setup().held();

            for (int i = 2; i <= TIMES; i++) {
                deployAndUndeploy(i);
            }

            awaitNothingLeft(server);
            await("no class loader is left")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(server.copies(OURS)).isLessThanOrEqualTo(loaders + held));
        }
    }

    private void deployAndUndeploy(int number) throws Exception {
        livespan.deploy();
        var window = livespan.server().api().resolve("feeds/orders/stream?startDate=2001-05-01&endDate=2001-05-31");
        try (var results = Clients.hold(1, window);
                var changes = Clients.hold(1, window.resolve(window + "&mode=changes"))) {
            var reader = results.admitted().get(0);
            var follower = changes.admitted().get(0);
            assertThat(reader.next().customers()).hasSize(number - 1);
            assertThat(follower.next().customers()).hasSize(number - 1);
            insert("customer " + number);
            assertThat(reader.next().customers()).hasSize(number);
            assertThat(follower.next().customers()).containsExactly("customer " + number);

            livespan.undeploy();

            await().atMost(PATIENCE).until(() -> reader.hasEnded() && follower.hasEnded());
            assertThat(reader.hasEndedInOrder()).isTrue();
            assertThat(follower.hasEndedInOrder()).isTrue();
        }
    }

    private void awaitNothingLeft(ServerJvm server) {
        await("no thread and no session is left").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(server.threads()).noneMatch(this::isLeftBehind);
            assertThat(query(hasDataSource() ? OWN_SESSIONS : SESSIONS)).isEqualTo("0");
        });
    }

    /** A driver has its own thread, whether it is the driver of the server or ours. */
    private boolean isLeftBehind(String thread) {
        return thread.contains("livespan") || thread.contains("PostgreSQL") && !hasDataSource();
    }

    private boolean hasDataSource() {
        return livespan.server().setup().hasDataSource();
    }

    private void insert(String customer) throws Exception {
        try (var connection = database.connect()) {
            Sql.query(connection, Sql.INSERT, customer, "2001-05-10Z");
        }
    }

    private String query(String sql) throws Exception {
        try (var connection = database.connect()) {
            return Sql.query(connection, sql);
        }
    }
}
