package org.livespan.security;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;

/** The sender of a request. */
public interface Caller {

    /** Any caller, where nobody has to authenticate. */
    Caller ANYBODY = new Caller() {
        @Override
        public Optional<String> name() {
            return Optional.empty();
        }

        @Override
        public boolean isInRole(String role) {
            return false;
        }

        @Override
        public Optional<Object> claim(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> until() {
            return Optional.empty();
        }
    };

    /** The user name; empty if unknown. */
    Optional<String> name();

    boolean isInRole(String role);

    /**
     * A claim about the caller, as parsed from JSON: a String, a Number, a Boolean, a List or a Map.
     *
     * @param name the claim's name; if there is no such claim, a path: {@code realm_access/roles} is the member {@code roles} of
     *     the claim {@code realm_access}
     */
    Optional<Object> claim(String name);

    /** When the authentication expires; empty if it does not. */
    Optional<Instant> until();

    /** The sender of this request, which has passed the {@link AuthenticationFilter}. */
    static Caller of(HttpServletRequest request) {
        return (Caller) request.getAttribute(Caller.class.getName());
    }

    /** Attaches the caller to the request. */
    static void note(HttpServletRequest request, Caller caller) {
        request.setAttribute(Caller.class.getName(), caller);
    }
}
