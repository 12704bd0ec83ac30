package org.livespan.database;

import java.util.Locale;
import java.util.stream.Stream;

/** Which PostgreSQL the tests use. */
enum DatabaseChoice {
    /** A Docker engine if one answers, otherwise the embedded one. */
    AUTO,
    /** A Docker engine, or the run fails. */
    DOCKER,
    EMBEDDED;

    static final String PROPERTY = "livespan.test.database";
    static final String VARIABLE = "LIVESPAN_TEST_DATABASE";

    /** What the system property says or, if it leaves the choice open, the environment variable. */
    static DatabaseChoice ofThisRun() {
        var property = parse(PROPERTY, System.getProperty(PROPERTY));
        return property == AUTO ? parse(VARIABLE, System.getenv(VARIABLE)) : property;
    }

    static DatabaseChoice parse(String source, String text) {
        if (text == null || text.isBlank()) {
            return AUTO;
        }
        return Stream.of(values())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        source + " is \"" + text + "\"; it has to be auto, docker or embedded"));
    }
}
