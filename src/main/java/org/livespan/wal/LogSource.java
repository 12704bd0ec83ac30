package org.livespan.wal;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.livespan.change.Change;
import org.livespan.change.ChangeListener;
import org.livespan.change.ChangeSession;
import org.livespan.change.ChangeSource;
import org.livespan.change.MissingRequirementException;
import org.livespan.change.TablesOfFeeds;
import org.livespan.db.ListenerDatabase;
import org.livespan.db.PrimaryDataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/**
 * PostgreSQL's log: the plug-in {@code pgoutput} sends what is committed on the tables of the publication {@code livespan}. The slot
 * is temporary, so a node that dies leaves nothing that would fill the disk.
 *
 * @see <a href="https://www.postgresql.org/docs/current/logicaldecoding.html">PostgreSQL, Logical Decoding</a>
 */
@ApplicationScoped
public class LogSource implements ChangeSource {

    /** Its value of {@code livespan.source}. */
    public static final String NAME = "wal";

    /** Whole transactions, once they are committed: large ones are kept by the server until then, on its disk. */
    private static final String START = "START_REPLICATION SLOT %s LOGICAL 0/0"
            + " (proto_version '1', publication_names 'livespan', messages 'true')";

    @Inject
    ListenerDatabase database;

    @Inject
    TablesOfFeeds tables;

    @Resource(lookup = ChangeListener.THREADS)
    ManagedThreadFactory threads;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> missing() throws SQLException {
        PrimaryDataSource source = database.source();
        try (Connection queries = source.getConnection()) {
            LogRequirements.check(queries);
            LogRequirements.checkPublished(queries, tables.names());
            LogRequirements.connect(source).close();
            return Optional.empty();
        } catch (MissingRequirementException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public ChangeSession open(String channel, Consumer<String> markers, Consumer<Change> changes) throws SQLException {
        LogConnections connections = LogConnections.open(database.source());
        try {
            String slot = LogSlot.create(connections);
            Connection replication = connections.replication();
            CopyDual copy = replication.unwrap(PGConnection.class).getCopyAPI().copyDual(START.formatted(slot));
            replication.setNetworkTimeout(Runnable::run, 0); // while nothing comes, markers show whether it is alive
            var ancestors = new CatalogueAncestors(connections.catalogue());
            var reader = new LogReader(new LogStream(copy), new LogTransaction(channel, tables, ancestors));
            var session = new LogSession(connections, reader, slot, markers, changes);
            threads.newThread(reader).start();
            return session;
        } catch (SQLException | RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    /** A commit that waits for no standby: what it is about is in the log before. */
    @Override
    public String markerStatement() {
        return "select pg_catalog.pg_logical_emit_message(true, ?, ?), pg_catalog.set_config('synchronous_commit', 'local', true)";
    }

    @Override
    public String described() {
        return "Following the log by the publication livespan";
    }

    @Override
    public String remedy(SQLException cause) {
        return cause instanceof MissingRequirementException
                ? " Until then, livespan.source=notify works without it."
                : " If it lasts, see livespan.db.url, livespan.db.user and livespan.db.password.";
    }
}
