package org.livespan.wal;

import java.util.List;

/**
 * A table as the log describes it.
 *
 * @param oid by which later messages refer to it
 * @param columns those that are published, in the order of the values
 */
record LoggedTable(int oid, String schema, String name, List<Column> columns) {

    /**
     * @param identifies whether it is part of the replica identity
     * @param type the OID of its type
     */
    record Column(String name, boolean identifies, int type) {}

    /** The place of a column; -1 if it is not published. */
    int place(String column) {
        for (int place = 0; place < columns.size(); place++) {
            if (columns.get(place).name().equals(column)) {
                return place;
            }
        }
        return -1;
    }
}
