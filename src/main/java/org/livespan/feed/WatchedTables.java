package org.livespan.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the database says of the triggers on the tables whose changes concern a feed. */
@ApplicationScoped
class WatchedTables {

    private static final String OF_TABLE =
            " join pg_namespace n on n.oid = c.relnamespace where n.nspname = ?1 and c.relname = ?2";

    private static final String KIND = "select cast(c.relkind as text) from pg_class c" + OF_TABLE;

    /** Views, materialized views and foreign tables: their rows change elsewhere. */
    private static final String UNWATCHABLE_KINDS = "vmf";

    private static final String INSTALLATION = "select cast(to_regclass('livespan.watched') as text)";

    private static final String WATCHES = "select cast(w.date_column as text), cast(w.channel as text)"
            + " from livespan.watched w join pg_class c on c.oid = w.relation" + OF_TABLE;

    /** The columns to watch a table by, first one that is called as the feed's. */
    static final String DATE_COLUMNS = "select cast(a.attname as text) from pg_attribute a"
            + " join pg_class c on c.oid = a.attrelid" + OF_TABLE
            + " and a.attnum > 0 and not a.attisdropped and format_type(a.atttypid, null) in"
            + " ('date', 'timestamp without time zone', 'timestamp with time zone')"
            + " order by a.attname <> ?3, a.attnum";

    @Inject
    Database database;

    @Inject
    @ConfigProperty(name = "livespan.channel", defaultValue = "realtime")
    String channel;

    /**
     * Why not every change of the feed would be heard, with the statement that mends it; empty if it would.
     *
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    List<String> troublesWith(Feed feed) {
        List<TableName> others =
                feed instanceof TableFeed table ? table.settings().watched() : List.of();
        List<TableName> tables = others.isEmpty() ? List.of(feed.table()) : others;
        return database.read(entities -> tables.stream()
                .flatMap(table -> trouble(feed, table, others.isEmpty(), entities).stream())
                .toList());
    }

    /** @param own whether the table is the feed's own, which tells of the dates of its changes */
    private Optional<String> trouble(Feed feed, TableName table, boolean own, EntityManager entities) {
        String name = SqlNames.written(table);
        List<?> kind = of(table, KIND, entities).getResultList();
        if (kind.isEmpty()) {
            return Optional.of("there is no table " + name + " in this database.");
        }
        if (UNWATCHABLE_KINDS.contains((String) kind.get(0))) {
            return Optional.of(name + " is a view or a foreign table, which tells of no changes. Set livespan.feeds."
                    + feed.name() + ".watched to the tables it reads.");
        }
        if (entities.createNativeQuery(INSTALLATION).getSingleResult() == null) {
            return Optional.of("Livespan is not installed in this database. Run: psql -f sql/livespan.sql and "
                    + statement(table, own ? feed.dateColumn() : proposal(feed, table, entities)));
        }
        List<?> watches = of(table, WATCHES, entities).getResultList();
        if (watches.isEmpty()) {
            return Optional.of(name + " is not watched. Run: "
                    + statement(table, own ? feed.dateColumn() : proposal(feed, table, entities)));
        }
        Object[] watch = (Object[]) watches.get(0);
        String column = own ? feed.dateColumn() : (String) watch[0];
        return column.equals(watch[0]) && channel.equals(watch[1])
                ? Optional.empty()
                : Optional.of(name + " is watched by column " + watch[0] + " on channel " + watch[1] + ". Run: "
                        + statement(table, column));
    }

    /** The statement that has the table watched, for the operator to read and paste; never executed here. */
    String statement(TableName table, String dateColumn) {
        return "select livespan.watch(" + literal(SqlNames.written(table)) + ", " + literal(dateColumn)
                + (channel.equals("realtime") ? "" : ", " + literal(channel)) + ");";
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

    private static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
