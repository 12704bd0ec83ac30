package org.livespan.server;

import java.sql.Connection;
import java.sql.SQLException;

/** The statements of the tests. */
final class Sql {

    /** Its parameters are the customer and the moment. */
    static final String INSERT = "insert into orders (customer, amount, status, created_at)"
            + " values (?, 42.5, 'new', cast(? as timestamptz)) returning id";

    /** PostgreSQL itself reads the JSON back into rows, so that values are compared, not their text. */
    private static final String IS_TABLE =
            "select array(select r from jsonb_populate_recordset(null::orders, cast(? as jsonb)) r)"
                    + " = array(select o from orders o where created_at >= cast(? as timestamptz)"
                    + " and created_at <= cast(? as timestamptz) order by created_at, id)";

    private Sql() {}

    static void execute(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Runs statements that change orders, in one transaction and without a notification from the triggers. */
    static void executeUnnoticed(Connection connection, String... statements) throws SQLException {
        execute(connection, "begin", "alter table orders disable trigger user");
        execute(connection, statements);
        execute(
                connection,
                "alter table orders enable always trigger livespan_insert, enable always trigger livespan_update,"
                        + " enable always trigger livespan_delete, enable always trigger livespan_truncate",
                "commit");
    }

    static String query(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    /** @param from a moment as PostgreSQL reads it; inclusive, like the other one */
    static boolean isTable(Connection connection, String json, String from, String to) throws SQLException {
        return "t".equals(query(connection, IS_TABLE, json, from, to));
    }
}
