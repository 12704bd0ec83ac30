package org.livespan.time;

import java.time.LocalDateTime;

/**
 * A closed interval of time, in the {@linkplain ColumnTime own time} of a date column.
 *
 * @param start the first microsecond within; minus infinity where the span is open on that side
 * @param end the last microsecond within; infinity where the span is open on that side
 */
public record Span(long start, long end) {

    /** All of time, and what is infinite. */
    public static final Span ANY = new Span(ColumnTime.MINUS_INFINITY, ColumnTime.INFINITY);

    private static final long MICROS_A_DAY = 86_400_000_000L;

    /**
     * A span that ends a microsecond before it starts is empty: a day that a zone's calendar leaves out.
     *
     * @throws IllegalArgumentException if it ends earlier than that
     */
    public Span {
        if (end != ColumnTime.INFINITY && start > end + 1) {
            throw new IllegalArgumentException("a span starts at " + start + ", after its end " + end);
        }
    }

    /**
     * The span between two times, both within.
     *
     * @param start the first time, or null for a span that is open on that side
     * @param end the last time, or null for a span that is open on that side
     */
    public static Span between(LocalDateTime start, LocalDateTime end) {
        return new Span(
                start == null ? ColumnTime.MINUS_INFINITY : ColumnTime.of(start),
                end == null ? ColumnTime.INFINITY : ColumnTime.of(end));
    }

    /** Whether there is no moment within. */
    public boolean isEmpty() {
        return start > end;
    }

    /** Whether nothing is before this span. */
    public boolean isOpenAtStart() {
        return start == ColumnTime.MINUS_INFINITY;
    }

    /** Whether nothing is after this span. */
    public boolean isOpenAtEnd() {
        return end == ColumnTime.INFINITY;
    }

    /** Whether the two have a moment in common. */
    public boolean overlaps(Span other) {
        return !isEmpty() && !other.isEmpty() && start <= other.end && other.start <= end;
    }

    /** Whether the moment lies within. */
    public boolean contains(long columnTime) {
        return start <= columnTime && columnTime <= end;
    }

    /** Whether it is longer than so many days. */
    public boolean isLongerThan(int days) {
        long most = days * MICROS_A_DAY;
        return isOpenAtStart() || isOpenAtEnd() || start <= ColumnTime.INFINITY - most && end > start + most;
    }

    /** This span with so many more days on either side, as far as time goes. */
    public Span widenedBy(int days) {
        long more = days * MICROS_A_DAY;
        return new Span(
                start < ColumnTime.MINUS_INFINITY + more ? ColumnTime.MINUS_INFINITY : start - more,
                end > ColumnTime.INFINITY - more ? ColumnTime.INFINITY : end + more);
    }
}
