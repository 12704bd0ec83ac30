package org.livespan.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The token of a request: from {@code Authorization: Bearer}, otherwise from a cookie, because {@code EventSource} cannot set
 * headers.
 *
 * @param inCookie whether it came in a cookie, which browsers send for pages of other sites too
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750, section 2.1</a>
 */
record RequestToken(String text, boolean inCookie) {

    private static final String SCHEME = "bearer ";

    /**
     * @param cookieName the cookie's name
     * @return empty if there is none
     * @throws InvalidTokenException if there are several
     */
    static Optional<RequestToken> of(HttpServletRequest request, String cookieName) throws InvalidTokenException {
        List<String> inHeaders = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)).stream()
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .toList();
        if (inHeaders.size() > 1) {
            throw new InvalidTokenException("The request has more than one token.");
        }
        return inHeaders.isEmpty()
                ? ofCookie(request.getCookies(), cookieName)
                : Optional.of(new RequestToken(inHeaders.get(0), false));
    }

    /** A null array stands for no cookies. */
    private static Optional<RequestToken> ofCookie(Cookie[] cookies, String name) {
        return Optional.ofNullable(cookies).stream()
                .flatMap(Arrays::stream)
                .filter(cookie ->
                        cookie.getName().equals(name) && !cookie.getValue().isEmpty())
                .findFirst()
                .map(cookie -> new RequestToken(cookie.getValue(), true));
    }

    /** Leaves out the token, which must not get into logs. */
    @Override
    public String toString() {
        return inCookie ? "a token in a cookie" : "a token in a header";
    }
}
