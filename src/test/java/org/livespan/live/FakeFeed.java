package org.livespan.live;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.livespan.feed.Feed;
import org.livespan.feed.FeedUnavailableException;
import org.livespan.feed.Row;
import org.livespan.feed.TableName;
import org.livespan.time.DateRange;
import org.livespan.time.DateType;
import org.livespan.time.Span;

/** The feed of a table {@code public.orders} that is a list in memory, and counts how often each span was read. */
final class FakeFeed implements Feed {

    private final List<Row> rows = new ArrayList<>();
    private final List<Span> reads = new ArrayList<>();
    private boolean down;

    static Row row(LocalDateTime date, String json) {
        return new Row(date, json.getBytes(StandardCharsets.UTF_8));
    }

    void insert(LocalDateTime date, String json) {
        rows.add(row(date, json));
    }

    void goDown() {
        down = true;
    }

    void comeBack() {
        down = false;
    }

    List<Span> reads() {
        return reads;
    }

    @Override
    public List<Row> read(Span span, int limit) {
        reads.add(span);
        if (down) {
            throw new FeedUnavailableException(name(), new IllegalStateException("connection refused"));
        }
        return rows.stream()
                .filter(row -> span.overlaps(new Span(row.date(), row.date())))
                .limit(limit)
                .toList();
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public TableName table() {
        return new TableName("public", "orders");
    }

    @Override
    public String dateColumn() {
        return "created_at";
    }

    @Override
    public DateType dateType() {
        return DateType.TIMESTAMPTZ;
    }

    @Override
    public String key() {
        return "id";
    }

    @Override
    public Span span(DateRange range) {
        return range.in(dateType(), ZoneOffset.UTC);
    }
}
