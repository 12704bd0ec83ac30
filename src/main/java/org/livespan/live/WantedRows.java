package org.livespan.live;

import java.util.ArrayList;
import java.util.List;
import org.livespan.feed.SelectedSpans;
import org.livespan.feed.Selection;
import org.livespan.time.SpanSet;

/**
 * Which rows have to be read of some spans.
 *
 * @param whole the spans among them of which all rows have to be read
 * @param some those of the others, and perhaps more
 */
record WantedRows(SpanSet whole, List<SelectedSpans> some) {

    private static final int VERY_MANY = 500;

    /** Whether so many values are asked for that it is worth while to look first whether there are only a few rows. */
    boolean isOfVeryMany() {
        return some.stream().mapToInt(one -> one.selection().size()).sum() > VERY_MANY;
    }

    List<SelectedSpans> all() {
        var all = new ArrayList<>(some);
        if (!whole.isEmpty()) {
            all.add(new SelectedSpans(whole, Selection.ALL));
        }
        return all;
    }
}
