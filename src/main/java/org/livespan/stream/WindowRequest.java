package org.livespan.stream;

import org.livespan.feed.Feed;
import org.livespan.time.Span;

/** The window a client asks for: one feed restricted to one span. */
record WindowRequest(Feed feed, Span span) {}
