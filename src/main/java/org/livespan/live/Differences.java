package org.livespan.live;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.livespan.feed.Selection;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * What differs after a read.
 *
 * @param all the differences of all held rows
 * @param selected those of each other selection that has any
 * @param held the dates of the differences among the rows that were held before, or should have been, in order
 */
record Differences(RowChanges all, Map<Selection, RowChanges> selected, long[] held) {

    boolean isNone() {
        return all.isEmpty() && selected.isEmpty();
    }

    /** From the first to the last date within these spans of a row that was held and differs; empty if there is none. */
    Optional<Span> spanWithin(SpanSet spans) {
        long[] within = Arrays.stream(held).filter(spans::contains).toArray();
        return within.length == 0 ? Optional.empty() : Optional.of(new Span(within[0], within[within.length - 1]));
    }
}
