package org.livespan.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.util.List;
import org.livespan.feed.Database;
import org.livespan.feed.Feed;
import org.livespan.feed.SqlState;

/**
 * What may change a feed's rows without a write: the time, chance, a function that PostgreSQL considers volatile. It is
 * searched for in all expressions that determine the rows: views, policies of row-level security, functions.
 *
 * @see <a href="https://www.postgresql.org/docs/current/xfunc-volatility.html">PostgreSQL, Function Volatility
 *     Categories</a>
 */
@ApplicationScoped
class UnwrittenChanges {

    /**
     * The functions as people write them, with commas between; null for none. An expression names the functions it calls by
     * number, and holds {@code current_date} and its kin, the operations 0 to 8, as nodes of their own. The colon before a
     * field is made here, as persistence providers would see a parameter.
     */
    static final String CAUSES = FeedObjects.OBJECTS + """
            , feed_expression(tree) as (
                select cast(r.ev_action as pg_catalog.text)
                  from feed_object o
                  join pg_catalog.pg_rewrite r on r.oid = o.oid
                 where o.class = cast('pg_catalog.pg_rewrite' as pg_catalog.regclass)
                union all
                select pg_catalog.concat(p.polqual)
                  from feed_object o
                  join pg_catalog.pg_policy p on p.oid = o.oid
                 where o.class = cast('pg_catalog.pg_policy' as pg_catalog.regclass)
                union all
                select pg_catalog.concat(p.prosqlbody)
                  from feed_object o
                  join pg_catalog.pg_proc p on p.oid = o.oid
                 where o.class = cast('pg_catalog.pg_proc' as pg_catalog.regclass)),
            feed_call(oid) as (
                select distinct cast(m.call[2] as pg_catalog.oid)
                  from feed_expression e
                 cross join lateral pg_catalog.regexp_matches(
                       e.tree, pg_catalog.chr(58) || '(func|opfunc)id ([0-9]+)', 'g') as m(call)),
            feed_cause(name) as (
                select 'the current date or time'
                  from feed_expression
                 where tree ~ ('SQLVALUEFUNCTION ' || pg_catalog.chr(58) || 'op [0-8] ')
                union
                select p.proname || '()'
                  from pg_catalog.pg_proc p
                  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                 where (p.oid in (select oid from feed_call)
                        or p.oid in (select oid from feed_object
                                      where class = cast('pg_catalog.pg_proc' as pg_catalog.regclass)))
                   and (p.provolatile = 'v'
                        or n.nspname = 'pg_catalog'
                           and (p.proname in ('now', 'transaction_timestamp', 'statement_timestamp')
                                or p.proname = 'age' and p.pronargs = 1)
                        or n.nspname <> 'pg_catalog'
                           and p.prosrc ~* '\\m(now|current_date|current_time|current_timestamp|localtime|localtimestamp|transaction_timestamp|statement_timestamp|clock_timestamp)\\M'))
            select pg_catalog.string_agg(name, ', ' order by name) from feed_cause""";

    @Inject
    Database database;

    /**
     * What changes the feed's rows without a write, for people to read; empty if nothing is known, or if the catalogue may
     * not be read.
     *
     * @throws PersistenceException if the database cannot be asked
     */
    String of(Feed feed) {
        try {
            Object causes = database.read(entities -> entities.createNativeQuery(CAUSES)
                    .setParameter(1, FeedObjects.roots(List.of(feed)))
                    .getSingleResult());
            return causes == null ? "" : (String) causes;
        } catch (PersistenceException e) {
            if (!SqlState.isRefused(e)) {
                throw e;
            }
            return "";
        }
    }
}
