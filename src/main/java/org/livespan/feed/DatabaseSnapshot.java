package org.livespan.feed;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Duration;
import java.util.List;
import org.livespan.db.SessionSettings;

/** A transaction that only reads, in which every statement sees what the first one saw. */
final class DatabaseSnapshot implements AutoCloseable {

    private static final String YIELD =
            "set local lock_timeout = '100ms'; set local max_parallel_workers_per_gather = 0; set local statement_timeout = ";

    private final EntityManager entities;

    private DatabaseSnapshot(EntityManager entities) {
        this.entities = entities;
    }

    static DatabaseSnapshot begin(EntityManager entities) {
        return begin(entities, SessionSettings.BEGIN);
    }

    /**
     * Locks the table, as any query does, before the first query takes the snapshot. Otherwise a query that had to wait for a
     * TRUNCATE would see the table emptied, but not the rows inserted after that.
     *
     * @see <a href="https://www.postgresql.org/docs/current/mvcc-caveats.html">PostgreSQL, Data Consistency Caveats</a>
     */
    static DatabaseSnapshot begin(EntityManager entities, TableName table) {
        return begin(
                entities, SessionSettings.BEGIN + "; lock table " + SqlNames.quoted(table) + " in access share mode");
    }

    static DatabaseSnapshot beginYielding(EntityManager entities, Duration patience) {
        return begin(entities, SessionSettings.BEGIN, YIELD + patience.toMillis());
    }

    /**
     * @param before what comes before the first query takes the snapshot
     * @param after what comes after that
     */
    private static DatabaseSnapshot begin(EntityManager entities, String before, String... after) {
        var snapshot = new DatabaseSnapshot(entities);
        try {
            entities.getTransaction().begin();
            entities.createNativeQuery(before).executeUpdate();
            entities.createNativeQuery(SessionSettings.PIN).getResultList();
            for (String statements : after) {
                entities.createNativeQuery(statements).executeUpdate();
            }
            return snapshot;
        } catch (RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    EntityManager entities() {
        return entities;
    }

    /** The rows of a native statement with these parameters, {@code ?1} and so on, each an array of its columns. */
    List<Object[]> rows(String sql, List<String> parameters) {
        List<?> rows = bound(entities.createNativeQuery(sql), parameters).getResultList();
        return rows.stream().map(row -> (Object[]) row).toList();
    }

    /** The entities that a native statement returns. */
    <E> List<E> rows(String sql, List<String> parameters, Class<E> type) {
        List<?> rows = bound(entities.createNativeQuery(sql, type), parameters).getResultList();
        return rows.stream().map(type::cast).toList();
    }

    private static Query bound(Query query, List<String> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            query.setParameter(i + 1, parameters.get(i));
        }
        return query;
    }

    @Override
    public void close() {
        try {
            if (entities.getTransaction().isActive()) {
                entities.getTransaction().rollback();
            }
        } finally {
            entities.close();
        }
    }
}
