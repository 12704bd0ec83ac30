package org.livespan.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.livespan.security.Issuer;

/** The demo with tokens: two tenants, each of which sees the orders of three customers. {@code -Dlivespan.demo.security=true} */
final class DemoSecurity {

    static final String PROPERTY = "livespan.demo.security";

    private static final String CLAIM = "customers";
    private static final Duration DAY = Duration.ofDays(1);
    private static final Map<String, List<String>> TENANTS = new TreeMap<>(
            Map.of("north", List.of("Ada", "Barbara", "Edsger"), "south", List.of("Grace", "Katherine", "Niklaus")));

    private final Issuer issuer = Issuer.rsa("demo");

    static boolean isAskedFor() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** As {@code name=value}. */
    List<String> settings() {
        var settings = new ArrayList<>(issuer.settings());
        settings.add("livespan.feeds.orders.filters=status,customer");
        settings.add("livespan.feeds.orders.where=customer=claim:" + CLAIM);
        return settings;
    }

    /** The tokens, for people to try. */
    String text() {
        return "  Tokens are required: curl -H 'Authorization: Bearer TOKEN'; the page asks for one.%n%n".formatted()
                + TENANTS.entrySet().stream()
                        .map(tenant -> "  Tenant %s sees the orders of %s. Its token, for a day:%n%n%s%n"
                                .formatted(
                                        tenant.getKey(), String.join(", ", tenant.getValue()), token(tenant.getKey())))
                        .collect(Collectors.joining(System.lineSeparator()));
    }

    private String token(String tenant) {
        return issuer.token(claims -> claims.subject(tenant)
                .claim(CLAIM, TENANTS.get(tenant))
                .expirationTime(Date.from(Instant.now().plus(DAY))));
    }
}
