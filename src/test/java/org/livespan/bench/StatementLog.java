package org.livespan.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.livespan.database.TestDatabase;

/** Every statement that was sent to PostgreSQL, from its own log ({@code log_statement = all}), without those of triggers. */
final class StatementLog {

    private static final Pattern LINE = Pattern.compile("([^|]*)\\|LOG:  (?:statement|execute [^:]*): ?(.*)");
    private static final List<String> SETTINGS = List.of(
            "alter system set log_statement = 'all'",
            "alter system set log_line_prefix = '%a|'",
            "select pg_reload_conf()");

    private final Path file;

    private StatementLog(Path file) {
        this.file = file;
    }

    static StatementLog of(TestDatabase database, Path file) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            for (var setting : SETTINGS) {
                statement.execute(setting);
            }
        }
        return new StatementLog(file);
    }

    /** The position to count from. */
    long position() throws IOException {
        return Files.size(file);
    }

    /**
     * How often each kind of statement was sent since that position.
     *
     * @param application the application's name; Livespan's listener has another one, and probes the server every ten
     *     seconds
     */
    Map<String, Integer> since(long position, String application) throws IOException {
        try (var channel = Files.newInputStream(file)) {
            channel.skipNBytes(position);
            return new String(channel.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(LINE::matcher)
                    .filter(line -> line.matches() && line.group(1).equals(application))
                    .collect(Collectors.toMap(line -> kind(line.group(2)), line -> 1, Integer::sum, TreeMap::new));
        }
    }

    private static String kind(String sql) {
        if (sql.isBlank()) {
            return "(empty)";
        } else if (sql.equals("SELECT 1")) {
            return "validation";
        }
        return sql.contains("pg_notify")
                ? "pg_notify"
                : sql.strip().split("[\\s;]")[0].toUpperCase(Locale.ROOT);
    }
}
