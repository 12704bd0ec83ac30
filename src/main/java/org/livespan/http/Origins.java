package org.livespan.http;

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
public class Origins {

    static final String ORIGIN = "Origin";

    private static final Logger LOG = System.getLogger(Origins.class.getName());
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
                        "livespan.cors.origins: {0} is not an origin, so it has no effect. Write https://portal.example, without a"
                                + " path or *.",
                        wrong));
    }

    /** Whether a page of another origin sends the request, and is listed. */
    boolean isAllowed(HttpServletRequest request) {
        String origin = request.getHeader(ORIGIN);
        return origin != null && allowed.contains(origin);
    }

    /** Whether any are listed, so that answers differ by origin. */
    boolean areConfigured() {
        return !allowed.isEmpty();
    }

    /**
     * Whether the browser says that a page of another origin, which is not listed, sends the request. It comes with the user's
     * cookies, although the user may know nothing of it.
     */
    public boolean isForeign(HttpServletRequest request) {
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
