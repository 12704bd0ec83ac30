package org.livespan.server;

import java.sql.SQLException;
import org.livespan.database.TestDatabase;

/**
 * A role that PostgreSQL asks for a password, unlike the other roles of the tests.
 *
 * @param rules the content of {@code pg_hba.conf} without this role
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

    /** Replaces tabs, which {@code copy} would write as {@code \t}. */
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
