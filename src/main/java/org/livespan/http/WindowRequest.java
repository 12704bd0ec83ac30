package org.livespan.http;

import org.livespan.feed.Feed;
import org.livespan.time.Span;

/** The window that a client asks for: a feed restricted to a span. */
public record WindowRequest(Feed feed, Span span) {}
