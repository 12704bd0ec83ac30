package org.livespan.live;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.livespan.feed.Digest;
import org.livespan.feed.FeedSnapshot;
import org.livespan.feed.Row;
import org.livespan.feed.SelectedSpans;
import org.livespan.time.SpanSet;

/**
 * The rows of some spans that are in any of the held selections, read together.
 *
 * @param rows in the order of (date, key)
 * @param isCut whether there may be more
 */
record NeededRows(List<Row> rows, boolean isCut) {

    /** So many rows are read faster than the values of very many selections are sent. */
    private static final int FEW = 500;

    /**
     * @param opened what is not held yet, but will be
     * @param limit the most rows to read
     */
    static NeededRows read(LiveImage image, FeedSnapshot snapshot, SpanSet spans, Coverage opened, int limit) {
        WantedRows wanted = image.wanted(spans, opened);
        if (wanted.all().isEmpty()) {
            return new NeededRows(List.of(), false);
        }
        if (wanted.isOfVeryMany()) {
            List<Row> all = snapshot.read(spans, Math.min(limit, FEW));
            if (all.size() < FEW) {
                return new NeededRows(image.neededOf(all, opened), all.size() >= limit);
            }
        }
        List<Row> rows = snapshot.read(wanted.all(), limit);
        return new NeededRows(wanted.some().isEmpty() ? rows : image.neededOf(rows, opened), rows.size() >= limit);
    }

    /**
     * The digest of these rows, as far as possible computed by the database.
     *
     * @param limit the most rows to read where all are needed
     */
    static Digest digest(LiveImage image, FeedSnapshot snapshot, SpanSet spans, int limit) {
        WantedRows wanted = image.wanted(spans, new Coverage());
        Digest digest = wanted.whole().isEmpty() ? Digest.NONE : snapshot.digest(wanted.whole(), limit);
        if (wanted.some().isEmpty()) {
            return digest;
        }
        int most = image.mostRows() + 1;
        List<Row> more = snapshot.read(wanted.some(), most);
        Collection<Row> needed = more.size() < most
                ? image.neededOf(more, new Coverage())
                : oneByOne(snapshot, image.parts(spans.minus(wanted.whole())), most);
        return needed.stream().map(Digest::of).reduce(digest, Digest::plus);
    }

    /** Reads exactly the rows of each selection, if too many others would be read with them. */
    private static Collection<Row> oneByOne(FeedSnapshot snapshot, List<SelectedSpans> parts, int limit) {
        var rows = new HashMap<ByteBuffer, Row>();
        for (SelectedSpans part : parts) {
            snapshot.read(List.of(part), limit).forEach(row -> rows.put(ByteBuffer.wrap(row.key()), row));
        }
        return rows.values();
    }
}
