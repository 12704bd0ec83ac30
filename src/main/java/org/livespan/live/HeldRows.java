package org.livespan.live;

import java.util.List;
import org.livespan.feed.Digest;
import org.livespan.feed.Row;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * The held rows of a feed, the spans that they cover completely, and an index by key.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class HeldRows {

    private final KeyIndex keys = new KeyIndex();
    private Image image = Image.EMPTY;
    private SpanSet spans = SpanSet.NONE;

    Image image() {
        return image;
    }

    SpanSet spans() {
        return spans;
    }

    /** Takes what was read, and returns what differs from before. */
    RowChanges take(ReadRows reading) {
        Image.Refreshed next = image.refreshed(reading.spans(), reading.rows());
        image = next.image();
        keys.apply(next.changes());
        spans = reading.isAll() ? reading.spans() : spans.plus(reading.spans());
        return next.changes();
    }

    /** Drops all rows outside these spans. */
    void keep(SpanSet some) {
        Image dropped = image.within(spans.minus(some));
        spans = spans.intersect(some);
        image = image.within(spans);
        if (dropped.size() > image.size()) {
            keys.replaceBy(image);
        } else {
            dropped.forEach(keys::remove);
        }
    }

    /** Whether most of the rows lie there, and it is more than a day, which a single change may well touch. */
    boolean isMost(SpanSet dates) {
        return dates.isLongerThan(1) && 2 * image.count(dates.intersect(spans)) >= image.size();
    }

    /**
     * The held rows of some spans, from a moment on.
     *
     * @param rows about how many rows to look at; those of one date are never split
     */
    AuditSlice slice(long from, int rows, SpanSet some) {
        long end = image.dateAfter(from, rows);
        return slice(some.intersect(new SpanSet(List.of(new Span(from, end)))), end);
    }

    /** What is held of these spans, as a slice with that end. */
    AuditSlice slice(SpanSet some, long end) {
        SpanSet slice = some.intersect(spans);
        return new AuditSlice(slice, image.count(slice), image.digest(slice), end);
    }

    /** The digest of the held rows in these spans. */
    Digest digest(SpanSet some) {
        return image.digest(some.intersect(spans));
    }

    /** Where else rows with these keys are held, outside the spans that were read; see {@link KeyIndex#elsewhere}. */
    SpanSet elsewhere(List<Row> rows, SpanSet read) {
        return keys.elsewhere(rows, read).intersect(spans).minus(read);
    }

    /** Whether two rows with one key were held since the last call. */
    boolean tookTwins() {
        return keys.tookTwins();
    }
}
