package org.livespan.server;

import java.sql.SQLException;
import org.livespan.database.TestDatabase;

/**
 * A role that PostgreSQL asks for its password, as it does not the others of the tests.
 *
 * @param rules what {@code pg_hba.conf} says otherwise
 * @see <a href="https://www.postgresql.org/docs/current/auth-pg-hba-conf.html">PostgreSQL, The pg_hba.conf File</a>
 */
record GuardedRole(TestDatabase database, String name, String rules) implements AutoCloseable {

    static GuardedRole create(TestDatabase database) throws SQLException {
        try (var connection = database.connect()) {
            String rules = Sql.query(connection, "select pg_read_file(current_setting('hba_file'))");
            var role = new GuardedRole(database, "guarded", rules);
            Sql.execute(connection, "create role " + role.name + " login password 'right'");
            role.write("host all " + role.name + " all scram-sha-256\n" + rules);
            return role;
        }
    }

    /** A tab would come out as {@code \t}. */
    private void write(String all) throws SQLException {
        try (var connection = database.connect()) {
            String file = Sql.query(connection, "select current_setting('hba_file')");
            Sql.execute(
                    connection,
                    "copy (select string_to_table(" + quoted(all.replace('\t', ' ')) + ", chr(10))) to " + quoted(file),
                    "select pg_reload_conf()");
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        write(rules);
        try (var connection = database.connect()) {
            Sql.execute(connection, "drop role " + name);
        }
    }
}
