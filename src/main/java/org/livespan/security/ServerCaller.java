package org.livespan.security;

import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * A caller authenticated by the server. Valid only during the request.
 *
 * @param context the server's; that of Open Liberty knows roles that no descriptor declares, while its requests do not
 */
record ServerCaller(HttpServletRequest request, SecurityContext context) implements Caller {

    /** The only claim. */
    static final String NAME = "name";

    @Override
    public Optional<String> name() {
        return Optional.ofNullable(request.getUserPrincipal().getName());
    }

    @Override
    public boolean isInRole(String role) {
        return request.isUserInRole(role) || context.isCallerInRole(role);
    }

    @Override
    public Optional<Object> claim(String name) {
        return name.equals(NAME) ? name().map(Object.class::cast) : Optional.empty();
    }

    @Override
    public Optional<Instant> until() {
        return Optional.empty();
    }
}
