package org.livespan.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the database says of the triggers on a feed's table. */
@ApplicationScoped
class WatchedTables {

    private static final String OID_OF_TABLE = "to_regclass(format('%I.%I', cast(?1 as text), cast(?2 as text)))";

    private static final String TABLE = "select cast(" + OID_OF_TABLE + " as text)";

    private static final String INSTALLATION = "select cast(to_regclass('livespan.watched') as text)";

    private static final String WATCHES =
            "select date_column, channel from livespan.watched where relation = " + OID_OF_TABLE;

    @Inject
    Database database;

    @Inject
    @ConfigProperty(name = "livespan.channel", defaultValue = "realtime")
    String channel;

    /**
     * Why no change of the feed's table would be heard, with the statement that mends it; empty if it would.
     *
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    Optional<String> troubleWith(Feed feed) {
        return database.read(entities -> troubleWith(feed, entities));
    }

    private Optional<String> troubleWith(Feed feed, EntityManager entities) {
        if (of(feed, TABLE, entities).getSingleResult() == null) {
            return Optional.of("there is no table " + feed.table() + " in this database.");
        }
        if (entities.createNativeQuery(INSTALLATION).getSingleResult() == null) {
            return Optional.of(
                    "Livespan is not installed in this database. Run: psql -f sql/livespan.sql and " + mend(feed));
        }
        List<?> watches = of(feed, WATCHES, entities).getResultList();
        if (watches.isEmpty()) {
            return Optional.of("its table is not watched. Run: " + mend(feed));
        }
        Object[] watch = (Object[]) watches.get(0);
        return watch[0].equals(feed.dateColumn()) && watch[1].equals(channel)
                ? Optional.empty()
                : Optional.of("its table is watched by column " + watch[0] + " on channel " + watch[1] + ". Run: "
                        + mend(feed));
    }

    private static Query of(Feed feed, String sql, EntityManager entities) {
        return entities.createNativeQuery(sql)
                .setParameter(1, feed.table().schema())
                .setParameter(2, feed.table().name());
    }

    private String mend(Feed feed) {
        String relation = identifier(feed.table().schema()) + "."
                + identifier(feed.table().name());
        return "select livespan.watch(" + literal(relation) + ", " + literal(feed.dateColumn())
                + (channel.equals("realtime") ? "" : ", " + literal(channel)) + ");";
    }

    /** For the operator to read and paste, never executed here. */
    private static String identifier(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
