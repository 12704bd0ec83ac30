package org.livespan.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.livespan.change.ListenerStatus;
import org.livespan.feed.Database;
import org.livespan.feed.Feed;
import org.livespan.feed.SqlNames;
import org.livespan.feed.TableName;
import org.livespan.feed.WatchStatement;
import org.livespan.notify.NotifySource;
import org.livespan.wal.LogSource;

/** Whether changes of the tables that concern a feed are heard, according to the catalogue. */
@ApplicationScoped
class WatchedTables {

    private static final String OF_TABLE =
            " join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = ?1 and c.relname = ?2";

    private static final String KIND =
            "select cast(c.relkind as pg_catalog.text) from pg_catalog.pg_class c" + OF_TABLE;

    private static final String VIEW = "v";
    private static final String FOREIGN_TABLE = "f";
    private static final String MATERIALIZED_VIEW = "m";

    private static final String INSTALLATIONS =
            "select cast(pg_catalog.count(*) as pg_catalog.int4) from pg_catalog.pg_namespace where nspname = 'livespan'";

    /** The columns by which a table could be watched, beginning with the one that has the name of the feed's. */
    static final String DATE_COLUMNS = "select cast(a.attname as pg_catalog.text) from pg_catalog.pg_attribute a"
            + " join pg_catalog.pg_class c on c.oid = a.attrelid" + OF_TABLE
            + " and a.attnum > 0 and not a.attisdropped and a.atttypid in ("
            + "cast('pg_catalog.date' as pg_catalog.regtype), cast('pg_catalog.timestamp' as pg_catalog.regtype),"
            + " cast('pg_catalog.timestamptz' as pg_catalog.regtype)) order by a.attname <> ?3, a.attnum";

    @Inject
    Database database;

    @Inject
    WatchStatement statement;

    @Inject
    ListenerStatus listener;

    @Inject
    @ConfigProperty(name = "livespan.channel", defaultValue = NotifySource.DEFAULT_CHANNEL)
    String channel;

    /**
     * Why changes of the feed may go unheard, with the statement that fixes it; empty if all are heard.
     *
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    List<Trouble> troublesWith(Feed feed) {
        boolean own = feed.watched().isEmpty();
        List<TableName> tables = own ? List.of(feed.table()) : feed.watched();
        return database.read(entities -> tables.stream()
                .flatMap(table -> troubles(feed, table, own, entities))
                .toList());
    }

    /**
     * Whether the feed reads a materialized view, which has no triggers and does not follow changes of other tables.
     *
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    boolean isMaterialized(Feed feed) {
        return MATERIALIZED_VIEW.equals(database.read(entities -> kind(feed.table(), entities)));
    }

    /** @param own whether the table is the feed's own, whose changes have dates */
    private Stream<Trouble> troubles(Feed feed, TableName table, boolean own, EntityManager entities) {
        String name = SqlNames.written(table);
        String kind = kind(table, entities);
        switch (kind) {
            case "":
                return Stream.of(Trouble.unheard("there is no table " + name + " in this database."));
            case MATERIALIZED_VIEW:
                return Stream.empty();
            case VIEW, FOREIGN_TABLE:
                return Stream.of(Trouble.unheard(
                        name + " is a view or a foreign table and sends no notifications. Set livespan.feeds."
                                + feed.name() + ".watched to the tables it reads."));
            default:
        }
        String column = own ? feed.dateColumn() : proposal(feed, table, entities);
        if ((int) entities.createNativeQuery(INSTALLATIONS).getSingleResult() == 0) {
            return Stream.of(
                    Trouble.unheard("Livespan is not installed in this database. Run: psql -f sql/livespan.sql and "
                            + statement.of(table, column)));
        }
        if (listener.source().isEmpty()) {
            return Stream.empty(); // not chosen yet
        }
        if (listener.source().equals(LogSource.NAME)) {
            return new PublicationCheck(table).troubles(entities);
        }
        List<TableTriggers> family = TableTriggers.of(table, entities);
        return new TriggerCheck(table, own ? Optional.of(column) : Optional.empty(), channel)
                .troubles(family, watchedBy -> statement.of(table, own || watchedBy == null ? column : watchedBy));
    }

    private static String kind(TableName table, EntityManager entities) {
        List<?> kinds = of(table, KIND, entities).getResultList();
        return kinds.isEmpty() ? "" : (String) kinds.get(0);
    }

    private static String proposal(Feed feed, TableName table, EntityManager entities) {
        List<?> columns = of(table, DATE_COLUMNS, entities)
                .setParameter(3, feed.dateColumn())
                .getResultList();
        return columns.isEmpty() ? "a date column" : (String) columns.get(0);
    }

    private static Query of(TableName table, String sql, EntityManager entities) {
        return entities.createNativeQuery(sql).setParameter(1, table.schema()).setParameter(2, table.name());
    }
}
