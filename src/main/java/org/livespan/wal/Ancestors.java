package org.livespan.wal;

import java.sql.SQLException;
import java.util.List;

/** Which tables show the rows of a table, too: those it is a partition of or inherits from, at every level. */
interface Ancestors {

    /**
     * @param schema unquoted
     * @param name unquoted
     */
    record Name(String schema, String name) {

        /** As changes have it. */
        String dotted() {
            return schema + "." + name;
        }
    }

    /** @param oid of the table */
    List<Name> of(int oid) throws SQLException;
}
