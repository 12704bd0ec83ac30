package org.livespan.wal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.livespan.change.MissingRequirementException;
import org.livespan.db.PrimaryDataSource;

/** What following the log requires of the database. */
final class LogRequirements {

    /** From PostgreSQL 19 on, the log is logical as soon as somebody needs that, unless {@code wal_level} is minimal. */
    private static final String STATE = """
            select pg_catalog.current_setting('wal_level'),
                   pg_catalog.current_setting('effective_wal_level', true) is not null,
                   exists (select from pg_catalog.pg_publication where pubname = 'livespan'),
                   pg_catalog.current_setting('max_replication_slots')::pg_catalog.int4,
                   (select pg_catalog.count(*) from pg_catalog.pg_replication_slots),
                   pg_catalog.current_setting('max_wal_senders')::pg_catalog.int4,
                   (select pg_catalog.count(*) from pg_catalog.pg_stat_replication),
                   pg_catalog.current_setting('server_version_num')::pg_catalog.int4""";

    /** The first that sends markers through the log. */
    private static final int POSTGRESQL_14 = 140_000;

    /** Tables that are not there, and views, are none of its business. */
    private static final String UNPUBLISHED = """
            select name from pg_catalog.unnest(?) name join pg_catalog.pg_class c on c.oid = pg_catalog.to_regclass(name)
             where c.relkind in ('r', 'p')
               and exists (
                   select from (
                       select c.oid where c.relkind = 'r'
                       union all
                       select relid from pg_catalog.pg_partition_tree(c.oid) where isleaf) part
                    where not exists (
                       select from pg_catalog.pg_publication_tables where pubname = 'livespan'
                          and pg_catalog.to_regclass(pg_catalog.format('%I.%I', schemaname, tablename)) = part.oid))
             order by name limit 1""";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String PROTOCOL_VIOLATION = "08P01";

    private LogRequirements() {}

    /** @throws MissingRequirementException if the log cannot be followed; says what to do */
    static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet state = statement.executeQuery(STATE)) {
            state.next();
            if (state.getInt(8) < POSTGRESQL_14) {
                throw new MissingRequirementException(
                        "following the log requires PostgreSQL 14 or newer, and this is " + state.getInt(8) / 10_000);
            }
            String level = state.getString(1);
            boolean onDemand = state.getBoolean(2);
            if (!level.equals("logical") && !(onDemand && level.equals("replica"))) {
                throw new MissingRequirementException("wal_level is " + level
                        + ". Run: alter system set wal_level = 'logical'; and restart PostgreSQL");
            }
            if (!state.getBoolean(3)) {
                throw new MissingRequirementException(
                        "there is no publication livespan. Run sql/livespan.sql, and for each table:"
                                + " select livespan.publish('SCHEMA.TABLE')");
            }
            if (state.getInt(5) >= state.getInt(4)) {
                throw new MissingRequirementException("all " + state.getInt(4)
                        + " replication slots are in use. Raise max_replication_slots and restart PostgreSQL");
            }
            if (state.getInt(7) >= state.getInt(6)) {
                throw new MissingRequirementException("all " + state.getInt(6)
                        + " WAL senders are in use. Raise max_wal_senders and restart PostgreSQL");
            }
        }
    }

    /** @throws MissingRequirementException if the publication has not all of the tables; names one */
    static void checkPublished(Connection connection, Set<String> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNPUBLISHED)) {
            statement.setArray(1, connection.createArrayOf("text", tables.toArray()));
            ResultSet unpublished = statement.executeQuery();
            if (unpublished.next()) {
                String name = unpublished.getString(1);
                throw new MissingRequirementException(
                        name + " is not published. Run: select livespan.publish('" + name.replace("'", "''") + "')");
            }
        }
    }

    /** @throws MissingRequirementException if the role, or what is between, does not allow replication */
    static Connection connect(PrimaryDataSource source) throws SQLException {
        try {
            return source.getReplicationConnection();
        } catch (SQLException e) {
            if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw new MissingRequirementException(
                        "the role may not replicate. Run as a superuser: alter role " + source.getUser()
                                + " replication (on Amazon RDS: grant rds_replication to " + source.getUser() + ")");
            }
            if (PROTOCOL_VIOLATION.equals(e.getSQLState())) {
                throw new MissingRequirementException(
                        "what is reached does not know replication (" + e.getMessage()
                                + "). The likely cause is a pooler, such as PgBouncer: set livespan.listener.url to the database itself");
            }
            throw e;
        }
    }
}
