package org.livespan.security;

import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;

/**
 * A caller authenticated by the server. Valid only during the request.
 *
 * @param context what the server knows of the thread's caller. That of Open Liberty knows roles that no descriptor declares,
 *     while its requests do not
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
        return request.isUserInRole(role) || isCaller() && context.isCallerInRole(role);
    }

    /** Whether the thread's caller is that of the request. */
    private boolean isCaller() {
        Principal caller = context.getCallerPrincipal();
        return caller != null && name().equals(Optional.ofNullable(caller.getName()));
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
