package org.livespan.monitor;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.Stream;
import org.livespan.feed.SqlNames;
import org.livespan.feed.TableName;

/**
 * Whether the log tells of all changes of a table: whether the publication has it, with all operations and all rows.
 *
 * @param table an ordinary or a partitioned one
 */
record PublicationCheck(TableName table) {

    /**
     * Whether the publication leaves out operations, which part of the table it leaves out, of which it leaves out rows, and which
     * has no replica identity, and what to do. No row if there is no publication; PostgreSQL 14 has no filters of rows.
     */
    private static final String STATE = """
            with published as (
                select pg_catalog.to_regclass(pg_catalog.format('%I.%I', t.schemaname, t.tablename)) as oid,
                       pg_catalog.to_jsonb(t) operator(pg_catalog.->>) 'rowfilter' as filter
                  from pg_catalog.pg_publication_tables t where t.pubname = 'livespan'),
            parts as (
                select c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) as name
                  from livespan.family(cast(pg_catalog.format('%I.%I', ?1, ?2) as pg_catalog.regclass)) f
                  join pg_catalog.pg_class c on c.oid = f and c.relkind = 'r'
                  join pg_catalog.pg_namespace n on n.oid = c.relnamespace)
            select p.pubinsert and p.pubupdate and p.pubdelete and p.pubtruncate and not p.pubviaroot,
                   (select pg_catalog.min(name) from parts
                     where oid not in (select oid from published where oid is not null)),
                   (select pg_catalog.min(name) from parts join published using (oid) where filter is not null),
                   (select pg_catalog.min(name || ' fails, because its rows have no replica identity. ' || u.remedy) from parts
                      join livespan.without_identity(cast(pg_catalog.format('%I.%I', ?1, ?2) as pg_catalog.regclass)) u
                        on u.relation = parts.oid)
              from pg_catalog.pg_publication p where p.pubname = 'livespan'""";

    Stream<Trouble> troubles(EntityManager entities) {
        String name = SqlNames.written(table);
        List<?> rows = entities.createNativeQuery(STATE)
                .setParameter(1, table.schema())
                .setParameter(2, table.name())
                .getResultList();
        String publish = "select livespan.publish(" + SqlNames.literal(name) + ");";
        if (rows.isEmpty()) {
            return Stream.of(Trouble.unheard(name + " is not published. Run: " + publish));
        }
        var state = (Object[]) rows.get(0);
        if (!(boolean) state[0]) {
            return Stream.of(Trouble.unheard(
                    "the publication livespan leaves out operations, or has partitions under the name of"
                            + " their table. Run: alter publication livespan set"
                            + " (publish = 'insert, update, delete, truncate', publish_via_partition_root = false);"));
        }
        if (state[1] != null) {
            return Stream.of(Trouble.unheard(state[1] + " is not published. Run: " + publish));
        }
        if (state[2] != null) {
            return Stream.of(Trouble.unheard("the publication livespan leaves out rows of " + state[2]
                    + ". Run: alter publication livespan drop table " + name + "; " + publish));
        }
        return state[3] == null
                ? Stream.empty()
                : Stream.of(Trouble.doubt("has writers that fail: each UPDATE and DELETE of " + state[3]));
    }
}
