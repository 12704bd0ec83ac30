package org.livespan.security;

import java.security.Principal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A caller identified by a verified token. */
final class TokenCaller implements Caller, Principal {

    /** In this order, as in MicroProfile JWT. */
    private static final List<String> NAMES = List.of("upn", "preferred_username", "sub");

    private final Map<String, Object> claims;
    private final Set<String> roles;
    private final Instant until;

    /**
     * @param claims the token's claims, as parsed from JSON
     * @param rolesClaim the claim that contains the roles: a list, or a string separated by spaces
     */
    TokenCaller(Map<String, Object> claims, String rolesClaim, Instant until) {
        this.claims = claims;
        this.roles = claim(rolesClaim).stream().flatMap(TokenCaller::texts).collect(Collectors.toUnmodifiableSet());
        this.until = until;
    }

    private static Stream<String> texts(Object claim) {
        if (claim instanceof List<?> list) {
            return list.stream().filter(String.class::isInstance).map(String.class::cast);
        }
        return claim instanceof String text ? Arrays.stream(text.split(" ")) : Stream.empty();
    }

    @Override
    public Optional<String> name() {
        return NAMES.stream()
                .map(claims::get)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    /** For the servlet API: empty if unknown. */
    @Override
    public String getName() {
        return name().orElse("");
    }

    @Override
    public boolean isInRole(String role) {
        return roles.contains(role);
    }

    @Override
    public Optional<Object> claim(String name) {
        Object whole = claims.get(name);
        if (whole != null) {
            return Optional.of(whole);
        }
        Object member = claims;
        for (String step : name.split("/")) {
            member = member instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return Optional.ofNullable(member);
    }

    @Override
    public Optional<Instant> until() {
        return Optional.of(until);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenCaller caller && claims.equals(caller.claims);
    }

    @Override
    public int hashCode() {
        return Objects.hash(claims);
    }

    /** Leaves out the claims, which must not get into logs. */
    @Override
    public String toString() {
        return "a caller with a token";
    }
}
