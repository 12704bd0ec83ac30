package org.livespan.launch;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import org.livespan.database.TestDatabase;

/** What the demo prints when it has started: where everything is, and what to try. */
record Introduction(int httpPort, TestDatabase database, Path log) {

    URI page() {
        return URI.create("http://localhost:" + httpPort + "/livespan/");
    }

    URI feeds() {
        return page().resolve("api/feeds");
    }

    /** The stream in the text shows the given day in UTC. */
    String text(LocalDate today) {
        return """

                Livespan runs.

                  The page     %s
                  The stream   curl -N '%s/orders/stream?startDate=%s&endDate=%s'
                  PostgreSQL   psql '%s'
                  Try          insert into orders (customer, amount, status) values ('Ada', 42.00, 'new');
                  Server log   %s

                Ctrl-C stops all of it.
                """.formatted(page(), feeds(), today, today, connection(), log);
    }

    private String connection() {
        var server = database.url().replaceFirst("^jdbc:postgresql://", "");
        return "postgresql://" + database.user() + ":" + database.password() + "@" + server;
    }
}
