package org.livespan.feed;

import static java.util.stream.Collectors.joining;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the catalogue says about the columns by which a feed can be filtered. */
@ApplicationScoped
class FilterCatalogue {

    /**
     * The columns in their order: name, type for people, schema and name of the type, schema and name of the collation, schema
     * and name of the operator for equality, and whether values have equality and a hash. Of a domain, the type is its base
     * type. What consists of others, such as an array, has a hash if those have.
     */
    static final String COLUMNS = "with recursive " + TableCatalogue.TYPED + """
            , parts(place, type_oid) as (
                select d.place, d.type_oid from typed d
                union
                select p.place, inner_type.oid
                  from parts p
                  join pg_catalog.pg_type t on t.oid = p.type_oid
                  left join pg_catalog.pg_range r on t.oid in (r.rngtypid, r.rngmultitypid)
                  left join pg_catalog.pg_attribute a
                    on a.attrelid = t.typrelid and t.typtype = 'c' and a.attnum > 0 and not a.attisdropped
                  join pg_catalog.pg_type inner_type
                    on inner_type.oid = case when t.typtype = 'd' then t.typbasetype
                                             when t.typcategory = 'A' then t.typelem
                                             when t.typtype = 'c' then a.atttypid
                                             else r.rngsubtype end),
            hashed(type_oid, operator_oid, exact) as (
                select c.opcintype, o.amopopr, true
                  from pg_catalog.pg_opclass c
                  join pg_catalog.pg_am m on m.oid = c.opcmethod
                  join pg_catalog.pg_amop o
                    on o.amopfamily = c.opcfamily and o.amoplefttype = c.opcintype and o.amoprighttype = c.opcintype
                 where m.amname = 'hash' and c.opcdefault
                union all
                select k.castsource, o.amopopr, false
                  from pg_catalog.pg_opclass c
                  join pg_catalog.pg_am m on m.oid = c.opcmethod
                  join pg_catalog.pg_amop o
                    on o.amopfamily = c.opcfamily and o.amoplefttype = c.opcintype and o.amoprighttype = c.opcintype
                  join pg_catalog.pg_cast k on k.casttarget = c.opcintype
                 where m.amname = 'hash' and c.opcdefault and k.castmethod = 'b' and k.castcontext = 'i'),
            refused(place) as (
                select p.place
                  from parts p
                  join pg_catalog.pg_type t on t.oid = p.type_oid
                 where t.typcategory <> 'A' and t.typtype not in ('c', 'd', 'e', 'm', 'r')
                   and t.oid not in (select h.type_oid from hashed h))
            select cast(d.column_name as pg_catalog.text), pg_catalog.format_type(d.type_oid, null),
                   cast(tn.nspname as pg_catalog.text), cast(t.typname as pg_catalog.text),
                   cast(cn.nspname as pg_catalog.text), cast(l.collname as pg_catalog.text),
                   cast(n.nspname as pg_catalog.text), cast(o.oprname as pg_catalog.text),
                   d.place not in (select r.place from refused r)
              from typed d
              join pg_catalog.pg_type t on t.oid = d.type_oid
              join pg_catalog.pg_namespace tn on tn.oid = t.typnamespace
              left join pg_catalog.pg_collation l on l.oid = d.collation_oid
              left join pg_catalog.pg_namespace cn on cn.oid = l.collnamespace
              left join lateral (
                  select h.operator_oid from hashed h where h.type_oid = d.type_oid order by h.exact desc limit 1) h on true
              left join pg_catalog.pg_operator o on o.oid = h.operator_oid
              left join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
             where t.typtype <> 'd'
             order by d.place""";

    @Inject
    Database database;

    /** One column of a table. */
    private record Found(FilterColumn column, boolean hasEquality) {}

    /**
     * The filter columns of a feed, and those to which claims bind it.
     *
     * @param members for each member of a row's JSON that is named differently, its column
     * @param filters members
     * @param bound members or columns; those that are filters, too, are found once
     * @throws UnreadableTableException if there is no such column, or it cannot be a filter
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    List<FilterColumn> find(
            TableName table, Map<String, String> members, List<String> filters, List<String> bound, String feed) {
        if (filters.isEmpty() && bound.isEmpty()) {
            return List.of();
        }
        Map<String, Found> all = columns(table);
        String prefix = FeedSettings.prefix(feed);
        return Stream.concat(
                        filters.stream().map(name -> require(table, name, members, all, prefix + FeedSettings.FILTERS)),
                        bound.stream()
                                .filter(name -> !filters.contains(name))
                                .map(name -> require(table, name, members, all, prefix + ClaimBinding.SETTING)))
                .toList();
    }

    private Map<String, Found> columns(TableName table) {
        List<?> rows = database.read(entities -> entities.createNativeQuery(COLUMNS)
                .setParameter(1, table.schema())
                .setParameter(2, table.name())
                .getResultList());
        var columns = new LinkedHashMap<String, Found>();
        for (Object row : rows) {
            Found found = found((Object[]) row);
            columns.put(found.column().column(), found);
        }
        return columns;
    }

    private static Found found(Object[] row) {
        String name = (String) row[0];
        String collation = row[5] == null ? "" : " collate " + qualified(row[4], row[5]);
        String operator = row[7] == null ? "pg_catalog.=" : SqlNames.quoted((String) row[6]) + "." + row[7];
        return new Found(
                new FilterColumn(
                        name,
                        name,
                        (String) row[1],
                        qualified(row[2], row[3]),
                        collation,
                        "operator(" + operator + ")"),
                (boolean) row[8]);
    }

    private static String qualified(Object schema, Object name) {
        return SqlNames.quoted((String) schema) + "." + SqlNames.quoted((String) name);
    }

    private static FilterColumn require(
            TableName table, String name, Map<String, String> members, Map<String, Found> all, String setting) {
        Found found = all.get(members.getOrDefault(name, name));
        String fix = ". Set " + setting + " to columns with equality and a hash: "
                + all.values().stream()
                        .filter(Found::hasEquality)
                        .map(column -> SqlNames.written(column.column().column()))
                        .collect(joining(", "))
                + ".";
        if (found == null) {
            throw new UnreadableTableException(
                    SqlNames.written(table) + " has no column " + SqlNames.written(name) + fix);
        }
        FilterColumn column = found.column();
        if (!found.hasEquality()) {
            throw new UnreadableTableException("column " + SqlNames.written(column.column()) + " of "
                    + SqlNames.written(table) + " is of type " + column.typeName() + fix);
        }
        return column.named(name);
    }
}
