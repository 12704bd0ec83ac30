package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.livespan.appserver.Product;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.ServerSetup;
import org.livespan.appserver.TestServer;
import org.livespan.database.FileTree;
import org.livespan.database.TestDatabase;
import org.livespan.security.Issuer;
import org.livespan.tool.TakesLong;

/** What an administrator forgets or mistypes is logged in one line that says where it is set. */
@TakesLong
class BadSetupIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private ServerProcess server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_wrong_password_is_logged_once_with_the_setting_it_comes_from() throws Exception {
        try (var role = GuardedRole.create(TestDatabase.get())) {
            launch(prepare("wrong-password", "livespan.db.user=" + role.name(), "livespan.db.password=wrong"));
            server.awaitAnswer();

            // Only the listener's line: a server's pool that is used at the same moment may log the failure too
            assertThat(awaitLines("Not listening"))
                    .singleElement()
                    .asString()
                    .contains(
                            "password authentication failed for user \"" + role.name() + "\"", "livespan.db.password");
            assertProblem(Http.get(server.api().resolve("feeds/orders")), 503);
        }
    }

    @Test
    void http2_is_refused_and_logged_once_where_the_server_does_not_bound_it() throws Exception {
        var setup = prepare("http2-left-on");
        assumeThat(setup.product()).as("Micro's is set by a file of its own").isEqualTo(Product.PAYARA_MICRO);
        Path commands = setup.directory().resolve("pre-boot.asadmin");
        Files.writeString(commands, Files.readString(commands).replaceAll("set .*http2-enabled=false", ""));
        launch(setup);
        server.awaitAnswer();

        try (var client = Http2Connection.open(server.context(), 1 << 16)) {
            for (String path : List.of("feeds/orders/stream", "feeds/orders", "feeds")) {
                var answer = client.get(server.api().resolve(path));
                await("an answer").atMost(PATIENCE).until(answer::hasEnded);
                assertProblem(answer.text(), 505);
                assertThat(answer.text()).contains("Use HTTP/1.1");
            }
        }
        assertThat(awaitLines("livespan.http2")).hasSize(1);
        assertThat(Http.get(server.api().resolve("feeds")).statusCode()).isEqualTo(200);
    }

    @Test
    void tokens_without_a_key_and_a_feed_that_cannot_be_kept_as_it_is_set_are_logged_and_closed() throws Exception {
        launch(prepare("no-key", "livespan.security=jwt", "livespan.feeds.orders.where=customer"));
        server.awaitAnswer();
        assertThat(awaitLines("mp.jwt.verify.publickey"))
                .singleElement()
                .asString()
                .contains("No token is accepted", "mp.jwt.verify.publickey.location");
        assertThat(awaitLines("livespan.feeds.orders.where"))
                .singleElement()
                .asString()
                .contains("Feed orders is closed");
        String token = Issuer.rsa("one").token("ada", "sales");
        assertProblem(Http.get(server.api().resolve("feeds"), "Authorization", "Bearer " + token), 401);
    }

    @Test
    void roles_that_nobody_can_have_close_their_feed_and_are_logged() throws Exception {
        launch(prepare("roles-of-nobody", "livespan.feeds.orders.roles=sales"));
        server.awaitAnswer();
        assertThat(awaitLines("livespan.feeds.orders.roles"))
                .singleElement()
                .asString()
                .contains("Feed orders is closed", "livespan.security");
        assertThat(awaitLines("livespan.security=none")).hasSize(1);
        assertProblem(Http.get(server.api().resolve("feeds/orders")), 403);
        assertThat(Http.get(server.api().resolve("feeds")).body()).isEqualTo("[]");
    }

    @Test
    void a_filter_that_cannot_be_one_is_logged_by_name_and_its_feed_is_closed() throws Exception {
        launch(prepare("bad-filters", "livespan.feeds.orders.filters=status,nothing"));
        server.awaitAnswer();
        assertThat(awaitLines("livespan.feeds.orders.filters"))
                .singleElement()
                .asString()
                .contains("public.orders has no column nothing. Set livespan.feeds.orders.filters to", "status");
        assertProblem(Http.get(server.api().resolve("feeds/orders")), 503);
        assertProblem(Http.get(server.api().resolve("feeds/orders?status=new")), 503);
    }

    @Test
    void a_missing_data_source_is_logged_with_the_file_that_configures_it() throws Exception {
        var setup = prepare("no-data-source");
        if (setup.product() == Product.LIBERTY) {
            cut(setup.directory().resolve("servers/livespan/server.xml"), "<dataSource ", "</dataSource>");
            launch(setup);
            assertThatLivespanSays("server.xml", "jdbc/livespan binding");
        } else {
            assumeThat(setup.product()).as("Payara's is in the WAR").isEqualTo(Product.WILDFLY);
            cut(
                    setup.directory().resolve("standalone/configuration/standalone.xml"),
                    "<datasource jta",
                    "</datasource>");
            launch(setup);
            assertThat(awaitLines("WFLYCTL0412"))
                    .singleElement()
                    .asString()
                    .contains("java.jboss.datasources.livespan");
        }
    }

    @Test
    void a_missing_driver_is_logged_with_the_file_that_configures_it() throws Exception {
        var setup = prepare("no-driver");
        if (setup.product() == Product.LIBERTY) {
            FileTree.delete(setup.directory().resolve("servers/livespan/lib"));
            launch(setup);
            assertThatLivespanSays("server.xml", "There is no class org.postgresql");
        } else {
            assumeThat(setup.product()).as("Payara's is in the WAR").isEqualTo(Product.WILDFLY);
            FileTree.delete(setup.directory().resolve("standalone/modules"));
            launch(setup);
            assertThat(awaitLines("WFLYJCA0115")).singleElement().asString().contains("org.postgresql.jdbc");
        }
    }

    private static ServerSetup prepare(String name, String... settings) throws IOException {
        var setup = TestServer.prepare(name, TestDatabase.get(), "livespan.demo=true")
                .settings(settings);
        setup.prepare();
        return setup;
    }

    private void launch(ServerSetup setup) throws IOException {
        server = setup.launch().endingWithThisJvm();
    }

    private static void cut(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(from);
        int end = text.indexOf(to, begin) + to.length();
        Files.writeString(file, text.substring(0, begin) + text.substring(end));
    }

    /** Before any client asks; one that does gets 503, and no stack trace hides the line. */
    private void assertThatLivespanSays(String... what) throws Exception {
        server.awaitAnswer();
        assertThat(awaitLines("The feeds cannot be read"))
                .singleElement()
                .asString()
                .contains(what);
        assertProblem(Http.get(server.api().resolve("feeds/orders")), 503);
        assertThat(server.troubles(0)).noneMatch(line -> line.stripLeading().startsWith("at "));
    }

    /** The lines of the log that contain this text, as soon as there are any. */
    private List<String> awaitLines(String text) {
        return await().atMost(PATIENCE).until(() -> lines(text), lines -> !lines.isEmpty());
    }

    private List<String> lines(String text) throws IOException {
        return server.log().lines().filter(line -> line.contains(text)).toList();
    }
}
