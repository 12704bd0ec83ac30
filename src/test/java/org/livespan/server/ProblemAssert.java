package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What an error looks like (RFC 9457). */
final class ProblemAssert {

    private ProblemAssert() {}

    static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertProblem(answer.body(), status);
    }

    static void assertProblem(String json, int status) {
        assertThat(json)
                .matches("(?s)\\{.*\"type\":\"[^\"]+#[a-z-]+\".*}")
                .matches("(?s)\\{.*\"title\":\"[^\"]+\".*}")
                .contains("\"status\":" + status)
                .matches("(?s)\\{.*\"detail\":\"[^\"]+.*}");
    }

    /** RFC 9110, 10.2.3: in seconds. */
    static void assertRetryAfter(HttpHeaders headers) {
        assertThat(headers.firstValue("Retry-After"))
                .hasValueSatisfying(value -> assertThat(value).matches("[1-9]\\d?"));
    }
}
