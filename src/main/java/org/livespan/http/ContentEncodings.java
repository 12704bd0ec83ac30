package org.livespan.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.Collections;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Negotiates whether an answer is compressed. */
@ApplicationScoped
public class ContentEncodings {

    /** On or off. */
    @Inject
    @ConfigProperty(name = "livespan.stream.compression", defaultValue = "on")
    boolean compression;

    @Inject
    Origins origins;

    public ContentEncoding of(HttpServletRequest request) {
        var accepted = AcceptEncoding.of(Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)));
        return new ContentEncoding(compression && accepted.prefersGzip(), vary());
    }

    private String vary() {
        var headers = new ArrayList<String>();
        if (origins.areConfigured()) {
            headers.add(Origins.ORIGIN);
        }
        if (compression) {
            headers.add(HttpHeaders.ACCEPT_ENCODING);
        }
        return headers.isEmpty() ? null : String.join(", ", headers);
    }
}
