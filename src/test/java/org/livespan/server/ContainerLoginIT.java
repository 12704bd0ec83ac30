package org.livespan.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.appserver.User;
import org.livespan.database.TestDatabase;
import org.livespan.security.Issuer;

/** Who may look at what, where the server itself authenticates callers: here by HTTP Basic, as docs/login.md configures it. */
class ContainerLoginIT {

    private static final User ADA = new User("Ada", "difference", "sales");
    private static final User GRACE = new User("Grace", "nanosecond", "support");
    private static final String SPAN = "?startDate=2001-05-01&endDate=2001-05-31";

    private static TestDatabase database;
    private static ServerProcess server;

    @BeforeAll
    static void a_server_with_two_users() throws Exception {
        database = TestDatabase.get().createDemoDatabase();
        execute(
                "insert into orders (customer, amount, created_at) values ('Ada', 1, '2001-05-10Z'), ('Grace', 2, '2001-05-10Z')",
                "create table notes (id int primary key, day date, author text)",
                "insert into notes values (1, '2001-05-10', 'Ada'), (2, '2001-05-10', 'Grace')",
                "select livespan.watch('notes', 'day')");
        var setup = TestServer.prepare(
                "container",
                database,
                "livespan.demo=true",
                "livespan.demo.interval=PT0S",
                "livespan.security=container",
                "livespan.limits.clients-per-user=1",
                "livespan.feeds.orders.roles=admin,sales",
                "livespan.feeds=notes",
                "livespan.feeds.notes.table=public.notes",
                "livespan.feeds.notes.date-column=day",
                "livespan.feeds.notes.key=id",
                "livespan.feeds.notes.where=author=claim:name");
        setup.prepare(ADA, GRACE);
        server = TestServer.launch(setup);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static void execute(String... statements) throws Exception {
        try (var connection = database.connect()) {
            Sql.execute(connection, statements);
        }
    }

    private static URI feed(String pathAndQuery) {
        return server.api().resolve("feeds" + pathAndQuery);
    }

    private static String password(User user) {
        return password(user.name() + ":" + user.password());
    }

    private static String password(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private static HttpResponse<String> get(User user, String pathAndQuery) throws Exception {
        return Http.get(feed(pathAndQuery), "Authorization", password(user));
    }

    private static void assertAsksForLogin(HttpResponse<String> answer) {
        assertProblem(answer, 401);
        assertThat(answer.body()).contains("problems.html#login-required", "/livespan/login");
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .singleElement()
                .asString()
                .startsWith("Basic ");
    }

    @Test
    void whoever_does_not_log_in_gets_401_whatever_they_ask_for() throws Exception {
        for (String path : List.of("", "/orders", "/orders/stream", "/none", "/orders?startDate=x")) {
            assertAsksForLogin(Http.get(feed(path)));
            assertAsksForLogin(Http.get(
                    feed(path), "Authorization", "Bearer " + Issuer.rsa("one").token("Ada", "sales")));
            assertAsksForLogin(Http.get(feed(path), "Authorization", password("Ada:nanosecond")));
        }
        assertThat(Http.get(server.context().resolve("index.html")).statusCode())
                .isEqualTo(200);
    }

    /** The server must not keep its body, in order to repeat it after the login. */
    @Test
    void a_request_that_would_write_is_refused_without_asking_the_server() throws Exception {
        var post = HttpRequest.newBuilder(feed("/orders"))
                .POST(HttpRequest.BodyPublishers.ofString("a=b"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());
        assertProblem(answer, 401);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void roles_are_those_of_the_server() throws Exception {
        assertThat(get(ADA, "").body()).contains("\"orders\"", "\"notes\"");
        assertThat(get(GRACE, "").body()).doesNotContain("\"orders\"").contains("\"notes\"");
        assertThat(get(ADA, "/orders" + SPAN).body()).contains("Ada", "Grace");
        assertProblem(get(GRACE, "/orders" + SPAN), 403);
        assertProblem(get(GRACE, "/orders/stream" + SPAN), 403);
        assertProblem(get(GRACE, "/none"), 404);
    }

    @Test
    void the_only_claim_is_the_name() throws Exception {
        assertThat(get(ADA, "/notes" + SPAN).body())
                .isEqualTo("[{\"id\":1,\"day\":\"2001-05-10\",\"author\":\"Ada\"}]");
        assertThat(get(GRACE, "/notes" + SPAN).body())
                .isEqualTo("[{\"id\":2,\"day\":\"2001-05-10\",\"author\":\"Grace\"}]");
    }

    @Test
    void a_stream_shows_its_user_only_what_is_theirs_and_counts_for_them() throws Exception {
        var stream = feed("/notes/stream" + SPAN + "&mode=changes");
        try (var ada = EventStream.open(stream, "Authorization", password(ADA))) {
            assertThat(ada.next().data()).contains("Ada").doesNotContain("Grace");
            assertProblem(Http.get(stream, "Authorization", password(ADA)), 429);
            try (var grace = EventStream.open(stream, "Authorization", password(GRACE))) {
                assertThat(grace.next().data()).contains("Grace").doesNotContain("Ada");
                execute("insert into notes values (3, '2001-05-11', 'Ada')");
                assertThat(ada.next().data()).contains("\"id\":3");
                execute("update notes set author = 'Grace' where id = 3");
                assertThat(ada.next().data()).contains("\"removed\":[3]").doesNotContain("Grace");
                assertThat(grace.next().data()).contains("\"id\":3");
            }
        } finally {
            execute("delete from notes where id = 3");
        }
    }

    @Test
    void pages_of_other_sites_cannot_use_a_login() throws Exception {
        assertProblem(Http.get(feed(""), "Authorization", password(ADA), "Sec-Fetch-Site", "cross-site"), 403);
        assertProblem(Http.get(feed(""), "Authorization", password(ADA), "Origin", "https://elsewhere.example"), 403);
    }

    @Test
    void people_log_in_at_a_page_that_returns_to_the_live_page() throws Exception {
        var login = server.context().resolve("login?https://elsewhere.example");
        assertAsksForLogin(Http.get(login));
        assertAsksForLogin(Http.get(login, "Authorization", password("Grace:difference")));
        var answer = Http.get(login, "Authorization", password(ADA), "Sec-Fetch-Site", "cross-site");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(server.context()
                        .resolve(answer.headers().firstValue("Location").orElseThrow()))
                .isEqualTo(server.context().resolve("./"));
    }
}
