package org.livespan.security;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The pages that may read feeds: those of this server, and those of {@code livespan.cors.origins}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454">RFC 6454, The Web Origin Concept</a>
 * @see <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Fetch Metadata, Sec-Fetch-Site</a>
 */
@ApplicationScoped
class Origins {

    private static final Logger LOG = System.getLogger(Origins.class.getName());

    static final String ORIGIN = "Origin";
    private static final Pattern ORIGIN_SYNTAX = Pattern.compile("https?://[a-z0-9.\\[\\]:-]+");
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Set<String> OWN = Set.of("same-origin", "none");

    /** Separated by commas, each as browsers send it, such as {@code https://portal.example}. */
    @Inject
    @ConfigProperty(name = "livespan.cors.origins")
    Optional<String> listed;

    private Set<String> allowed;

    @PostConstruct
    void start() {
        allowed = listed.stream()
                .flatMap(origins -> Arrays.stream(origins.split(",")))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        allowed.stream()
                .filter(origin -> !ORIGIN_SYNTAX.matcher(origin).matches())
                .forEach(wrong -> LOG.log(
                        WARNING,
                        "livespan.cors.origins has {0}, which no page has as its origin. Write it as https://portal.example, without a"
                                + " path and without *.",
                        wrong));
    }

    /** Whether a page of another origin sends the request, and is listed. */
    boolean isAllowed(HttpServletRequest request) {
        String origin = request.getHeader(ORIGIN);
        return origin != null && allowed.contains(origin);
    }

    /** Whether it depends on the origin what a request is answered. */
    boolean areConfigured() {
        return !allowed.isEmpty();
    }

    /**
     * Whether a page of another origin that is not listed sends the request, as far as the browser says. A browser sends
     * cookies with such a request, whatever its user thinks of that page.
     */
    boolean isForeign(HttpServletRequest request) {
        if (isAllowed(request)) {
            return false;
        }
        String site = request.getHeader(FETCH_SITE);
        if (site != null) {
            return !OWN.contains(site);
        }
        String origin = request.getHeader(ORIGIN);
        String host = request.getHeader("Host");
        return origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
    }
}
