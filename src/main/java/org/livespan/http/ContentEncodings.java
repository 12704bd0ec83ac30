package org.livespan.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Negotiates whether an answer is compressed. */
@ApplicationScoped
public class ContentEncodings {

    /** On or off. */
    @Inject
    @ConfigProperty(name = "livespan.stream.compression", defaultValue = "on")
    boolean compression;

    /** If there are any, answers differ by the origin of the page as well. */
    @Inject
    @ConfigProperty(name = "livespan.cors.origins")
    Optional<String> origins;

    public ContentEncoding of(HttpServletRequest request) {
        var accepted = AcceptEncoding.of(Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)));
        return new ContentEncoding(compression && accepted.prefersGzip(), vary());
    }

    private String vary() {
        String all = Stream.of(
                        origins.map(any -> "Origin"),
                        Optional.of(HttpHeaders.ACCEPT_ENCODING).filter(any -> compression))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? null : all;
    }
}
