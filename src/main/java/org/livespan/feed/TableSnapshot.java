package org.livespan.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.persistence.PersistenceException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.livespan.time.SpanSet;

/** One committed state of a table, read by a native query. */
final class TableSnapshot implements FeedSnapshot {

    private final String feed;
    private final TableQuery table;
    private final DatabaseSnapshot snapshot;
    private final Runnable onFailure;

    TableSnapshot(String feed, TableQuery table, DatabaseSnapshot snapshot, Runnable onFailure) {
        this.feed = feed;
        this.table = table;
        this.snapshot = snapshot;
        this.onFailure = onFailure;
    }

    @Override
    public List<Row> read(SpanSet spans, int limit) {
        return query(table.sql(spans.spans(), limit)).map(TableSnapshot::row).toList();
    }

    @Override
    public Digest digest(SpanSet spans, int limit) {
        return query(table.digestSql(spans.spans()))
                .map(sums -> Digest.ofSums(Arrays.asList(Arrays.copyOf(sums, sums.length, String[].class))))
                .findFirst()
                .orElseThrow();
    }

    private Stream<Object[]> query(String sql) {
        try {
            List<?> rows = snapshot.entities().createNativeQuery(sql).getResultList();
            return rows.stream().map(row -> (Object[]) row);
        } catch (PersistenceException e) {
            onFailure.run();
            throw SqlState.unreadable(feed, e);
        }
    }

    private static Row row(Object[] columns) {
        return new Row(
                ((Number) columns[0]).longValue(),
                ((String) columns[1]).getBytes(UTF_8),
                ((String) columns[2]).getBytes(UTF_8));
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
