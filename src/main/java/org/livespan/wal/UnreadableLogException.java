package org.livespan.wal;

import java.sql.SQLException;

/** PostgreSQL sent what this version of Livespan cannot read; everything is read again. */
final class UnreadableLogException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** @param what it sent */
    UnreadableLogException(String what) {
        super("the log has " + what, "08P01");
    }
}
