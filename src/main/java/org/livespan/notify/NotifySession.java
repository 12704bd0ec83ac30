package org.livespan.notify;

import java.sql.SQLException;
import java.time.Duration;
import org.livespan.change.Backlog;
import org.livespan.change.ChangeSession;

/** Listens, and passes on what is heard. */
record NotifySession(ListenConnection connection, NotificationDispatch dispatch) implements ChangeSession {

    @Override
    public void hear(Duration atMost) throws SQLException {
        dispatch.dispatch(connection.await(atMost));
    }

    @Override
    public Backlog probe() throws SQLException {
        return new Backlog(connection.probe(), 0);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
