package org.livespan.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which pages may read, and which requests a browser sends for a page of another site. */
class OriginsTest {

    private static final String HOST = "livespan.example:8443";

    static Origins origins(String listed) {
        var origins = new Origins();
        origins.listed = Optional.ofNullable(listed);
        origins.start();
        return origins;
    }

    private static HttpServletRequest request(Map<String, String> headers) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> arguments[0].equals("Host") ? HOST : headers.get(arguments[0]));
    }

    private static HttpServletRequest from(String origin) {
        return request(Map.of("Origin", origin));
    }

    @Test
    void only_origins_that_are_listed_exactly_are_allowed() {
        Origins origins = origins("https://portal.example, http://localhost:3000,");
        assertThat(origins.areConfigured()).isTrue();
        assertThat(origins.isAllowed(from("https://portal.example"))).isTrue();
        assertThat(origins.isAllowed(from("http://localhost:3000"))).isTrue();
        for (String other : new String[] {
            "http://portal.example",
            "https://portal.example:444",
            "https://portal.example.evil.example",
            "https://evil.example/https://portal.example",
            "HTTPS://PORTAL.EXAMPLE",
            "null",
            "",
            "*"
        }) {
            assertThat(origins.isAllowed(from(other))).as(other).isFalse();
        }
        assertThat(origins.isAllowed(request(Map.of()))).isFalse();
    }

    @Test
    void a_star_allows_nobody() {
        Origins origins = origins("*");
        assertThat(origins.isAllowed(from("https://evil.example"))).isFalse();
    }

    @Test
    void without_a_list_no_other_origin_may_read() {
        Origins origins = origins(null);
        assertThat(origins.areConfigured()).isFalse();
        assertThat(origins.isAllowed(from("https://portal.example"))).isFalse();
    }

    @Test
    void a_request_for_a_page_of_another_site_is_detected_by_what_the_browser_says() {
        Origins origins = origins("https://portal.example");
        assertThat(origins.isForeign(request(Map.of()))).as("no browser").isFalse();
        assertThat(origins.isForeign(request(Map.of("Sec-Fetch-Site", "same-origin"))))
                .isFalse();
        assertThat(origins.isForeign(request(Map.of("Sec-Fetch-Site", "none"))))
                .as("typed by the user")
                .isFalse();
        assertThat(origins.isForeign(request(Map.of("Sec-Fetch-Site", "same-site"))))
                .isTrue();
        assertThat(origins.isForeign(request(Map.of("Sec-Fetch-Site", "cross-site"))))
                .isTrue();
        assertThat(origins.isForeign(
                        request(Map.of("Sec-Fetch-Site", "cross-site", "Origin", "https://portal.example"))))
                .isFalse();
        assertThat(origins.isForeign(from("https://" + HOST)))
                .as("an older browser")
                .isFalse();
        assertThat(origins.isForeign(from("https://evil.example"))).isTrue();
        assertThat(origins.isForeign(from("null"))).isTrue();
    }
}
