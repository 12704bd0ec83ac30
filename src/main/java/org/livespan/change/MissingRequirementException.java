package org.livespan.change;

import java.sql.SQLException;

/** A {@link ChangeSource} cannot be used as the database is set up, until an administrator changes that. */
public final class MissingRequirementException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** @param what is missing, with the setting or the statement that mends it; a sentence without full stop */
    public MissingRequirementException(String what) {
        super(what, "55000");
    }
}
