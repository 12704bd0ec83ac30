package org.livespan.launch;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import org.livespan.database.TestDatabase;

/** What the demo tells whoever started it: where everything is, and what to try. */
record Introduction(int httpPort, TestDatabase database, Path log) {

    URI page() {
        return URI.create("http://localhost:" + httpPort + "/livespan/");
    }

    URI feeds() {
        return page().resolve("api/feeds");
    }

    /** The given day in UTC is the one that the stream shows. */
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
