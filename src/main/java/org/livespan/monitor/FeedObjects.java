package org.livespan.monitor;

import jakarta.json.Json;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.livespan.feed.Feed;
import org.livespan.feed.TableName;

/**
 * All catalogue objects that determine what a feed shows, found by PostgreSQL's own dependencies: its tables and their
 * children, what a view reads at every level, functions, types and their parts, policies of row-level security.
 *
 * <p>It reads the catalogue's tables only, which everybody may read, not its views, which an administrator may have restricted.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-depend.html">PostgreSQL, pg_depend</a>
 */
final class FeedObjects {

    /**
     * {@code feed_object(feed, class, oid)}, the class being the catalogue that holds it; {@code ?1} is {@link #roots}.
     *
     * <p>Besides what an object depends on, it is the rules, policies and defaults that are a part of it, the tables that
     * inherit from it, and the casts of a type, by one of which it may become JSON. What a default depends on is left out, as
     * it makes no row that is there already; a generated column's expression is its table's own dependency. So are the
     * handlers of a language.
     */
    static final String OBJECTS = """
            with recursive
            feed_root(feed, oid) as (
                select r.feed, c.oid
                  from pg_catalog.jsonb_to_recordset(cast(?1 as pg_catalog.jsonb))
                       as r(feed pg_catalog.text, schema pg_catalog.text, name pg_catalog.text)
                  join pg_catalog.pg_namespace n on n.nspname = r.schema
                  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = r.name),
            feed_object(feed, class, oid) as (
                select r.feed, cast(cast('pg_catalog.pg_class' as pg_catalog.regclass) as pg_catalog.oid), r.oid
                  from feed_root r
                union
                select o.feed, e.class, e.oid
                  from feed_object o
                 cross join lateral (
                    select d.refclassid, d.refobjid
                      from pg_catalog.pg_depend d
                     where d.classid = o.class and d.objid = o.oid
                       and o.class not in (
                           cast('pg_catalog.pg_attrdef' as pg_catalog.regclass),
                           cast('pg_catalog.pg_language' as pg_catalog.regclass),
                           cast('pg_catalog.pg_extension' as pg_catalog.regclass))
                    union all
                    select d.classid, d.objid
                      from pg_catalog.pg_depend d
                     where d.refclassid = o.class and d.refobjid = o.oid and d.deptype in ('a', 'i')
                       and d.classid in (
                           cast('pg_catalog.pg_rewrite' as pg_catalog.regclass),
                           cast('pg_catalog.pg_policy' as pg_catalog.regclass),
                           cast('pg_catalog.pg_attrdef' as pg_catalog.regclass))
                    union all
                    select cast('pg_catalog.pg_class' as pg_catalog.regclass), i.inhrelid
                      from pg_catalog.pg_class p
                      join pg_catalog.pg_inherits i on i.inhparent = p.oid
                     where o.class = cast('pg_catalog.pg_class' as pg_catalog.regclass) and p.oid = o.oid
                       and p.relhassubclass
                    union all
                    select cast('pg_catalog.pg_class' as pg_catalog.regclass), t.typrelid
                      from pg_catalog.pg_type t
                     where o.class = cast('pg_catalog.pg_type' as pg_catalog.regclass) and t.oid = o.oid and t.typrelid <> 0
                    union all
                    select cast('pg_catalog.pg_cast' as pg_catalog.regclass), k.oid
                      from pg_catalog.pg_cast k
                     where o.class = cast('pg_catalog.pg_type' as pg_catalog.regclass) and k.castsource = o.oid
                    ) as e(class, oid))
            """;

    private FeedObjects() {}

    /** The feeds with their tables as a JSON array, as {@link #OBJECTS} takes it. */
    static String roots(Collection<? extends Feed> feeds) {
        var roots = Json.createArrayBuilder();
        for (Feed feed : feeds) {
            for (TableName table : tables(feed)) {
                roots.add(Json.createObjectBuilder()
                        .add("feed", feed.name())
                        .add("schema", table.schema())
                        .add("name", table.name()));
            }
        }
        return roots.build().toString();
    }

    /** The table of the feed, and those whose changes concern it. */
    static Set<TableName> tables(Feed feed) {
        var tables = new LinkedHashSet<TableName>();
        tables.add(feed.table());
        tables.addAll(feed.watched());
        return tables;
    }
}
