package org.livespan.change;

import java.util.Set;

/** Which tables matter, and how rows are found in them. */
public interface TablesOfFeeds {

    /** The tables whose changes concern a feed, as SQL writes their names, with the schema. */
    Set<String> names();

    /** By which columns each feed that shows the table's own rows finds them. */
    Set<RowColumns> columns(String schema, String table);
}
