package org.livespan.live;

import java.util.Arrays;
import java.util.Optional;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/**
 * Rows that differ from what was held, and of which no change had told.
 *
 * @param span from the first of their dates to the last, in column time
 * @param dates how many dates they have
 */
record Unheard(Span span, int dates) {

    /** @param silent the held spans that nobody had told of by the time they were read */
    static Optional<Unheard> of(RowChanges changes, SpanSet silent) {
        long[] dates = Arrays.stream(changes.dates()).filter(silent::contains).toArray();
        return dates.length == 0
                ? Optional.empty()
                : Optional.of(new Unheard(new Span(dates[0], dates[dates.length - 1]), dates.length));
    }
}
