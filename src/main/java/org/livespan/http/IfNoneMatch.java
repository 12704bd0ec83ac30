package org.livespan.http;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The results that a client already has, {@code If-None-Match}. Parsed here, because RESTEasy, the JAX-RS implementation of
 * WildFly and Liberty, takes a list of entity tags for a single one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, section 13.1.2</a>
 */
public record IfNoneMatch(List<String> header) {

    /** A tag, whose text is the group, or an asterisk. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"|\\*");

    public static IfNoneMatch of(HttpHeaders headers) {
        var lines = headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH);
        return new IfNoneMatch(lines == null ? List.of() : lines);
    }

    /** Uses the weak comparison, for which a weak tag is as good as a strong one. */
    public boolean names(EntityTag tag) {
        return header.stream()
                .flatMap(line -> TAG.matcher(line).results())
                .anyMatch(given -> isAny(given) || given.group(1).equals(tag.getValue()));
    }

    private static boolean isAny(MatchResult given) {
        return given.group(1) == null;
    }
}
