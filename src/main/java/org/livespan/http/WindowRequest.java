package org.livespan.http;

import java.util.List;
import java.util.stream.Stream;
import org.livespan.feed.Feed;
import org.livespan.feed.Filter;
import org.livespan.feed.InvalidValueException;
import org.livespan.time.Span;

/**
 * The window that a client asks for: a feed restricted to a span, and to rows that meet all of some filters.
 *
 * @param filters those of the client
 * @param claims those that the caller's claims add, which the client can neither see nor widen
 */
public record WindowRequest(Feed feed, Span span, List<Filter> filters, List<Filter> claims) {

    /** The same bound to these claims. */
    public WindowRequest bound(List<Filter> to) {
        return new WindowRequest(feed, span, filters, List.copyOf(to));
    }

    /** All filters. */
    public List<Filter> all() {
        return Stream.concat(filters.stream(), claims.stream()).toList();
    }

    /** Whether the client gave this text; otherwise it is a claim's. */
    public boolean isGiven(InvalidValueException text) {
        return filters.stream()
                .anyMatch(filter ->
                        filter.column().equals(text.filter()) && filter.values().containsAll(text.texts()));
    }
}
