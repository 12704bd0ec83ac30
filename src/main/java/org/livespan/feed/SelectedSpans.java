package org.livespan.feed;

import org.livespan.time.SpanSet;

/** The rows of a selection whose date lies in one of some spans. */
public record SelectedSpans(SpanSet spans, Selection selection) {}
