package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that are narrowed by the values of columns. */
class FilterIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static FilteredServer server;

    @BeforeAll
    static void start() throws Exception {
        server = FilteredServer.start("filters", "livespan.limits.window-rows=100");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void rows() throws Exception {
        server.execute("truncate tagged", "truncate orders restart identity", """
                insert into tagged values
                (1, '2001-05-10', 'new', 'Ada', 1.00, 'sad', '11111111-1111-1111-1111-111111111111', 'AB', 'ab',
                 '{1,2}', true, '2001-05-10 12:00+02', row(1, 'x'), '1 month', 'a,b', null),
                (2, '2001-05-10', 'paid', 'ada', 1.5, 'ok', '22222222-2222-2222-2222-222222222222', 'CD', 'abcd',
                 '{}', false, '2001-05-10 10:00:00.5Z', row(null, null), '30 days', '', null),
                (3, '2001-05-11', null, null, null, null, null, null, null, null, null, null, null, null, null, null),
                (4, '2001-05-12', '', 'Émile', 1.005, 'happy', null, null, null, null, null, null, null, null, ':x ?1 $', 'n')""");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void shows(String parameters, String where) throws Exception {
        var answer = server.get("tagged?" + parameters);
        assertThat(answer.statusCode()).as(parameters + ": " + answer.body()).isEqualTo(200);
        assertThat(answer.body()).as(parameters).isEqualTo(server.rows("tagged", "day", where));
        try (var stream = EventStream.open(server.at("tagged/stream?" + parameters))) {
            var first = stream.next();
            assertThat(first.data()).as(parameters).isEqualTo(answer.body());
            assertThat(answer.headers().firstValue("ETag")).as(parameters).contains('"' + first.id() + '"');
            assertThat(server.get("tagged?" + parameters).body())
                    .as("from held rows: " + parameters)
                    .isEqualTo(answer.body());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "status=new; id = 1",
                "status=new&status=paid; id in (1, 2)",
                "status=NEW; false",
                "status=; id = 4",
                "status=new&customer=ADA; id = 1",
                "customer=ada; id in (1, 2)",
                "customer=%C3%A9mile; id = 4",
                "amount=1; id = 1",
                "amount=1.0; id = 1",
                "amount=15e-1; id = 2",
                "amount=1.005; false",
                "amount=1.01; id = 4",
                "mood=ok&mood=happy; id in (2, 4)",
                "ref=11111111111111111111111111111111; id = 1",
                "ref=%7B22222222-2222-2222-2222-222222222222%7D; id = 2",
                "code=AB; id = 1",
                "code=toolong; false",
                "fixed=ab; id = 1",
                "fixed=ab%20%20%20%20%20; id = 1",
                "tags=%7B1,2%7D; id = 1",
                "tags=%7B%7D; id = 2",
                "flag=yes; id = 1",
                "flag=f; id = 2",
                "at=2001-05-10T10:00:00; id = 1",
                "at=2001-05-10%2012:00:00.5%2B02; id = 2",
                "pair=(1,x); id = 1",
                "pair.is=null; id in (3, 4)",
                "length=1%20mon; id in (1, 2)",
                "status.is=null; id = 3",
                "status.is=notnull; id in (1, 2, 4)",
                "status.is=null&status=new; id in (1, 3)",
                "status.is=null&status.is=notnull; true",
                "status.is=null&customer.is=notnull; false",
                "_proxy=1&status=new; id = 1"
            })
    void a_window_shows_the_rows_whose_columns_are_equal_as_postgresql_compares_them(String parameters, String where)
            throws Exception {
        shows(parameters, where);
    }

    @Test
    void a_value_is_one_value_whatever_it_contains() throws Exception {
        String name = encoded("Odd, name");
        shows(name + "=a,b", "id = 1");
        shows(name + "=", "id = 2");
        shows(name + "=" + encoded(":x ?1 $"), "id = 4");
        shows(name + "=" + encoded("\"}{,\\'"), "false");
        shows(name + "=" + encoded("'; drop table tagged; --"), "false");
        shows(name + ".is=notnull", "id in (1, 2, 4)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount=one",
                "amount=1e200000",
                "mood=angry",
                "ref=1",
                "tags=1,2",
                "flag=perhaps",
                "at=yesterday%20noonish",
                "at=2001-02-30",
                "amount=",
                "status=%00",
                "status.is=empty",
                "status.is=",
                "Status=new",
                "note=n",
                "status.IS=null",
                "note.is=null",
                "id=1",
                "window=x",
                "startDate=2001-01-01&startDate=2001-01-02"
            })
    void a_parameter_that_cannot_be_understood_is_refused(String parameters) throws Exception {
        assertProblem(server.get("tagged?" + parameters), 400);
        assertProblem(server.get("tagged/stream?" + parameters), 400);
        assertThat(Http.send("HEAD", server.at("tagged?" + parameters)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_is_refused_is_named() throws Exception {
        assertThat(server.get("tagged?amount=one").body()).contains("'one'", "amount", "numeric");
        assertThat(server.get("tagged?amount=11&amount=12&amount=thirteen&amount=14")
                        .body())
                .contains("'thirteen'", "amount", "numeric");
        assertThat(server.get("tagged?nonsense=1").body()).contains("'nonsense'", "status", "status.is", "startDate");
        assertProblem(server.get("tagged?" + "status=x&".repeat(101)), 400);
        assertProblem(server.get("tagged?status=" + "x".repeat(1_001)), 400);
    }

    @Test
    void the_list_of_feeds_names_their_filters() throws Exception {
        assertThat(Http.get(server.process().context().resolve("api/feeds")).body())
                .contains("\"filters\":[\"status\",\"customer\",\"amount\",\"created_at\"]")
                .contains("\"Odd, name\"]");
    }

    @Test
    void clients_that_ask_for_the_same_in_another_order_or_another_spelling_share_a_window() throws Exception {
        try (var one = EventStream.open(server.at("tagged/stream?customer=ada&amount=1.5&amount=1"));
                var other = EventStream.open(server.at("tagged/stream?amount=1.0&customer=ADA&amount=1.50"))) {
            assertThat(one.next()).isEqualTo(other.next());
        }
    }

    /** Nothing is told of what it changed to. */
    @Test
    void a_row_whose_value_changes_leaves_one_window_and_comes_to_another() throws Exception {
        try (var fresh = EventStream.open(server.at("tagged/stream?status=new&mode=changes&positions=true"));
                var paid = EventStream.open(server.at("tagged/stream?status=paid&mode=changes&positions=true"));
                var sent = EventStream.open(server.at("tagged/stream?status=sent"))) {
            fresh.next();
            paid.next();
            assertThat(sent.next().data()).isEqualTo("[]");
            server.execute("update tagged set status = 'paid' where id = 1");
            assertThat(fresh.next().data()).isEqualTo("{\"upserted\":[],\"removed\":[1],\"after\":[]}");
            assertThat(paid.next().data()).contains("\"id\":1,").endsWith("\"removed\":[],\"after\":[null]}");
            server.execute("update tagged set status = 'paid', day = '2001-05-11' where id = 3");
            assertThat(paid.next().data()).contains("\"id\":3,").endsWith("\"after\":[2]}");
            server.execute("update tagged set note = 'x' where status is distinct from 'sent'");
            assertThat(paid.next().data()).contains("\"id\":1,", "\"id\":2,", "\"id\":3,");
            server.execute("update tagged set status = 'sent' where id = 4");
            assertThat(sent.next().data()).contains("\"id\":4");
            assertThat(fresh.events()).as("nothing else concerned it").hasSize(2);
        }
    }

    @Test
    void a_column_that_is_equal_in_another_spelling_keeps_its_row_in_the_window() throws Exception {
        try (var ada = EventStream.open(server.at("tagged/stream?customer=ada&mode=changes"))) {
            ada.next();
            server.execute("update tagged set customer = 'ADA' where id = 1");
            assertThat(ada.next().data()).contains("\"customer\":\"ADA\"").endsWith("\"removed\":[]}");
            server.execute("update tagged set customer = 'aDa', amount = 7 where id = 2");
            assertThat(ada.next().data()).contains("\"aDa\"").endsWith("\"removed\":[]}");
            server.execute("update tagged set customer = 'Adam' where id = 2");
            assertThat(ada.next().data()).isEqualTo("{\"upserted\":[],\"removed\":[2]}");
        }
    }

    @Test
    void a_filtered_window_is_limited_by_its_own_rows() throws Exception {
        server.execute(
                "insert into tagged (id, day, status) select g, '2001-06-01', 's' || g % 10 from generate_series(100, 499) g");
        assertProblem(server.get("tagged"), 413);
        assertThat(server.get("tagged?status=s1").statusCode()).isEqualTo(200);
        try (var stream = EventStream.open(server.at("tagged/stream?status=s1"))) {
            assertThat(stream.next().data()).isEqualTo(server.rows("tagged", "day", "status = 's1'"));
            server.execute(
                    "insert into tagged (id, day, status) select g, '2001-06-02', 's2' from generate_series(1000, 1200) g");
            server.execute("update tagged set note = 'x' where id = 101");
            assertThat(stream.next().data()).contains("\"x\"");
            server.execute(
                    "insert into tagged (id, day, status) select g, '2001-06-02', 's1' from generate_series(2000, 2200) g");
            var error = stream.next();
            assertThat(error.name()).isEqualTo("error");
            assertProblem(error.data(), 413);
        }
    }

    @Test
    void entities_are_filtered_as_tables_are() throws Exception {
        server.execute("""
                insert into orders (customer, amount, status, created_at)
                select (array['Ada', 'Emmy'])[1 + g % 2], g, (array['new', 'paid', 'sent'])[1 + g % 3],
                       timestamptz '2001-05-10Z' + g % 3 * interval '1 day' from generate_series(1, 30) g""");
        String parameters = "customer=Ada&status=new&status=paid";
        String where = "customer = 'Ada' and status in ('new', 'paid')";
        List<String> ids = ids(server.rows("orders", "created_at", where));
        assertThat(ids).hasSizeGreaterThan(5);
        var plain = server.get("orders?" + parameters);
        assertThat(plain.statusCode()).as(plain.body()).isEqualTo(200);
        assertThat(ids(plain.body())).isEqualTo(ids);
        var all = server.get("orders");
        assertThat(JsonText.pieces(all.body())).containsAll(JsonText.pieces(plain.body()));
        try (var stream = EventStream.open(server.at("orders/stream?" + parameters));
                var changes = EventStream.open(server.at("orders/stream?mode=changes&" + parameters))) {
            assertThat(stream.next().data()).isEqualTo(plain.body());
            changes.next();
            server.execute("update orders set customer = 'Emmy' where id = " + ids.get(0));
            assertThat(ids(stream.next().data())).isEqualTo(ids.subList(1, ids.size()));
            assertThat(changes.next().data()).isEqualTo("{\"upserted\":[],\"removed\":[" + ids.get(0) + "]}");
        }
        assertThat(ids(server.get("orders?created_at=2001-05-11T00:00:00Z").body()))
                .isEqualTo(ids(server.rows("orders", "created_at", "created_at = '2001-05-11Z'")));
        assertProblem(server.get("orders?amount=much"), 400);
        assertProblem(server.get("orders?createdAt=2001-05-11"), 400);
    }

    private static List<String> ids(String json) {
        return JsonText.pieces(json).stream()
                .map(row -> JsonText.member(row, "id"))
                .toList();
    }

    @Test
    void after_a_filter_column_is_altered_clients_reconnect_and_see_the_rows_as_they_are_compared_then()
            throws Exception {
        try (var stream = EventStream.open(server.at("tagged/stream?status=NEW"))) {
            assertThat(stream.next().data()).isEqualTo("[]");
            server.execute("alter table tagged alter column status type text collate caseless");
            try {
                await().atMost(PATIENCE).until(stream::hasEnded);
                await().atMost(PATIENCE)
                        .until(() ->
                                server.get("tagged?status=NEW").body().equals(server.rows("tagged", "day", "id = 1")));
            } finally {
                server.execute("alter table tagged alter column status type text collate \"default\"");
                await().atMost(PATIENCE)
                        .until(() -> server.get("tagged?status=NEW").body().equals("[]"));
            }
        }
    }
}
