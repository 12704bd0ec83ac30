package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.livespan.change.Change;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedForbiddenException;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.feed.Row;
import org.livespan.feed.SelectedSpans;
import org.livespan.feed.TableName;
import org.livespan.notify.ChangePayload;
import org.livespan.notify.UnreadablePayloadException;
import org.livespan.time.ColumnTime;
import org.livespan.time.DateRange;
import org.livespan.time.DateType;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * A feed of a hundred made-up rows. Each of its reads reads the table of a real feed as well, between dates in the far future,
 * where it has hardly any rows, and like the audit: out of everybody's way.
 *
 * <p>The rows are written by one thread, and read by the threads of the live reads.
 */
final class SyntheticFeed implements Feed {

    private static final TableName TABLE = new TableName("livespan", "rehearsal");
    private static final long FIRST = ColumnTime.of(LocalDateTime.of(2900, 1, 1, 0, 0));
    private static final int ROWS = 100;

    /** The dates of all rows. */
    static final Span SPAN = new Span(FIRST, FIRST + ROWS - 1);

    /** For a statement; a table that takes longer is not read again. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final Feed real;
    private volatile List<Row> rows =
            IntStream.range(0, ROWS).mapToObj(key -> row(key, 0)).toList();
    private volatile boolean reads = true;

    SyntheticFeed(Feed real) {
        this.real = real;
    }

    private static Row row(int key, int round) {
        String json = "{\"id\":%d,\"customer\":\"Nobody\",\"amount\":%d.00,\"note\":\"%064d\"}"
                .formatted(key, round, key + round);
        return new Row(FIRST + key, Integer.toString(key).getBytes(UTF_8), json.getBytes(UTF_8));
    }

    /** Changes one row; returns what a trigger would have told of it. */
    Change change(int round) {
        int key = round % ROWS;
        var next = new ArrayList<>(rows);
        next.set(key, row(key, round));
        rows = List.copyOf(next);
        return notified(FIRST + key);
    }

    private static Change notified(long date) {
        String written = ColumnTime.toLocalDateTime(date) + "Z";
        try {
            return ChangePayload.read("{\"key\": \"update\", \"value\": \"%1$s|%2$s|%2$s\"}".formatted(TABLE, written));
        } catch (UnreadablePayloadException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public FeedSnapshot snapshot() {
        List<Row> present = rows;
        FeedSnapshot beside = beside();
        return new FeedSnapshot() {
            @Override
            public List<Row> read(List<SelectedSpans> any, int limit) {
                any.forEach(some -> readBeside(beside, some.spans()));
                return present.stream()
                        .filter(row ->
                                any.stream().anyMatch(some -> some.spans().contains(row.date())))
                        .toList();
            }

            @Override
            public void close() {
                if (beside != null) {
                    beside.close();
                }
            }
        };
    }

    /** Null if the table cannot be read. */
    private FeedSnapshot beside() {
        try {
            return reads ? real.auditSnapshot(PATIENCE) : null;
        } catch (FeedUnavailableException | FeedForbiddenException e) {
            reads = false;
            return null;
        }
    }

    private void readBeside(FeedSnapshot beside, SpanSet spans) {
        try {
            if (beside != null) {
                beside.read(spans, 1);
            }
        } catch (FeedUnavailableException | FeedForbiddenException e) {
            reads = false;
        }
    }

    @Override
    public FeedSnapshot auditSnapshot(Duration patience) {
        return snapshot();
    }

    @Override
    public String name() {
        return "rehearsal of " + real.name();
    }

    @Override
    public TableName table() {
        return TABLE;
    }

    @Override
    public String dateColumn() {
        return real.dateColumn();
    }

    @Override
    public DateType dateType() {
        return DateType.TIMESTAMPTZ;
    }

    @Override
    public List<String> keyColumns() {
        return List.of("id");
    }

    @Override
    public Span span(DateRange range) {
        return SPAN;
    }
}
