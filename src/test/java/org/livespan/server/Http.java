package org.livespan.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;

/** Requests and their answers. */
final class Http {

    /** HTTP/1.1, so that each stream is a connection of its own, as it is for most clients behind a proxy. */
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Http() {}

    /** @param headers names and values in turn */
    static HttpResponse<String> get(URI address, String... headers) throws IOException, InterruptedException {
        return send("GET", address, headers);
    }

    static HttpResponse<String> send(String method, URI address, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** @param namesAndValues in turn; a name whose value is null is left out */
    static String query(String... namesAndValues) {
        var pairs = new ArrayList<String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                pairs.add(namesAndValues[i] + "=" + URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
            }
        }
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }
}
