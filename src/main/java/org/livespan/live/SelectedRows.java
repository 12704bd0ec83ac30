package org.livespan.live;

import java.util.List;
import org.livespan.feed.Selection;
import org.livespan.time.SpanSet;

/**
 * The held rows of a selection, and the spans in which all of them are held. The rows are the same objects as those of the feed's
 * image.
 *
 * <p>Guarded by the {@link LiveImage}.
 */
final class SelectedRows {

    private final Selection selection;
    private Image image = Image.EMPTY;
    private SpanSet spans = SpanSet.NONE;

    SelectedRows(Selection selection) {
        this.selection = selection;
    }

    Selection selection() {
        return selection;
    }

    Image image() {
        return image;
    }

    SpanSet spans() {
        return spans;
    }

    boolean includes(HeldRow row) {
        return selection.includes(row.values());
    }

    /** More spans are held. */
    void cover(SpanSet more) {
        spans = spans.plus(more);
    }

    /**
     * Replaces the rows of some spans, and returns what differs.
     *
     * @param rows all its rows in these spans, in their order
     */
    RowChanges replace(SpanSet some, List<HeldRow> rows) {
        Image.Refreshed next = image.replaced(some, rows);
        image = next.image();
        return next.changes();
    }

    /** Drops its rows outside these spans. */
    void keep(SpanSet some) {
        spans = spans.intersect(some);
        image = image.within(spans);
    }
}
