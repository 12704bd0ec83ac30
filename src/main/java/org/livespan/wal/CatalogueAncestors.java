package org.livespan.wal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** As the catalogue has them now. That a table gets others later, or loses them, its fingerprint shows. */
record CatalogueAncestors(Connection catalogue) implements Ancestors {

    private static final String ABOVE = """
            with recursive above as (
                select inhparent from pg_catalog.pg_inherits where inhrelid = ?
                union
                select i.inhparent from pg_catalog.pg_inherits i join above on i.inhrelid = above.inhparent)
            select n.nspname, c.relname
              from above
              join pg_catalog.pg_class c on c.oid = above.inhparent
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace""";

    @Override
    public List<Name> of(int oid) throws SQLException {
        try (PreparedStatement statement = catalogue.prepareStatement(ABOVE)) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            ResultSet above = statement.executeQuery();
            var names = new ArrayList<Name>();
            while (above.next()) {
                names.add(new Name(above.getString(1), above.getString(2)));
            }
            return names;
        }
    }
}
