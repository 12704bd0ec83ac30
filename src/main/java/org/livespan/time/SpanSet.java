package org.livespan.time;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Some of time: spans in order that neither overlap nor touch.
 *
 * @param spans the spans, the earliest first
 */
public record SpanSet(List<Span> spans) {

    /** No time at all. */
    public static final SpanSet NONE = new SpanSet(List.of());

    /** All of time. */
    public static final SpanSet ALL = new SpanSet(List.of(Span.ANY));

    public SpanSet {
        spans = spans.stream().filter(span -> !span.isEmpty()).toList();
    }

    /** All the times that lie in one of these spans. */
    public static SpanSet of(Collection<Span> spans) {
        var sorted = new ArrayList<>(new SpanSet(List.copyOf(spans)).spans);
        sorted.sort(Comparator.comparingLong(Span::start));
        var merged = new ArrayList<Span>();
        for (Span span : sorted) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && (last.isOpenAtEnd() || span.start() <= last.end() + 1)) {
                merged.set(merged.size() - 1, new Span(last.start(), Math.max(last.end(), span.end())));
            } else {
                merged.add(span);
            }
        }
        return new SpanSet(merged);
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** The times in either. */
    public SpanSet plus(SpanSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        var both = new ArrayList<>(spans);
        both.addAll(other.spans);
        return of(both);
    }

    public SpanSet plus(Span span) {
        return plus(new SpanSet(List.of(span)));
    }

    /** The times in both. */
    public SpanSet intersect(SpanSet other) {
        var common = new ArrayList<Span>();
        int mine = 0;
        int theirs = 0;
        while (mine < spans.size() && theirs < other.spans.size()) {
            Span a = spans.get(mine);
            Span b = other.spans.get(theirs);
            if (a.overlaps(b)) {
                common.add(new Span(Math.max(a.start(), b.start()), Math.min(a.end(), b.end())));
            }
            if (a.end() < b.end()) {
                mine++;
            } else {
                theirs++;
            }
        }
        return new SpanSet(common);
    }

    /** The times here that are not there. */
    public SpanSet minus(SpanSet other) {
        return intersect(other.complement());
    }

    /** Whether every time of the span is here. */
    public boolean covers(Span span) {
        return span.isEmpty()
                || spans.stream().anyMatch(mine -> mine.start() <= span.start() && span.end() <= mine.end());
    }

    /** Whether the moment lies in one of the spans. */
    public boolean contains(long columnTime) {
        int low = 0;
        int high = spans.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (spans.get(middle).end() < columnTime) {
                low = middle + 1;
            } else if (spans.get(middle).start() > columnTime) {
                high = middle - 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** Whether there are more than so many days from the first moment to the last. */
    public boolean isLongerThan(int days) {
        return !isEmpty()
                && new Span(spans.get(0).start(), spans.get(spans.size() - 1).end()).isLongerThan(days);
    }

    /** These times and so many more days on either side of each span, as far as time goes. */
    public SpanSet widenedBy(int days) {
        return of(spans.stream().map(span -> span.widenedBy(days)).toList());
    }

    /** These times in at most so many spans: the earliest and the latest moment stay, what is between may become more. */
    public SpanSet inAtMost(int count) {
        return spans.size() <= count
                ? this
                : new SpanSet(List.of(new Span(
                        spans.get(0).start(), spans.get(spans.size() - 1).end())));
    }

    private SpanSet complement() {
        var gaps = new ArrayList<Span>();
        long next = ColumnTime.MINUS_INFINITY;
        for (Span span : spans) {
            if (!span.isOpenAtStart() && next <= span.start() - 1) {
                gaps.add(new Span(next, span.start() - 1));
            }
            if (span.isOpenAtEnd()) {
                return new SpanSet(gaps);
            }
            next = span.end() + 1;
        }
        gaps.add(new Span(next, ColumnTime.INFINITY));
        return new SpanSet(gaps);
    }
}
