package org.livespan.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.livespan.feed.Database;
import org.livespan.feed.Feed;

/**
 * A fingerprint of everything that determines what a feed shows, besides its rows. PostgreSQL sends no notification if a
 * table is altered or rewritten, a trigger disabled, or a policy, a right or a function under a view changed.
 *
 * <p>It is made of versions, not of contents: every change of a catalogue row makes a new version, identified by the
 * transaction that wrote it ({@code xmin}). So a trigger that was disabled and enabled again in one transaction leaves a
 * trace, as does anything that nobody thought of. Commands that do not change catalogue rows in this way, such as
 * {@code ANALYZE}, leave none.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-system-columns.html">PostgreSQL, System Columns</a>
 */
@ApplicationScoped
class FeedFingerprints {

    /**
     * Each version is a text that names its object. The rights are those of the reader and of the owners of what is read,
     * by the roles that they are members of; the rights that roles were granted stand in the versions of the objects.
     */
    static final String FINGERPRINTS = FeedObjects.OBJECTS + """
            , feed_relation(feed, oid) as (
                select distinct feed, oid
                  from feed_object
                 where class = cast('pg_catalog.pg_class' as pg_catalog.regclass)),
            feed_role(feed, oid) as (
                select r.feed, c.relowner
                  from feed_relation r
                  join pg_catalog.pg_class c on c.oid = r.oid
                union
                select r.feed, cast(cast(pg_catalog.quote_ident(current_user) as pg_catalog.regrole) as pg_catalog.oid)
                  from feed_root r
                union
                select f.feed, m.roleid
                  from feed_role f
                  join pg_catalog.pg_auth_members m on m.member = f.oid),
            feed_version(feed, version) as (
                select r.feed, pg_catalog.concat_ws(' ', 'relation', c.oid, c.xmin, n.xmin, current_user,
                       pg_catalog.row_security_active(c.oid), pg_catalog.has_table_privilege(c.oid, 'select'))
                  from feed_relation r
                  join pg_catalog.pg_class c on c.oid = r.oid
                  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                union all
                select r.feed, pg_catalog.concat_ws(' ', 'attribute', a.attrelid, a.attnum, a.xmin)
                  from feed_relation r
                  join pg_catalog.pg_attribute a on a.attrelid = r.oid
                 where a.attnum > 0
                union all
                select r.feed, pg_catalog.concat_ws(' ', 'trigger', t.oid, t.xmin)
                  from feed_relation r
                  join pg_catalog.pg_trigger t on t.tgrelid = r.oid
                 where not t.tgisinternal
                union all
                select r.feed, pg_catalog.concat_ws(' ', 'published', l.prrelid, l.xmin)
                  from feed_relation r
                  join pg_catalog.pg_publication_rel l on l.prrelid = r.oid
                union all
                select r.feed, pg_catalog.concat_ws(' ', 'publication', p.oid, p.xmin)
                  from feed_root r
                  join pg_catalog.pg_publication p on p.pubname = 'livespan'
                union all
                select r.feed, pg_catalog.concat_ws(' ', 'index', i.indexrelid, i.xmin)
                  from feed_root r
                  join pg_catalog.pg_index i on i.indrelid = r.oid
                union all
                select r.feed, pg_catalog.concat_ws(' ', 'inherits', i.inhrelid, i.inhparent, i.xmin)
                  from feed_relation r
                  join pg_catalog.pg_inherits i on i.inhparent = r.oid
                union all
                select r.feed, pg_catalog.concat_ws(' ', 'foreign', t.ftrelid, t.xmin)
                  from feed_relation r
                  join pg_catalog.pg_foreign_table t on t.ftrelid = r.oid
                union all
                select o.feed, pg_catalog.concat_ws(' ', 'label', e.oid, e.xmin)
                  from feed_object o
                  join pg_catalog.pg_enum e on e.enumtypid = o.oid
                 where o.class = cast('pg_catalog.pg_type' as pg_catalog.regclass)
                union all
                select f.feed, pg_catalog.concat_ws(' ', 'member', m.roleid, m.member, m.xmin)
                  from feed_role f
                  join pg_catalog.pg_auth_members m on m.member = f.oid
                union all
                select o.feed, pg_catalog.concat_ws(' ', 'dependency', d.classid, d.objid, d.refclassid, d.refobjid, d.xmin)
                  from feed_object o
                  join pg_catalog.pg_depend d on d.classid = o.class and d.objid = o.oid
                union all
                select o.feed, pg_catalog.concat_ws(' ', 'object', o.class, o.oid, v.xmin)
                  from feed_object o
                  join (%s) as v(class, oid, xmin) on v.oid = o.oid and v.class = o.class
                )
            select feed, cast(pg_catalog.count(*) as pg_catalog.text),
                   cast(pg_catalog.sum(pg_catalog.hashtextextended(version, 0)) as pg_catalog.text)
              from feed_version
             group by feed""".formatted(versions());

    private static String versions() {
        return List.of(
                        "rewrite",
                        "policy",
                        "attrdef",
                        "proc",
                        "type",
                        "cast",
                        "collation",
                        "operator",
                        "ts_config",
                        "ts_dict",
                        "foreign_server")
                .stream()
                .map(
                        "select cast('pg_catalog.pg_%1$s' as pg_catalog.regclass), oid, xmin from pg_catalog.pg_%1$s"
                                ::formatted)
                .reduce((one, other) -> one + " union all " + other)
                .orElseThrow();
    }

    @Inject
    Database database;

    /**
     * The fingerprint of each feed. If it is equal, nothing was altered.
     *
     * @throws jakarta.persistence.PersistenceException if the database cannot be asked
     */
    Map<String, String> of(Collection<Feed> feeds) {
        List<?> rows = database.read(entities -> entities.createNativeQuery(FINGERPRINTS)
                .setParameter(1, FeedObjects.roots(feeds))
                .getResultList());
        var fingerprints = new HashMap<String, String>();
        feeds.forEach(feed -> fingerprints.put(feed.name(), ""));
        for (Object row : rows) {
            var columns = (Object[]) row;
            fingerprints.put((String) columns[0], columns[1] + " " + columns[2]);
        }
        return fingerprints;
    }
}
