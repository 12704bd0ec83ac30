package org.livespan.time;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A set of times, as ordered spans that neither overlap nor touch.
 *
 * @param spans the spans, the earliest first
 */
public record SpanSet(List<Span> spans) {

    /** No time at all. */
    public static final SpanSet NONE = new SpanSet(List.of());

    /** All of time. */
    public static final SpanSet ALL = new SpanSet(List.of(Span.ANY));

    public SpanSet {
        spans = spans.stream().anyMatch(Span::isEmpty)
                ? spans.stream().filter(span -> !span.isEmpty()).toList()
                : List.copyOf(spans);
    }

    /** The times in any of these spans. */
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

    /** The times in this set that are not in the other. */
    public SpanSet minus(SpanSet other) {
        return intersect(other.complement());
    }

    /** Whether some time is in this set and in the span. */
    public boolean intersects(Span span) {
        for (Span mine : spans) {
            if (mine.overlaps(span)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it contains every time of the span. */
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

    /** How long it is altogether, as a power of two in microseconds. */
    public int magnitude() {
        double length = spans.stream()
                .mapToDouble(span -> (double) span.end() - span.start() + 1)
                .sum();
        return Math.getExponent(length);
    }

    /** Whether more than so many days lie between its first moment and its last. */
    public boolean isLongerThan(int days) {
        return !isEmpty()
                && new Span(spans.get(0).start(), spans.get(spans.size() - 1).end()).isLongerThan(days);
    }

    /** Each span extended by so many days at either end, as far as possible. */
    public SpanSet widenedBy(int days) {
        return of(spans.stream().map(span -> span.widenedBy(days)).toList());
    }

    /** At most so many spans that contain these times: with more, the one from the earliest to the latest moment. */
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
