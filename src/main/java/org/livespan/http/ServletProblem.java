package org.livespan.http;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers a request that does not reach JAX-RS with a problem. */
record ServletProblem(JsonObject json, int status) {

    private static final int SECONDS_BEFORE_RETRY = 5;

    void writeTo(HttpServletResponse response) throws IOException {
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(Problems.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, SECONDS_BEFORE_RETRY);
        }
        response.getOutputStream().write(body);
    }
}
