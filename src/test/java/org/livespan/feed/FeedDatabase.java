package org.livespan.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.livespan.database.TestDatabase;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** A fresh database for each test, in which the feeds' statements are run as they are, through plain JDBC. */
public final class FeedDatabase implements BeforeEachCallback, AfterEachCallback {

    private static final int NO_LIMIT = 1_000_000;

    private final String options;
    private TestDatabase database;
    private Connection connection;

    public FeedDatabase() {
        this("");
    }

    /** @param options as {@code create database} takes them */
    public FeedDatabase(String options) {
        this.options = options;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        database = TestDatabase.get().createDatabase(options);
        connection = database.connect();
        execute("set timezone = 'UTC'");
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        connection.close();
        database.close();
    }

    public void execute(String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Runs a statement in another session. */
    public void executeElsewhere(String sql) throws SQLException {
        try (var other = database.connect();
                var statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of all rows, as text. */
    public List<String> query(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            return rows(result).stream().map(row -> row.get(0)).toList();
        }
    }

    /** The rows of public.readings, whose date column is at and whose key is id. */
    List<Row> read(DateType type, Span... spans) throws SQLException {
        return read(new TableQuery(new TableName("public", "readings"), "at", type, List.of("id"), true), spans);
    }

    List<Row> read(TableQuery table, Span... spans) throws SQLException {
        return read(table, NO_LIMIT, spans);
    }

    List<Row> read(TableQuery table, int limit, Span... spans) throws SQLException {
        var rows = new ArrayList<Row>();
        for (List<String> row : rows(
                table.sql(
                        List.of(new SelectedSpans(new SpanSet(List.of(spans)), Selection.ALL)),
                        new FilterSql(List.of()),
                        limit),
                List.of())) {
            rows.add(new Row(
                    Long.parseLong(row.get(0)),
                    row.get(1).getBytes(UTF_8),
                    row.get(2).getBytes(UTF_8)));
        }
        return rows;
    }

    /** The digest of the rows of public.readings as the database computes it. */
    Digest digest(DateType type, Span... spans) throws SQLException {
        var table = new TableQuery(new TableName("public", "readings"), "at", type, List.of("id"), true);
        return Digest.ofSums(rows(table.digestSql(List.of(spans)), List.of()).get(0));
    }

    /** Runs a statement whose parameters are ?1, ?2 and so on, in that order. */
    public List<List<String>> rows(String sql, List<String> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.replaceAll("\\?\\d+", "?"))) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            try (var result = statement.executeQuery()) {
                return rows(result);
            }
        }
    }

    private static List<List<String>> rows(ResultSet result) throws SQLException {
        var rows = new ArrayList<List<String>>();
        while (result.next()) {
            var row = new ArrayList<String>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return rows;
    }

    static List<String> json(List<Row> rows) {
        return rows.stream().map(row -> new String(row.json(), UTF_8)).toList();
    }

    static List<String> keys(List<Row> rows) {
        return rows.stream().map(row -> new String(row.key(), UTF_8)).toList();
    }
}
