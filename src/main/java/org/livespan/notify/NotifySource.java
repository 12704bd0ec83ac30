package org.livespan.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.change.Change;
import org.livespan.change.ChangeSession;
import org.livespan.change.ChangeSource;
import org.livespan.change.DeafSessionException;
import org.livespan.db.ListenerDatabase;

/**
 * Notifications on a channel, sent by the triggers of {@code sql/livespan.sql} or by a table's own.
 *
 * <p>PostgreSQL queues notifications in the order of their commits, whatever the channel, so everything committed before a marker
 * has been heard before it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">PostgreSQL, NOTIFY</a>
 */
@ApplicationScoped
public class NotifySource implements ChangeSource {

    /** The default of {@code livespan.channel}, and of the channel that {@code livespan.watch} uses. */
    public static final String DEFAULT_CHANNEL = "realtime";

    @Inject
    ListenerDatabase database;

    @Inject
    @ConfigProperty(name = "livespan.channel", defaultValue = DEFAULT_CHANNEL)
    String channel;

    private final UnreadablePayloads unreadable = new UnreadablePayloads();

    @Override
    public String name() {
        return "notify";
    }

    @Override
    public ChangeSession open(String markerChannel, Consumer<String> markers, Consumer<Change> changes)
            throws SQLException {
        return new NotifySession(
                ListenConnection.open(database.source(), List.of(channel, markerChannel)),
                new NotificationDispatch(channel, markerChannel, unreadable, markers, changes));
    }

    @Override
    public String markerStatement() {
        return "select pg_catalog.pg_notify(?, ?)";
    }

    @Override
    public String described() {
        return "Listening on channel \"" + channel + "\"";
    }

    @Override
    public String remedy(SQLException cause) {
        return cause instanceof DeafSessionException
                ? " The likely cause is a pooler in transaction mode, such as PgBouncer: set livespan.listener.url to the"
                        + " database itself. Or livespan.listener.url and livespan.db.url are different databases."
                : " If it lasts, see livespan.db.url, livespan.db.user and livespan.db.password.";
    }
}
