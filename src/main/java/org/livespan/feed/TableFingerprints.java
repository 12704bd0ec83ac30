package org.livespan.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What tables look like, so that it is noticed when they are altered: PostgreSQL notifies nobody of that, and lets only
 * superusers have triggers for it.
 */
@ApplicationScoped
class TableFingerprints {

    /** The relation itself, who may read it, its columns, triggers, indexes, what a view selects, its partitions. */
    private static final String FINGERPRINTS = """
            select t.schema, t.name, md5(concat_ws('|', c.oid, c.relkind, c.relacl, n.nspacl, (
                   select string_agg(concat_ws(' ', a.attnum, a.attname, a.atttypid, a.atttypmod, a.attacl), ','
                                     order by a.attnum)
                     from pg_attribute a
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), 't', (
                   select string_agg(concat_ws(' ', g.tgname, g.tgenabled, g.tgfoid, encode(g.tgargs, 'hex')), ','
                                     order by g.tgname)
                     from pg_trigger g
                    where g.tgrelid = c.oid and not g.tgisinternal), 'i', (
                   select string_agg(concat_ws(' ', i.indexrelid, i.indisunique, i.indisvalid), ','
                                     order by i.indexrelid)
                     from pg_index i
                    where i.indrelid = c.oid), 'r', (
                   select string_agg(md5(cast(r.ev_action as text)), ',' order by r.oid)
                     from pg_rewrite r
                    where r.ev_class = c.oid), 'p', (
                   select string_agg(cast(cast(p.relid as oid) as text), ',' order by cast(p.relid as oid))
                     from pg_partition_tree(c.oid) p)))
              from jsonb_to_recordset(cast(?1 as jsonb)) as t(schema text, name text)
              join pg_namespace n on n.nspname = t.schema
              join pg_class c on c.relnamespace = n.oid and c.relname = t.name""";

    @Inject
    Database database;

    /**
     * The fingerprint of each table, empty if it is not there; an equal one means that nothing was altered.
     *
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    Map<TableName, String> of(Collection<TableName> tables) {
        var asked = Json.createArrayBuilder();
        tables.forEach(table -> asked.add(
                Json.createObjectBuilder().add("schema", table.schema()).add("name", table.name())));
        List<?> rows = database.read(entities -> entities.createNativeQuery(FINGERPRINTS)
                .setParameter(1, asked.build().toString())
                .getResultList());
        var fingerprints = new HashMap<TableName, String>();
        tables.forEach(table -> fingerprints.put(table, ""));
        for (Object row : rows) {
            var columns = (Object[]) row;
            fingerprints.put(new TableName((String) columns[0], (String) columns[1]), (String) columns[2]);
        }
        return fingerprints;
    }
}
