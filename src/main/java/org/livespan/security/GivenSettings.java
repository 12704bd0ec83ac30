package org.livespan.security;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Settings that must not be ignored if their value is empty, such as that of an environment variable made from another one that
 * is missing. MicroProfile Config treats an empty value like none, and so would use the default, which is open.
 */
@Dependent
class GivenSettings {

    private static final String MODE = "livespan.security";

    @Inject
    Config config;

    /** The value, which may be empty; nothing if the setting is not given at all. */
    Optional<String> text(String name) {
        return config.getOptionalValue(name, String.class).or(() -> isGiven(name) ? Optional.of("") : Optional.empty());
    }

    private boolean isGiven(String name) {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .anyMatch(source -> source.getValue(name) != null);
    }

    /** @throws IllegalArgumentException if {@code livespan.security} is no mode */
    SecurityMode mode() {
        return text(MODE).map(SecurityMode::of).orElse(SecurityMode.NONE);
    }
}
