package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The {@code ETag} of a result is its digest, and spares a client that has the result a second copy (RFC 9110, 13.1.2).
 */
@OnSharedServer
class EntityTagIT {

    @RegisterExtension
    final Livespan livespan = new Livespan();

    private String tag;

    @BeforeEach
    void an_order_exists_and_the_tag_of_its_window_is_known() throws Exception {
        livespan.order("Ada", "05-01");
        tag = tag(livespan.get("05-01", "05-02"));
    }

    @Test
    void the_tag_is_strong_and_the_result_must_be_revalidated() throws Exception {
        var answer = livespan.get("05-01", "05-02");

        assertThat(tag(answer)).isEqualTo(tag).matches("\"[^\"]+\"");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "*", "\"another\", %s", "W/\"another\",W/%s, \"one more\""})
    void a_client_that_has_the_result_gets_304_without_a_body(String condition) throws Exception {
        var answer = get("If-None-Match", condition.formatted(tag));

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(tag(answer)).isEqualTo(tag);
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-cache");
    }

    @Test
    void a_head_request_gets_the_headers_of_the_result_without_a_body() throws Exception {
        var answer =
                Http.send("HEAD", livespan.rows("startDate", livespan.day("05-01"), "endDate", livespan.day("05-02")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(tag(answer)).isEqualTo(tag);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-cache");
        assertThat(answer.headers().firstValue("Content-Length"))
                .contains(Integer.toString(livespan.get("05-01", "05-02").body().length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"another\"", "W/\"another\", \"one more\"", "\"\""})
    void a_client_that_has_another_result_gets_the_current_one(String condition) throws Exception {
        var answer = get("If-None-Match", condition);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Rows.customers(answer.body())).containsExactly("Ada");
    }

    @Test
    void the_tag_is_the_id_that_a_stream_sends_for_the_same_window() throws Exception {
        var event = livespan.open("05-01", "05-02").next();

        assertThat('"' + event.id() + '"').isEqualTo(tag);
        assertThat(event.data()).isEqualTo(livespan.get("05-01", "05-02").body());
    }

    @Test
    void the_tag_changes_with_the_rows_and_returns_with_them() throws Exception {
        livespan.execute("update orders set status = 'paid' where created_at = '" + livespan.day("05-01 12:00Z") + "'");
        assertThat(get("If-None-Match", tag).statusCode()).isEqualTo(200);

        livespan.execute("update orders set status = 'new' where created_at = '" + livespan.day("05-01 12:00Z") + "'");
        assertThat(get("If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void the_same_rows_between_other_dates_have_the_same_tag() throws Exception {
        assertThat(tag(livespan.get("04-01", "12-31"))).isEqualTo(tag);
    }

    private HttpResponse<String> get(String... headers) throws Exception {
        return Http.get(livespan.rows("startDate", livespan.day("05-01"), "endDate", livespan.day("05-02")), headers);
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
