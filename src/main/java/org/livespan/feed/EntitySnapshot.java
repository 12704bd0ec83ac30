package org.livespan.feed;

import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** One committed state of an entity's table. */
final class EntitySnapshot<E> implements FeedSnapshot {

    /** Each condition takes the planner time. */
    private static final int SPANS_A_STATEMENT = 100;

    private final String feed;
    private final EntityTable<E> entity;
    private final EntityJson json;
    private final DatabaseSnapshot snapshot;

    EntitySnapshot(String feed, EntityTable<E> entity, EntityJson json, DatabaseSnapshot snapshot) {
        this.feed = feed;
        this.entity = entity;
        this.json = json;
        this.snapshot = snapshot;
    }

    @Override
    public List<Row> read(SpanSet spans, int limit) {
        var rows = new ArrayList<Row>();
        List<Span> pieces = spans.spans();
        for (int i = 0; i < pieces.size() && rows.size() < limit; i += SPANS_A_STATEMENT) {
            int end = Math.min(i + SPANS_A_STATEMENT, pieces.size());
            rows.addAll(read(pieces.subList(i, end), limit - rows.size()));
        }
        return rows;
    }

    private List<Row> read(List<Span> spans, int limit) {
        try {
            return query(spans)
                    .setMaxResults(limit)
                    .getResultStream()
                    .map(this::row)
                    .toList();
        } catch (PersistenceException e) {
            throw SqlState.unreadable(feed, e);
        }
    }

    private TypedQuery<E> query(List<Span> spans) {
        TypedQuery<E> query = snapshot.entities().createQuery(entity.jpql(spans), entity.type());
        for (int i = 0; i < spans.size(); i++) {
            if (!spans.get(i).isOpenAtStart()) {
                query.setParameter("start" + i, entity.firstFrom(spans.get(i).start()));
            }
            if (!spans.get(i).isOpenAtEnd()) {
                query.setParameter("end" + i, entity.lastUntil(spans.get(i).end()));
            }
        }
        return query;
    }

    private Row row(E row) {
        return new Row(entity.date(row), json.render(entity.key(row)), json.render(row));
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
