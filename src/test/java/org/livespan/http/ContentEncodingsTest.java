package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether an answer is compressed, and what it says of that. */
class ContentEncodingsTest {

    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store");

    private final ContentEncodings encodings = new ContentEncodings();

    @BeforeEach
    void no_page_of_another_origin_may_read() {
        encodings.origins = OriginsTest.origins(null);
    }

    @Test
    void where_pages_of_other_origins_may_read_each_answer_differs_by_the_origin() {
        encodings.origins = OriginsTest.origins("https://portal.example");
        encodings.compression = true;
        assertThat(encodings.of(request()).with(HEADERS)).containsEntry("Vary", "Origin, Accept-Encoding");
        encodings.compression = false;
        assertThat(encodings.of(request()).with(HEADERS)).containsEntry("Vary", "Origin");
    }

    @Test
    void a_client_that_accepts_gzip_gets_it() {
        encodings.compression = true;
        var encoding = encodings.of(request("br", "gzip"));
        assertThat(encoding.with(HEADERS))
                .isEqualTo(Map.of("Cache-Control", "no-store", "Content-Encoding", "gzip", "Vary", "Accept-Encoding"));
        assertThat(encoding.tag("d").isWeak()).isTrue();
    }

    @Test
    void another_one_is_told_that_the_answer_could_have_been_compressed() {
        encodings.compression = true;
        var encoding = encodings.of(request());
        assertThat(encoding.with(HEADERS)).isEqualTo(Map.of("Cache-Control", "no-store", "Vary", "Accept-Encoding"));
        assertThat(encoding.tag("d").isWeak()).isFalse();
    }

    @Test
    void without_compression_no_answer_mentions_it() {
        encodings.compression = false;
        var encoding = encodings.of(request("gzip"));
        assertThat(encoding.with(HEADERS)).isEqualTo(HEADERS);
        assertThat(encoding.tag("d").isWeak()).isFalse();
    }

    private static HttpServletRequest request(String... accepted) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> Collections.enumeration(List.of(accepted)));
    }
}
