package org.livespan.live;

import java.util.List;
import org.livespan.feed.SelectedSpans;
import org.livespan.feed.Selection;
import org.livespan.time.Span;
import org.livespan.time.SpanSet;

/** What a window is restricted to: the rows of a selection within a span. Clients that ask for equal ones share a window. */
public record Restriction(Span span, Selection selection) {

    /** All rows within a span. */
    public static Restriction to(Span span) {
        return new Restriction(span, Selection.ALL);
    }

    SelectedSpans selected() {
        return new SelectedSpans(new SpanSet(List.of(span)), selection);
    }
}
