package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;
import static org.livespan.server.ProblemAssert.assertRetryAfter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.security.Issuer;
import org.livespan.security.SecuredServer;

/** Who may look at what, with tokens. */
class SecurityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SKEW_SECONDS = 2;
    private static final String PORTAL = "https://portal.example";

    private static SecuredServer server;

    /** Of its feeds {@code orders} requires a role, {@code all} none, and {@code closed} one that is not named. */
    @BeforeAll
    static void a_server_that_requires_tokens() throws Exception {
        var settings = new ArrayList<>(List.of(
                "livespan.feeds=all,closed",
                "livespan.feeds.orders.roles=sales, admin",
                "livespan.feeds.closed.roles=",
                "livespan.cors.origins=" + PORTAL + ",http://localhost:3000",
                "livespan.limits.clients-per-user=2",
                "livespan.stream.heartbeat=PT1S",
                "mp.jwt.verify.clock.skew=" + SKEW_SECONDS));
        for (String feed : List.of("all", "closed")) {
            settings.add("livespan.feeds." + feed + ".table=public.orders");
            settings.add("livespan.feeds." + feed + ".date-column=created_at");
            settings.add("livespan.feeds." + feed + ".key=id");
        }
        server = SecuredServer.start("secured", settings.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void one_order() throws Exception {
        server.execute("truncate orders");
        server.order("Ada");
    }

    @AfterEach
    void no_log_line_has_anything_of_a_token() throws IOException {
        assertThat(server.process().log()).doesNotContain("eyJ", "4711-secret-claim");
    }

    private static URI at(String pathAndQuery) {
        return server.at("api/" + pathAndQuery);
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }

    private static String sales(String user) {
        return server.issuer().token(user, "sales");
    }

    private static HttpResponse<String> get(String path, String token) throws Exception {
        return Http.get(at(path), "Authorization", bearer(token));
    }

    @Test
    void without_a_token_everything_is_refused_whatever_is_asked_for() throws Exception {
        for (String path : List.of(
                "feeds",
                "feeds/orders",
                "feeds/orders/stream",
                "feeds/none",
                "feeds/none/stream",
                "feeds/orders?startDate=nonsense",
                "feeds/orders/stream?mode=nonsense&mode=twice",
                "feeds/orders?what=%FF",
                "elsewhere")) {
            var answer = Http.get(at(path));
            assertProblem(answer, 401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).as(path).contains("Bearer realm=\"livespan\"");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .contains("same-origin");
            assertThat(Http.send("HEAD", at(path)).statusCode()).isEqualTo(401);
        }
        assertThat(Http.send("POST", at("feeds/orders")).statusCode()).isEqualTo(401);
    }

    @Test
    void no_spelling_of_a_path_leads_past_the_question_for_a_token() throws Exception {
        for (String path : List.of(
                "/livespan/api/feeds/orders",
                "/livespan//api/feeds/orders",
                "//livespan/api/feeds/orders",
                "/livespan/api//feeds/orders",
                "/livespan/api;a=b/feeds/orders",
                "/livespan;a=b/api/feeds/orders",
                "/livespan/api/feeds/orders;a=b",
                "/livespan/%61pi/feeds/orders",
                "/livespan/api/%66eeds/orders",
                "/livespan/page/../api/feeds/orders",
                "/livespan/page/%2e%2e/api/feeds/orders",
                "/livespan/page/..;/api/feeds/orders",
                "/livespan/api/../api/feeds/orders",
                "/livespan/./api/feeds/orders",
                "/livespan/API/feeds/orders",
                "/livespan/api%2ffeeds/orders",
                "/livespan/api/feeds/orders/",
                "/livespan/api/feeds/ORDERS",
                "http://elsewhere.example/livespan/api/feeds/orders")) {
            for (String method : List.of("GET", "HEAD")) {
                var answer =
                        RawHttp.send(server.process().port(), method + " " + path + " HTTP/1.1", "Host: localhost");
                assertThat(answer.status()).as(method + " " + path).isNotEqualTo(200);
            }
        }
    }

    @Test
    void a_bad_token_is_refused_with_the_reason_and_nothing_of_what_is_in_it() throws Exception {
        String expired = server.issuer()
                .token(claims -> claims.subject("4711-secret-claim")
                        .expirationTime(Date.from(Instant.now().minusSeconds(SKEW_SECONDS + 2))));
        var answer = get("feeds/orders", expired);
        assertProblem(answer, 401);
        assertThat(answer.body()).contains("expired").doesNotContain("4711");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value ->
                        assertThat(value).contains("error=\"invalid_token\"", "error_description=\"The token"));
        String forged = Issuer.rsa("one").token("4711-secret-claim", "sales");
        assertProblem(get("feeds/orders", forged), 401);
        assertProblem(get("feeds/orders/stream", forged), 401);
        assertProblem(
                Http.get(at("feeds"), "Authorization", bearer(sales("ada")), "Authorization", bearer(sales("bob"))),
                401);
    }

    @Test
    void a_token_in_the_address_is_not_looked_at() throws Exception {
        for (String name : List.of("access_token", "token", "Bearer")) {
            assertProblem(Http.get(at("feeds?" + name + "=" + sales("ada"))), 401);
        }
    }

    @Test
    void a_caller_sees_the_feeds_of_his_roles_and_those_without_roles() throws Exception {
        String other = server.issuer().token("bob", "support");
        assertThat(get("feeds", sales("ada")).body()).contains("\"orders\"", "\"all\"");
        assertThat(get("feeds", other).body()).contains("\"all\"").doesNotContain("\"orders\"");
        assertThat(get("feeds/orders", sales("ada")).body()).contains("Ada");
        var all = get("feeds/all", other);
        assertThat(all.body()).contains("Ada");
        assertThat(all.headers().allValues("Cache-Control"))
                .as("a shared cache must not keep it")
                .containsExactly("private, no-cache");
        for (String path : List.of(
                "feeds/orders",
                "feeds/orders/stream",
                "feeds/orders?startDate=nonsense",
                "feeds/orders/stream?what=is%20this")) {
            assertProblem(get(path, other), 403);
            assertThat(Http.send("HEAD", at(path), "Authorization", bearer(other))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertProblem(get("feeds/none", other), 404);
    }

    @Test
    void a_feed_whose_roles_are_set_to_nothing_is_closed_and_not_open() throws Exception {
        assertProblem(get("feeds/closed", sales("ada")), 403);
        assertThat(get("feeds", sales("ada")).body()).doesNotContain("closed");
    }

    /** Such as one whose expiry was written in milliseconds. */
    @Test
    void a_token_that_is_valid_for_centuries_opens_a_stream() throws Exception {
        String token = server.issuer()
                .token(claims -> claims.subject("forever")
                        .claim("groups", List.of("sales"))
                        .expirationTime(new Date(Instant.now().toEpochMilli() * 1_000)));
        try (var stream = EventStream.open(at("feeds/orders/stream"), "Authorization", bearer(token))) {
            assertThat(stream.next().data()).contains("Ada");
        }
    }

    @Test
    void a_token_in_a_cookie_serves_pages_of_this_server_and_of_the_listed_origins_only() throws Exception {
        String cookie = "other=1; Bearer=" + sales("ada");
        assertThat(Http.get(at("feeds/orders"), "Cookie", cookie).body()).contains("Ada");
        assertThat(Http.get(at("feeds/orders"), "Cookie", cookie, "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Http.get(at("feeds/orders"), "Cookie", cookie, "Sec-Fetch-Site", "cross-site", "Origin", PORTAL)
                        .statusCode())
                .isEqualTo(200);
        for (String[] foreign : new String[][] {
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"},
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Origin", PORTAL + ".evil.example"}
        }) {
            assertProblem(Http.get(at("feeds/orders"), "Cookie", cookie, foreign[0], foreign[1]), 403);
        }
        assertThat(Http.get(at("feeds/orders"), "Authorization", bearer(sales("ada")), "Origin", "https://evil.example")
                        .statusCode())
                .as("no page has this header without the token")
                .isEqualTo(200);
    }

    @Test
    void pages_of_listed_origins_may_read_and_no_others() throws Exception {
        var preflight = Http.send(
                "OPTIONS",
                at("feeds/orders"),
                "Origin",
                PORTAL,
                "Access-Control-Request-Method",
                "GET",
                "Access-Control-Request-Headers",
                "authorization");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains(PORTAL);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(value -> assertThat(value).contains("Authorization", "Last-Event-ID"));

        for (String path : List.of("feeds", "feeds/orders")) {
            var answer = Http.get(at(path), "Origin", PORTAL, "Authorization", bearer(sales("ada")));
            assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
                    .as(path)
                    .containsExactly(PORTAL);
            assertThat(answer.headers().allValues("Vary")).asString().contains("Origin");
        }
        try (var stream = EventStream.open(
                at("feeds/orders/stream"), "Origin", PORTAL, "Authorization", bearer(sales("stream")))) {
            assertThat(stream.header("Access-Control-Allow-Origin")).isEqualTo(PORTAL);
            assertThat(stream.header("Vary")).contains("Origin", "Accept-Encoding");
        }
        var refused = Http.get(at("feeds/orders"), "Origin", PORTAL);
        assertProblem(refused, 401);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin"))
                .as("the page may read why")
                .contains(PORTAL);

        for (String origin : List.of("https://evil.example", "null", "http://portal.example", PORTAL + ":444")) {
            var answer = Http.get(at("feeds/orders"), "Origin", origin, "Authorization", bearer(sales("ada")));
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .as(origin)
                    .isEmpty();
            assertThat(answer.headers().allValues("Vary")).asString().contains("Origin");
        }
    }

    @Test
    void a_stream_ends_with_its_token_and_who_returns_with_a_new_one_misses_nothing_and_gets_nothing_twice()
            throws Exception {
        Instant end = Instant.now().plusSeconds(4);
        String brief = server.issuer()
                .token(claims -> claims.subject("brief")
                        .claim("groups", List.of("sales"))
                        .expirationTime(Date.from(end)));
        URI stream = at("feeds/orders/stream");
        String id;
        try (var first = EventStream.open(stream, "Authorization", bearer(brief))) {
            id = first.next().id();
            var error = first.next();
            assertThat(Instant.now()).isAfterOrEqualTo(end.plusSeconds(SKEW_SECONDS - 1));
            assertThat(error.name()).isEqualTo("error");
            assertProblem(error.data(), 401);
            await().atMost(PATIENCE).until(first::hasEnded);
            assertThat(first.hasEndedInOrder()).isTrue();
        }
        assertProblem(get("feeds/orders/stream", brief), 401);
        try (var next = EventStream.open(stream, "Authorization", bearer(sales("brief")), "Last-Event-ID", id)) {
            server.order("Next");
            assertThat(next.next().data()).contains("Next");
            assertThat(next.events()).hasSize(1);
        }
    }

    @Test
    void a_user_with_as_many_streams_as_one_may_have_is_told_to_wait() throws Exception {
        URI stream = at("feeds/orders/stream");
        try (var one = EventStream.open(stream, "Authorization", bearer(sales("many")));
                var two = EventStream.open(stream, "Authorization", bearer(sales("many")))) {
            one.next();
            two.next();
            var refused = get("feeds/orders/stream", sales("many"));
            assertProblem(refused, 429);
            assertRetryAfter(refused.headers());
            try (var other = EventStream.open(stream, "Authorization", bearer(sales("another")))) {
                assertThat(other.next().data()).contains("Ada");
            }
        }
        try (var again = EventStream.open(stream, "Authorization", bearer(sales("many")))) {
            assertThat(again.status()).as("the two are gone").isEqualTo(200);
        }
    }

    @Test
    void the_page_and_the_health_checks_need_no_token() throws Exception {
        assertThat(Http.get(server.at("index.html")).statusCode()).isEqualTo(200);
        assertThat(Http.get(server.at("livespan.js")).statusCode()).isEqualTo(200);
        assertThat(Http.get(server.process().health("ready")).statusCode()).isEqualTo(200);
    }
}
