package org.livespan.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.persistence.PersistenceException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.livespan.time.SpanSet;

/** One committed state of a table, read by a native query. */
final class TableSnapshot implements FeedSnapshot {

    private static final int VALUES = 3;

    private final String feed;
    private final TableQuery table;
    private final DatabaseSnapshot snapshot;
    private final FilterReads filters;
    private final Runnable onFailure;

    TableSnapshot(String feed, TableQuery table, Filters filters, DatabaseSnapshot snapshot, Runnable onFailure) {
        this.feed = feed;
        this.table = table;
        this.snapshot = snapshot;
        this.filters = new FilterReads(filters, snapshot);
        this.onFailure = onFailure;
    }

    @Override
    public List<Row> read(List<SelectedSpans> any, int limit) {
        return answered(() -> {
            FilterSql sql = filters.sql(feed, any);
            String statement = table.sql(any, sql, limit);
            List<Object[]> rows = snapshot.rows(statement, sql.parameters());
            if (!sql.hasValues()) {
                return rows.stream().map(row -> row(row, Row.NO_VALUES)).toList();
            }
            List<Value[]> values = filters.values(rows, VALUES);
            return IntStream.range(0, rows.size())
                    .mapToObj(i -> row(rows.get(i), values.get(i)))
                    .toList();
        });
    }

    @Override
    public Digest digest(SpanSet spans, int limit) {
        return answered(() -> snapshot.rows(table.digestSql(spans.spans()), List.of()).stream()
                .map(sums -> Digest.ofSums(Arrays.asList(Arrays.copyOf(sums, sums.length, String[].class))))
                .findFirst()
                .orElseThrow());
    }

    @Override
    public Selection select(List<Filter> given) {
        return answered(() -> filters.select(given));
    }

    @Override
    public Object filterColumns() {
        return filters.filters();
    }

    private <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (PersistenceException e) {
            onFailure.run();
            throw SqlState.unreadable(feed, e);
        }
    }

    private static Row row(Object[] columns, Value[] values) {
        return new Row(
                ((Number) columns[0]).longValue(),
                ((String) columns[1]).getBytes(UTF_8),
                ((String) columns[2]).getBytes(UTF_8),
                values);
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
