package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.security.SecuredServer;

/** Rows that are bound to a claim of the caller: by no road does one see what is another's. */
class TenantsIT {

    private static final int LIMIT = 50;

    private static SecuredServer server;

    /** The feed of the entities is bound to one claim, that of the table to two; two others are closed. */
    @BeforeAll
    static void a_server_whose_feeds_are_bound_to_claims() throws Exception {
        var settings = new ArrayList<>(List.of(
                "livespan.feeds=table,unreadable,unnamed",
                "livespan.feeds.orders.where=customer=claim:tenant",
                "livespan.feeds.orders.filters=customer,status",
                "livespan.feeds.table.where=customer=claim:tenant, amount=claim:org/limit",
                "livespan.feeds.table.filters=status",
                "livespan.feeds.unreadable.where=customer",
                "livespan.feeds.unnamed.where=tenant=claim:tenant",
                "livespan.limits.window-rows=" + LIMIT));
        for (String feed : List.of("table", "unreadable", "unnamed")) {
            settings.add("livespan.feeds." + feed + ".table=public.orders");
            settings.add("livespan.feeds." + feed + ".date-column=created_at");
            settings.add("livespan.feeds." + feed + ".key=id");
        }
        server = SecuredServer.start("tenants", settings.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void two_tenants() throws Exception {
        server.execute("truncate orders restart identity");
        server.order("Ada");
        server.order("Bob");
    }

    @AfterEach
    void no_log_line_has_anything_of_a_token() throws IOException {
        assertThat(server.process().log()).doesNotContain("eyJ");
    }

    private static URI at(String pathAndQuery) {
        return server.at("api/feeds/" + pathAndQuery);
    }

    private static String[] as(Object tenant) {
        return new String[] {
            "Authorization",
            "Bearer "
                    + server.issuer().token(claims -> claims.subject("somebody").claim("tenant", tenant))
        };
    }

    private static HttpResponse<String> get(String path, Object tenant) throws Exception {
        return Http.get(at(path), as(tenant));
    }

    @Test
    void each_caller_sees_the_rows_of_his_claim() throws Exception {
        assertThat(get("orders", "Ada").body()).contains("Ada").doesNotContain("Bob");
        assertThat(get("orders", "Bob").body()).contains("Bob").doesNotContain("Ada");
        assertThat(get("orders", "Eve").body()).isEqualTo("[]");
        assertThat(get("orders", List.of("Ada", "Bob")).body()).contains("Ada", "Bob");
        assertThat(get("orders", List.of()).body()).isEqualTo("[]");
        assertThat(get("orders?customer=Ada", List.of("Ada", "Bob")).body())
                .contains("Ada")
                .doesNotContain("Bob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "customer=Ada",
                "customer=Ada&customer=Bob",
                "customer=Bob&customer.is=null",
                "customer.is=notnull",
                "customer.is=null&customer.is=notnull",
                "customer.is=null",
                "status.is=null&status.is=notnull",
                "_customer=Ada",
                "customer=%41da",
                "customer=Ada%00",
                "customer=Ada%0d%0aSet-Cookie:%20a=b",
                "Customer=Ada",
                "CUSTOMER=Ada",
                "tenant=Ada",
                "claim:tenant=Ada",
                "where=customer=claim:tenant",
                "lastEventId=x&customer=Ada"
            })
    void no_parameter_widens_what_a_caller_sees(String parameters) throws Exception {
        var plain = get("orders?" + parameters, "Bob");
        assertThat(plain.body()).doesNotContain("Ada\"");
        assertThat(plain.headers().firstValue("Set-Cookie")).isEmpty();
        try (var stream = EventStream.open(at("orders/stream?" + parameters), as("Bob"))) {
            assertThat(stream.status()).isEqualTo(plain.statusCode());
            if (stream.status() == 200) {
                assertThat(stream.next().data()).isEqualTo(plain.body());
            }
        }
    }

    @Test
    void the_digest_of_anothers_rows_tells_nothing() throws Exception {
        var ada = get("orders", "Ada");
        String tag = ada.headers().firstValue("ETag").orElseThrow();
        var bob = Http.get(at("orders"), as("Bob")[0], as("Bob")[1], "If-None-Match", tag);
        assertThat(bob.statusCode()).isEqualTo(200);
        try (var stream = EventStream.open(
                at("orders/stream"), as("Bob")[0], as("Bob")[1], "Last-Event-ID", tag.replace("\"", ""))) {
            assertThat(stream.next().data()).isEqualTo(bob.body());
        }
    }

    @Test
    void a_row_that_moves_to_another_tenant_is_seen_to_go_and_nothing_else() throws Exception {
        server.order("Ada");
        try (var ada = EventStream.open(at("orders/stream?mode=changes&positions=true"), as("Ada"));
                var bob = EventStream.open(at("orders/stream?mode=changes&positions=true"), as("Bob"))) {
            ada.next();
            bob.next();
            server.execute("update orders set customer = 'Bob', amount = 4711 where id = 1");
            assertThat(ada.next().data()).isEqualTo("{\"upserted\":[],\"removed\":[1],\"after\":[]}");
            assertThat(bob.next().data()).contains("4711").endsWith("\"removed\":[],\"after\":[null]}");
            server.execute("update orders set amount = 5 where id = 3");
            assertThat(ada.next().data())
                    .as("row 2 is Bob's")
                    .contains("\"id\":3")
                    .endsWith("\"after\":[null]}");
            server.execute("update orders set amount = 6 where id = 2");
            assertThat(bob.next().data()).contains("\"id\":2").endsWith("\"after\":[1]}");
            assertThat(ada.events()).hasSize(3);
        }
    }

    @Test
    void a_window_is_limited_by_the_callers_own_rows() throws Exception {
        server.execute("insert into orders (customer, amount, created_at) select 'Ada', 1, '2001-05-11Z'"
                + " from generate_series(1, " + (LIMIT + 1) + ")");
        assertProblem(get("orders", "Ada"), 413);
        assertThat(get("orders", "Bob").body()).contains("Bob");
        try (var bob = EventStream.open(at("orders/stream"), as("Bob"))) {
            assertThat(bob.next().data()).contains("Bob");
            server.execute("update orders set amount = 2 where customer = 'Ada'");
            server.execute("update orders set amount = 3 where customer = 'Bob'");
            assertThat(bob.next().data()).contains("3");
            assertThat(bob.events()).hasSize(2);
        }
    }

    @Test
    void without_a_claim_that_can_be_compared_nothing_is_seen() throws Exception {
        for (Object claim : new Object[] {Map.of("a", 1), List.of(List.of("Ada")), List.of("Ada", Map.of()), null}) {
            assertProblem(get("orders", claim), 403);
            assertProblem(get("orders/stream", claim), 403);
            assertProblem(get("orders?startDate=nonsense", claim), 403);
            assertThat(Http.get(server.at("api/feeds"), as(claim)).body())
                    .startsWith("[")
                    .doesNotContain("orders");
        }
        assertThat(get("orders", 5).body()).isEqualTo("[]");
        assertThat(get("orders", true).body()).isEqualTo("[]");
        assertThat(get("orders", "").body()).isEqualTo("[]");
        assertThat(get("orders", "x".repeat(3_000)).body()).isEqualTo("[]");
        assertThat(get("orders", "Ada' or '1'='1").body()).isEqualTo("[]");
    }

    @Test
    void rows_may_be_bound_to_several_claims_and_to_one_that_is_found_by_its_path() throws Exception {
        server.execute("update orders set amount = 7 where customer = 'Ada'");
        for (Object limit : new Object[] {7, "7.0", 7.0, List.of(1, 7)}) {
            assertThat(limited("Ada", limit).body()).as(limit.toString()).contains("Ada");
        }
        assertThat(limited("Ada", 8).body()).isEqualTo("[]");
        assertThat(limited("Bob", 7).body()).isEqualTo("[]");
        assertProblem(limited("Ada", "seven"), 403);
        assertProblem(get("table", "Ada"), 403);
        assertProblem(
                Http.get(
                        at("table?amount=7"),
                        "Authorization",
                        "Bearer "
                                + server.issuer()
                                        .token(claims ->
                                                claims.claim("tenant", "Ada").claim("org", Map.of("limit", 7)))),
                400);
    }

    private static HttpResponse<String> limited(String tenant, Object limit) throws Exception {
        String token =
                server.issuer().token(claims -> claims.claim("tenant", tenant).claim("org", Map.of("limit", limit)));
        return Http.get(at("table"), "Authorization", "Bearer " + token);
    }

    @Test
    void a_feed_whose_binding_cannot_be_kept_is_closed_and_the_log_says_how_to_mend_it() throws Exception {
        assertProblem(get("unreadable", "Ada"), 403);
        assertProblem(get("unnamed", "Ada"), 503);
        assertThat(server.process().log())
                .contains("livespan.feeds.unreadable.where")
                .contains("has no column tenant. Set livespan.feeds.unnamed.where");
    }

    @Test
    void the_filters_of_a_feed_are_listed_but_not_what_it_is_bound_to() throws Exception {
        assertThat(Http.get(server.at("api/feeds"), as("Ada")).body())
                .contains("\"filters\":[\"customer\",\"status\"]")
                .doesNotContain("claim")
                .doesNotContain("limit");
    }

    @Test
    void a_callers_window_is_not_anothers_even_if_both_show_the_same() throws Exception {
        try (var ada = EventStream.open(at("orders/stream?status=paid"), as("Ada"));
                var bob = EventStream.open(at("orders/stream?status=paid"), as("Bob"))) {
            assertThat(ada.next()).isEqualTo(bob.next());
            server.execute("update orders set status = 'paid' where customer = 'Ada'");
            assertThat(ada.next().data()).contains("Ada");
            server.execute("update orders set status = 'paid' where customer = 'Bob'");
            assertThat(bob.next().data()).contains("Bob").doesNotContain("Ada");
            assertProblem(get("orders?status=paid", null), 403);
            assertProblem(get("orders/stream?status=paid", Map.of("Ada", "Ada")), 403);
            assertThat(get("orders?status=paid", "Eve").body()).isEqualTo("[]");
        }
    }
}
