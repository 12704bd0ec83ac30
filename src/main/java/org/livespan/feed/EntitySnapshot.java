package org.livespan.feed;

import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
    private final FilterReads filters;

    EntitySnapshot(String feed, EntityTable<E> entity, EntityJson json, Filters filters, DatabaseSnapshot snapshot) {
        this.feed = feed;
        this.entity = entity;
        this.json = json;
        this.snapshot = snapshot;
        this.filters = new FilterReads(filters, snapshot);
    }

    @Override
    public List<Row> read(List<SelectedSpans> any, int limit) {
        if (filters.areNeeded(any)) {
            return readFiltered(any, limit);
        }
        return readAll(any.stream().map(SelectedSpans::spans).reduce(SpanSet.NONE, SpanSet::plus), limit);
    }

    @Override
    public Selection select(List<Filter> given) {
        try {
            return filters.select(given);
        } catch (PersistenceException e) {
            throw SqlState.unreadable(feed, e);
        }
    }

    @Override
    public Object filterColumns() {
        return filters.filters();
    }

    /** Reads the entities, and then the values of their filter columns: the same rows in the same order. */
    private List<Row> readFiltered(List<SelectedSpans> any, int limit) {
        try {
            List<E> rows = entities(any, limit);
            List<Value[]> values = values(any, limit);
            if (rows.size() != values.size()) {
                throw new IllegalStateException(
                        "feed " + feed + " has read " + rows.size() + " entities, and the values of " + values.size());
            }
            return IntStream.range(0, rows.size())
                    .mapToObj(i -> row(rows.get(i), values.get(i)))
                    .toList();
        } catch (PersistenceException e) {
            throw SqlState.unreadable(feed, e);
        }
    }

    private List<E> entities(List<SelectedSpans> any, int limit) {
        FilterSql sql = filters.sql(feed, any);
        String statement = entity.query().sql(entity.nativeColumns(TableQuery.ROW), any, sql, limit);
        return snapshot.rows(statement, sql.parameters(), entity.type());
    }

    private List<Value[]> values(List<SelectedSpans> any, int limit) {
        FilterSql sql = filters.sql(feed, any);
        // A column more than needed, because of a single one some providers would return no array
        String statement = entity.query().sql("1" + sql.values(TableQuery.ROW), any, sql, limit);
        return filters.values(snapshot.rows(statement, sql.parameters()), 1);
    }

    private List<Row> readAll(SpanSet spans, int limit) {
        var rows = new ArrayList<Row>();
        List<Span> pieces = spans.spans();
        for (int i = 0; i < pieces.size() && rows.size() < limit; i += SPANS_A_STATEMENT) {
            int end = Math.min(i + SPANS_A_STATEMENT, pieces.size());
            rows.addAll(readSpans(pieces.subList(i, end), limit - rows.size()));
        }
        return rows;
    }

    private List<Row> readSpans(List<Span> spans, int limit) {
        try {
            return query(spans)
                    .setMaxResults(limit)
                    .getResultStream()
                    .map(row -> row(row, Row.NO_VALUES))
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

    private Row row(E row, Value[] values) {
        return new Row(entity.date(row), json.render(entity.key(row)), json.render(row), values);
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
