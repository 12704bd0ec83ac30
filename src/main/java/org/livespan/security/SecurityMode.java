package org.livespan.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How callers are known, {@code livespan.security}. */
public enum SecurityMode {
    /** They are not: everybody sees every feed. */
    NONE,

    /** By a signed token that they send. */
    JWT,

    /** By the server's own login. */
    CONTAINER;

    /**
     * Parses the setting; MicroProfile Config looks for this name.
     *
     * @throws IllegalArgumentException if there is no such mode
     */
    public static SecurityMode of(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.setting().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("livespan.security is '" + text + "'. Set it to "
                        + Arrays.stream(values()).map(SecurityMode::setting).collect(Collectors.joining(" or "))
                        + "."));
    }

    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
