package org.livespan.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Optional;
import org.livespan.time.DateType;

/** What the catalogue says about a configured feed's table. */
@ApplicationScoped
class TableCatalogue {

    /**
     * A common table expression, recursive: the columns of a table with their types; for a domain also the type that it is over,
     * down to the base type.
     */
    static final String TYPED = """
            typed(place, column_name, readable, collation_oid, type_oid) as (
                select a.attnum, a.attname,
                       pg_catalog.has_schema_privilege(n.oid, 'usage')
                       and pg_catalog.has_column_privilege(c.oid, a.attnum, 'select'), a.attcollation, a.atttypid
                  from pg_catalog.pg_attribute a
                  join pg_catalog.pg_class c on c.oid = a.attrelid
                  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = ?1 and c.relname = ?2 and a.attnum > 0 and not a.attisdropped
                union all
                select d.place, d.column_name, d.readable, d.collation_oid, t.typbasetype
                  from typed d
                  join pg_catalog.pg_type t on t.oid = d.type_oid
                 where t.typtype = 'd')""";

    /**
     * The columns in their order: name, type, for a domain its base type, whether it may be read, and whether it has an
     * order, as an array has in general. The last column is the current user. PostgreSQL looks up rights as they are now, not as of the
     * snapshot: the right to a column that was dropped since is null, and such a column is left out.
     */
    static final String COLUMNS = "with recursive " + TYPED + """
            , ordered(type_oid) as (
                select o.opcintype
                  from pg_catalog.pg_opclass o
                  join pg_catalog.pg_am m on m.oid = o.opcmethod
                 where m.amname = 'btree' and o.opcdefault)
            select cast(d.column_name as pg_catalog.text), pg_catalog.format_type(d.type_oid, null), d.readable,
                   t.typcategory = 'A' or t.typtype in ('c', 'e', 'm', 'r')
                   or t.oid in (select o.type_oid from ordered o)
                   or t.oid in (
                       select k.castsource
                         from pg_catalog.pg_cast k
                         join ordered o on o.type_oid = k.casttarget
                        where k.castmethod = 'b' and k.castcontext = 'i'),
                   cast(current_user as pg_catalog.text)
              from typed d
              join pg_catalog.pg_type t on t.oid = d.type_oid
             where t.typtype <> 'd' and d.readable is not null
             order by d.place""";

    static final String LOCKABLE = """
            select pg_catalog.count(*)
              from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where n.nspname = ?1 and c.relname = ?2 and c.relkind in ('r', 'p', 'v')""";

    /** 1 for a table of which no unique index is within the columns; a view has no indexes and gives 0. */
    static final String WITHOUT_UNIQUE_INDEX = """
            select pg_catalog.count(*)
              from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where n.nspname = ?1 and c.relname = ?2 and c.relkind in ('r', 'p') and not exists (
                select from pg_catalog.pg_index i
                 where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null
                   and cast(?3 as pg_catalog.jsonb) operator(pg_catalog.@>) (
                       select pg_catalog.jsonb_agg(a.attname)
                         from pg_catalog.unnest(i.indkey) with ordinality k(attnum, place)
                         left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
                        where k.place <= i.indnkeyatts))""";

    @Inject
    Database database;

    @Inject
    WatchStatement statement;

    /**
     * The statement that reads the feed's table.
     *
     * @throws UnreadableTableException if the table cannot be read as configured
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    TableQuery query(FeedSettings feed) {
        DateType type = database.read(entities -> columns(feed, entities)).dateType(feed);
        boolean lockable =
                database.read(entities -> ((Number) of(feed, LOCKABLE, entities).getSingleResult()).intValue() > 0);
        return new TableQuery(feed.table(), feed.dateColumn(), type, feed.key(), lockable);
    }

    /**
     * Why the feed may have two rows with one key; empty if it cannot, or if it is a view, for which this is unknown.
     *
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    Optional<String> doubtOfKey(FeedSettings feed) {
        String key = Json.createArrayBuilder(feed.key()).build().toString();
        Number without = (Number) database.read(entities ->
                of(feed, WITHOUT_UNIQUE_INDEX, entities).setParameter(3, key).getSingleResult());
        String columns =
                String.join(", ", feed.key().stream().map(SqlNames::written).toList());
        return without.intValue() == 0
                ? Optional.empty()
                : Optional.of("may hold several rows with the same key: there is no unique index on " + columns
                        + ". Name more columns in " + feed.setting("key") + " or run: create unique index on "
                        + SqlNames.written(feed.table()) + " (" + columns + ");");
    }

    private TableColumns columns(FeedSettings feed, EntityManager entities) {
        List<?> rows = of(feed, COLUMNS, entities).getResultList();
        if (rows.isEmpty()) {
            throw new UnreadableTableException("there is no table " + SqlNames.written(feed.table())
                    + " in this database. Create it"
                    + (feed.watched().isEmpty()
                            ? ", then run: " + statement.of(feed.table(), feed.dateColumn())
                            : "."));
        }
        return TableColumns.of(rows);
    }

    private static Query of(FeedSettings feed, String sql, EntityManager entities) {
        return entities.createNativeQuery(sql)
                .setParameter(1, feed.table().schema())
                .setParameter(2, feed.table().name());
    }
}
