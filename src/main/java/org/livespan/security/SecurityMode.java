package org.livespan.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How callers are authenticated, {@code livespan.security}. */
enum SecurityMode {
    /** Not at all: anyone may read every feed. */
    NONE,

    /** By a signed token in the request. */
    JWT,

    /** By the server. */
    CONTAINER;

    /**
     * Parses the setting.
     *
     * @throws IllegalArgumentException if there is no such mode
     */
    static SecurityMode of(String text) {
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
