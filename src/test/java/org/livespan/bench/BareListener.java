package org.livespan.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** What {@link BareLoop} and {@link Nchan} send: the result of one query for each notification, rendered by PostgreSQL as for Livespan. */
final class BareListener {

    private static final String QUERY = "select '[' || coalesce(string_agg("
            + "replace(row_to_json(o)::text, '+00:00\"', 'Z\"'), ',' order by created_at, id), '') || ']'"
            + " from orders o where created_at between cast(? as timestamptz) and cast(? as timestamptz)";

    private final Connection connection;
    private final String[] dates;
    private final UnaryOperator<String> form;
    private final Runnable onChange;
    private volatile ByteBuffer newest;

    /**
     * @param window the window's address at Livespan
     * @param form makes what is to be sent of the rows, one JSON array
     * @param onChange called when there is something newer to be sent
     */
    BareListener(
            String url, String user, String password, String window, UnaryOperator<String> form, Runnable onChange) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("bare-loop");
        this.dates = window.split("startDate=|&endDate=");
        this.form = form;
        this.onChange = onChange;
        try {
            this.connection = source.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is to be sent, in a buffer of which only duplicates are read. */
    ByteBuffer newest() {
        return newest;
    }

    void start() {
        try (var statement = connection.createStatement()) {
            statement.execute("listen realtime");
            newest = query();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        new Thread(this::listen, "listener").start();
    }

    private void listen() {
        try {
            while (true) {
                if (connection.unwrap(PGConnection.class).getNotifications(0).length > 0) {
                    newest = query();
                    onChange.run();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private ByteBuffer query() throws SQLException {
        try (var query = connection.prepareStatement(QUERY)) {
            query.setString(1, dates[1]);
            query.setString(2, dates[2]);
            try (var rows = query.executeQuery()) {
                rows.next();
                byte[] event = form.apply(rows.getString(1)).getBytes(StandardCharsets.UTF_8);
                return ByteBuffer.allocateDirect(event.length).put(event).flip();
            }
        }
    }
}
