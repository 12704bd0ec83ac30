package org.livespan.monitor;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.livespan.feed.TableName;

/**
 * Livespan's triggers on one table of a watched table's family, counted.
 *
 * @param table the table as in the catalogue
 * @param isRoot whether it is the watched table itself, not a partition or a child
 * @param isPartition whether rows reach it through its parent
 * @param count how many of the four exist
 * @param silent how many of those are disabled, or fire for replicated changes only
 * @param originOnly how many do not fire for replicated changes
 * @param dateColumn their date column; null without triggers
 * @param channel the channel they notify; null without triggers
 */
record TableTriggers(
        TableName table,
        boolean isRoot,
        boolean isPartition,
        int count,
        int silent,
        int originOnly,
        String dateColumn,
        String channel) {

    /** Insert, update, delete and truncate. */
    private static final int ALL = 4;

    /** More than these are not listed. */
    private static final int MOST_MEMBERS = 100;

    /**
     * The table itself, then those of its partitions and children that lack something. Triggers with different columns or
     * channels on one table count as fewer than four.
     */
    static final String TRIGGERS = """
            with recursive family(oid) as (
                select c.oid
                  from pg_catalog.pg_class c
                  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = ?1 and c.relname = ?2
                union
                select i.inhrelid
                  from pg_catalog.pg_inherits i
                  join family f on i.inhparent = f.oid),
            fired(oid, enabled, date_column, channel) as (
                select t.tgrelid, t.tgenabled, p.proname,
                       pg_catalog.convert_from(
                           substring(t.tgargs from 1 for position(pg_catalog.decode('00', 'hex') in t.tgargs) - 1),
                           pg_catalog.getdatabaseencoding())
                  from family f
                  join pg_catalog.pg_trigger t on t.tgrelid = f.oid
                  join pg_catalog.pg_proc p on p.oid = t.tgfoid
                  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                 where n.nspname = 'livespan' and t.tgnargs > 0
                   and t.tgname in ('livespan_insert', 'livespan_update', 'livespan_delete', 'livespan_truncate')),
            chosen(date_column, channel) as (
                select date_column, channel
                  from fired
                 group by date_column, channel
                 order by pg_catalog.count(*) desc, date_column, channel
                 limit 1),
            member(schema, name, place, is_partition, count, silent, origin_only) as (
                select n.nspname, c.relname, c.oid, c.relispartition, pg_catalog.count(t.oid),
                       pg_catalog.count(*) filter (where t.enabled in ('D', 'R')),
                       pg_catalog.count(*) filter (where t.enabled = 'O')
                  from family f
                  join pg_catalog.pg_class c on c.oid = f.oid
                  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                  left join chosen h on true
                  left join fired t on t.oid = f.oid and t.date_column = h.date_column and t.channel = h.channel
                 where c.relpersistence <> 't'
                 group by n.nspname, c.relname, c.oid, c.relispartition)
            select cast(m.schema as pg_catalog.text), cast(m.name as pg_catalog.text), m.is_partition,
                   cast(m.count as pg_catalog.int4), cast(m.silent as pg_catalog.int4),
                   cast(m.origin_only as pg_catalog.int4), cast(h.date_column as pg_catalog.text), h.channel
              from member m
              left join chosen h on true
             where m.schema = ?1 and m.name = ?2 or m.count < 4 or m.silent > 0 or m.origin_only > 0
             order by m.schema = ?1 and m.name = ?2 desc, m.place
             limit %d""".formatted(MOST_MEMBERS);

    /** Those of the table, and of those members of its family that lack something; empty if there is no such table. */
    static List<TableTriggers> of(TableName table, EntityManager entities) {
        List<?> rows = entities.createNativeQuery(TRIGGERS)
                .setParameter(1, table.schema())
                .setParameter(2, table.name())
                .getResultList();
        return rows.stream().map(row -> of(table, (Object[]) row)).toList();
    }

    private static TableTriggers of(TableName root, Object[] row) {
        var table = new TableName((String) row[0], (String) row[1]);
        return new TableTriggers(
                table,
                table.equals(root),
                (boolean) row[2],
                (int) row[3],
                (int) row[4],
                (int) row[5],
                (String) row[6],
                (String) row[7]);
    }

    boolean areMissing() {
        return count < ALL;
    }

    boolean areSilent() {
        return silent > 0;
    }

    boolean areForOriginOnly() {
        return originOnly > 0;
    }
}
