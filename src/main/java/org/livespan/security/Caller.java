package org.livespan.security;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;

/** Who sends a request. */
public interface Caller {

    /** Everybody, where nobody has to say who he is. */
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

    /** Empty if it is not known. */
    Optional<String> name();

    boolean isInRole(String role);

    /**
     * What is claimed of the caller, as JSON has it: a String, a Number, a Boolean, a List or a Map.
     *
     * @param name the claim's name, or, if there is none of that name, a path: {@code realm_access/roles} is member {@code roles}
     *     of claim {@code realm_access}
     */
    Optional<Object> claim(String name);

    /** From when on the caller has to show again who he is; empty if never. */
    Optional<Instant> until();

    /** Who sends this request, which has passed the {@link AuthenticationFilter}. */
    static Caller of(HttpServletRequest request) {
        return (Caller) request.getAttribute(Caller.class.getName());
    }

    /** Notes who sends this request. */
    static void note(HttpServletRequest request, Caller caller) {
        request.setAttribute(Caller.class.getName(), caller);
    }
}
