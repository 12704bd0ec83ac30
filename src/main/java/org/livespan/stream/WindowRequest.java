package org.livespan.stream;

import org.livespan.feed.Feed;
import org.livespan.time.Span;

/** The window that a client asks for: a feed restricted to a span. */
record WindowRequest(Feed feed, Span span) {}
