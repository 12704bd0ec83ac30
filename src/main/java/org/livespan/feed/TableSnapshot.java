package org.livespan.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.persistence.PersistenceException;
import java.util.List;
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
        try {
            List<?> rows = snapshot.entities()
                    .createNativeQuery(table.sql(spans.spans(), limit))
                    .getResultList();
            return rows.stream().map(row -> row((Object[]) row)).toList();
        } catch (PersistenceException e) {
            onFailure.run();
            throw new FeedUnavailableException(feed, e);
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
