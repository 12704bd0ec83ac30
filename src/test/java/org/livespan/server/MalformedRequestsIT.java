package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.appserver.DisabledOn;
import org.livespan.appserver.Product;

/** Requests that break the rules of HTTP, or bypass JAX-RS: what the answers say, and what they do not. */
@OnSharedServer
class MalformedRequestsIT {

    private static final String HOST = "Host: localhost";

    @RegisterExtension
    final Livespan livespan = new Livespan();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept | a",
                "Accept | */",
                "Accept | text/html;q=x",
                "Accept-Language | ;;q",
                "Content-Type | a",
                "Content-Type | text/plain; charset"
            })
    void an_unreadable_header_is_named_and_no_warning_is_logged(String header, String value) throws Exception {
        int before = livespan.server().log().length();
        for (String path : new String[] {"feeds", "feeds/orders", "feeds/orders/stream"}) {
            var answer =
                    send("POST /livespan/api/" + path + " HTTP/1.1", HOST, header + ": " + value, "Content-Length: 0");
            problem(answer, 400);
            assertThat(answer.body()).contains(header).contains(value.replace("\"", "\\\""));
        }
        assertThat(livespan.server().troubles(before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*; q=.2, */*; q=.2", "application/json;a=\"b c\", */*;q=0.5", ""})
    void an_unusual_but_valid_accept_header_is_understood(String accept) throws Exception {
        assertThat(get("/livespan/api/feeds", "Accept: " + accept).status()).isEqualTo(200);
    }

    @Test
    @DisabledOn(server = Product.WILDFLY, because = "it refuses such an address itself, with an empty answer")
    void the_answer_to_a_badly_encoded_query_says_how_to_encode_a_percent_sign() throws Exception {
        var answer = get("/livespan/api/feeds/orders?startDate=%zz");
        problem(answer, 400);
        assertThat(answer.body()).contains("%25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "page/nothing.js", "error", "WEB-INF/web.xml"})
    void an_unknown_path_gets_a_problem_that_does_not_reveal_the_server(String path) throws Exception {
        var answer = get("/livespan/" + path);
        assertThat(answer.status()).isEqualTo(404);
        if (!path.startsWith("WEB-INF")) {
            problem(answer, 404);
        }
        assertThat(answer.body()).doesNotContainPattern("(?i)payara|undertow|srve|exception|\\bat org");
    }

    @Test
    @DisabledOn(
            server = Product.LIBERTY,
            because = "it does not end that request, and the next of the thread logs WELD-000714")
    void an_unknown_jsp_page_gets_such_a_problem_too() throws Exception {
        an_unknown_path_gets_a_problem_that_does_not_reveal_the_server("nothing.jsp");
    }

    @Test
    @DisabledOn(server = Product.LIBERTY, because = "its files are served whatever the method is")
    void an_unknown_method_for_a_file_gets_a_problem() throws Exception {
        problem(send("FOO /livespan/ HTTP/1.1", HOST), 501);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/page", "/styles", "/messages", "/lib", "/lib/chart.js"})
    void a_missing_trailing_slash_is_redirected_to_a_path_without_the_host(String directory) throws Exception {
        var answer = send("GET /livespan" + directory + " HTTP/1.1", "Host: evil.example");
        assertThat(answer.status()).isIn(301, 302);
        assertThat(answer.header("Location")).isEqualTo("/livespan" + directory + "/");
        assertThat(answer.body()).doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "index.html",
                "problems.html",
                "livespan.js",
                "page/page.js",
                "styles/base.css",
                "favicon.svg",
                "lib/chart.js/chart.umd.min.js",
                "nothing",
                "api/feeds",
                "api/feeds/orders",
                "api/feeds/orders?startDate=x",
                "api/nothing"
            })
    void every_answer_forbids_content_sniffing_and_does_not_name_the_server(String path) throws Exception {
        var answer = get("/livespan/" + path);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers()).doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void a_stream_forbids_content_sniffing_too() throws Exception {
        try (var stream = livespan.open("05-01", "05-31")) {
            stream.next();
            assertThat(stream.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    /** Payara's own metrics would fail on the application's pool. */
    @Test
    void the_servers_own_metrics_are_not_served_and_reveal_no_exception() throws Exception {
        var answer = get("/metrics");
        assertThat(answer.status()).isIn(403, 404);
        assertThat(answer.body()).doesNotContain("Exception");
    }

    private static void problem(RawHttp.Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertProblem(answer.body(), status);
    }

    private RawHttp.Answer get(String path, String... headers) throws Exception {
        var lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", HOST));
        lines.addAll(List.of(headers));
        return send(lines.toArray(String[]::new));
    }

    private RawHttp.Answer send(String... lines) throws Exception {
        return RawHttp.send(livespan.server().port(), lines);
    }
}
