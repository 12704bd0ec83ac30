package org.livespan.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests and their answers. */
final class Http {

    /** HTTP/1.1, so that each stream has its own connection, as it does for most clients behind a proxy. */
    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    private static final int PATIENCE_SECONDS = 60;

    private Http() {}

    /** @param headers names and values, alternating */
    static HttpResponse<String> get(URI address, String... headers) throws IOException, InterruptedException {
        return send("GET", address, headers);
    }

    /** Gives up on an answer that does not end, such as a stream that should have been refused. */
    static HttpResponse<String> send(String method, URI address, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw new IOException("No answer from " + address, e);
        }
    }

    /** @param namesAndValues alternating; a name whose value is null is left out */
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
