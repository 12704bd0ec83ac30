package org.livespan.change;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/** How it is heard that the database changed. */
public interface ChangeSource {

    /** Its value of {@code livespan.source}. */
    String name();

    /**
     * What it requires and does not find, with the statement or setting that mends it; empty if it can be used.
     *
     * @throws SQLException if the database cannot be asked
     */
    default Optional<String> missing() throws SQLException {
        return Optional.empty();
    }

    /**
     * Begins to hear. Each change that is committed after this returns is fired, once it can be read.
     *
     * @param channel of the markers of this node
     * @param markers gets each marker, after everything that was committed before it has been fired
     * @throws SQLException if that is not possible; its message says why
     */
    ChangeSession open(String channel, Consumer<String> markers, Consumer<Change> changes) throws SQLException;

    /** The statement that sends a marker; its parameters are the channel and the marker. */
    String markerStatement();

    /** What is heard, for the log. */
    String described();

    /** What to do if a session cannot be opened, or markers do not arrive. */
    String remedy(SQLException cause);
}
