package org.livespan.change;

import java.sql.SQLException;

/** The listening session is alive, and what is notified does not reach it. */
public final class DeafSessionException extends SQLException {

    private static final long serialVersionUID = 1L;

    private static final String CONNECTION_FAILURE = "08006";

    DeafSessionException(long seconds) {
        super("a notification that was sent did not arrive within " + seconds + " s", CONNECTION_FAILURE);
    }
}
