package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.livespan.server.ProblemAssert.assertProblem;

import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How invalid requests are answered: the same for plain requests and streams. */
@OnSharedServer
class ProblemsIT {

    private static final Pattern TYPE = Pattern.compile("\"type\":\"([^\"#]+)#([^\"]+)\"");

    @RegisterExtension
    final Livespan livespan = new Livespan();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "1",
                "NaN",
                "20261101",
                "2026-1-1",
                "2026-13-01",
                "2026-02-30",
                "2025-02-29",
                "01.11.2026",
                "2026-11-01T08:00:00",
                "2026-11-01 08:00:00Z",
                "2026-11-01T24:00:01Z",
                "2026-11-01T08:60:00Z",
                "2026-11-01T08:00:00+25:00",
                "2026-11-01T08:00:00+1",
                "2026-11-01T08:00:00[Europe/Berlin]",
                "2026-11-01T08:00:00.1234567Z",
                "2026-11-01Z",
                "-5000-01-01",
                "+300000-01-01",
                "+999999999-12-31T00:00:00Z",
                "\uFF12\uFF10\uFF12\uFF16-11-01",
                "'; drop table orders; --",
                " ",
                ""
            })
    void an_invalid_date_is_refused_with_the_name_of_its_parameter(String date) throws Exception {
        for (var parameter : new String[] {"startDate", "endDate"}) {
            refused(parameter, Http.query(parameter, date));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "startDate, startDate=2026-11-02&endDate=2026-11-01",
        "startDate, startDate=2026-11-01T00:00:00.000001Z&endDate=2026-11-01T00:00:00Z",
        "startDate, startDate=2026-11-02&endDate=2026-11-01T23:59:59Z",
        "startDate, startDate=2026-11-01&startDate=2026-11-01",
        "endDate, endDate=2026-11-01&endDate=2026-11-02",
        "zone, zone=UTC&zone=UTC",
        "startDate, startDate",
        "zone, zone=Europe/Atlantis",
        "zone, zone=",
        "zone, zone=%2B01:00",
        "zone, zone=europe/berlin"
    })
    void an_invalid_parameter_is_refused_with_its_name(String named, String query) throws Exception {
        refused(named, "?" + query);
    }

    @Test
    void a_parameter_given_ten_times_is_refused_with_that_number() throws Exception {
        refused("10 times", "?startDate=2026-11-01" + "&startDate=2026-11-02".repeat(9));
    }

    @ParameterizedTest
    @CsvSource({"mode, mode=nonsense", "mode, mode=", "mode, mode=CHANGES", "lastEventId, lastEventId=a&lastEventId=b"})
    void an_invalid_parameter_of_a_stream_is_refused_with_its_name_too(String named, String query) throws Exception {
        var answer = Http.get(livespan.at("feeds/orders/stream?" + query));
        assertProblem(answer, 400);
        assertThat(answer.body()).contains(named);
    }

    @Test
    void an_unknown_feed_gets_a_problem_that_names_it() throws Exception {
        for (var address :
                new String[] {"feeds/invoices", "feeds/invoices/stream", "feeds/Orders", "feeds/orders%20"}) {
            assertProblem(Http.get(livespan.at(address)), 404);
        }
        assertThat(Http.get(livespan.at("feeds/invoices")).body()).contains("invoices");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "application.wadl", "feeds/orders/nothing", "feeds/orders/stream/nothing"})
    void an_unknown_address_gets_a_problem_too(String path) throws Exception {
        assertProblem(Http.get(livespan.at(path)), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void a_method_that_does_not_read_is_refused_with_the_allowed_ones(String method) throws Exception {
        for (var path : new String[] {"feeds", "feeds/orders", "feeds/orders/stream"}) {
            var answer = Http.send(method, livespan.at(path));
            assertProblem(answer, 405);
            assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"feeds", "feeds/orders", "feeds/orders/stream"})
    void an_options_request_gets_the_allowed_methods_and_hides_the_implementation(String path) throws Exception {
        var answer = Http.send("OPTIONS", livespan.at(path));
        assertThat(answer.statusCode()).isIn(200, 204);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
        assertThat(answer.body()).doesNotContainIgnoringCase("jersey").doesNotContainIgnoringCase("wadl");
    }

    @ParameterizedTest
    @CsvSource({"feeds, text/html", "feeds/orders, text/event-stream", "feeds/orders/stream, application/json"})
    void a_406_problem_names_the_available_media_types(String path, String accepted) throws Exception {
        var answer = Http.get(livespan.at(path), "Accept", accepted);
        assertProblem(answer, 406);
        assertThat(answer.body()).contains("application/json", "text/event-stream");
    }

    @Test
    void a_problem_must_not_be_stored_and_its_type_links_to_its_explanation() throws Exception {
        var answer = Http.get(livespan.rows("startDate", "yesterday"));
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");

        var type = TYPE.matcher(answer.body());
        assertThat(type.find()).isTrue();
        var page = Http.get(livespan.at(type.group(1)));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("id=\"" + type.group(2) + "\"");
    }

    @Test
    void a_problem_repeats_only_the_beginning_of_a_long_value() throws Exception {
        String longText = "2".repeat(7_000);
        for (URI address : new URI[] {
            livespan.rows("startDate", longText),
            livespan.rows("zone", longText),
            livespan.at("feeds/orders/stream?mode=" + longText),
            livespan.at("feeds/orders/stream?timing=" + longText),
            livespan.at("feeds/" + longText)
        }) {
            var answer = Http.get(address);
            assertThat(answer.statusCode()).isBetween(400, 404);
            assertThat(answer.body()).hasSizeLessThan(600).contains("'2222", "7000 characters");
        }
    }

    @Test
    void a_value_is_repeated_as_text_and_cannot_change_the_json_of_the_problem() throws Exception {
        var answer = Http.get(livespan.rows("startDate", "\",\"status\":200,\"x\":\"\n"));
        assertProblem(answer, 400);
        assertThat(livespan.query("select cast(? as jsonb) ->> 'status'", answer.body()))
                .isEqualTo("400");
    }

    private void refused(String named, String query) throws Exception {
        for (URI address :
                new URI[] {livespan.at("feeds/orders" + query), livespan.at("feeds/orders/stream" + query)}) {
            var answer = Http.get(address);
            assertProblem(answer, 400);
            assertThat(answer.body()).contains(named);
        }
    }
}
