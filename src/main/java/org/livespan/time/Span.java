package org.livespan.time;

import java.time.LocalDateTime;

/**
 * A closed interval in {@linkplain ColumnTime column time}.
 *
 * @param start the first microsecond; minus infinity if the span has no lower bound
 * @param end the last microsecond; infinity if the span has no upper bound
 */
public record Span(long start, long end) {

    /** All times, including the infinite ones. */
    public static final Span ANY = new Span(ColumnTime.MINUS_INFINITY, ColumnTime.INFINITY);

    private static final long MICROS_A_DAY = 86_400_000_000L;

    /**
     * A span that ends a microsecond before it starts is empty, such as a day that a time zone skips.
     *
     * @throws IllegalArgumentException if it ends earlier than that
     */
    public Span {
        if (end != ColumnTime.INFINITY && start > end + 1) {
            throw new IllegalArgumentException("a span starts at " + start + ", after its end " + end);
        }
    }

    /**
     * The span between two times, both inclusive.
     *
     * @param start the first time; null for no lower bound
     * @param end the last time; null for no upper bound
     */
    public static Span between(LocalDateTime start, LocalDateTime end) {
        return new Span(
                start == null ? ColumnTime.MINUS_INFINITY : ColumnTime.of(start),
                end == null ? ColumnTime.INFINITY : ColumnTime.of(end));
    }

    /** Whether it contains no moment. */
    public boolean isEmpty() {
        return start > end;
    }

    /** Whether it has no lower bound. */
    public boolean isOpenAtStart() {
        return start == ColumnTime.MINUS_INFINITY;
    }

    /** Whether it has no upper bound. */
    public boolean isOpenAtEnd() {
        return end == ColumnTime.INFINITY;
    }

    /** Whether both contain some moment. */
    public boolean overlaps(Span other) {
        return !isEmpty() && !other.isEmpty() && start <= other.end && other.start <= end;
    }

    /** Whether it contains the moment. */
    public boolean contains(long columnTime) {
        return start <= columnTime && columnTime <= end;
    }

    /** Whether it is longer than so many days. */
    public boolean isLongerThan(int days) {
        long most = days * MICROS_A_DAY;
        return isOpenAtStart() || isOpenAtEnd() || start <= ColumnTime.INFINITY - most && end > start + most;
    }

    /** This span, extended by so many days at either end, as far as possible. */
    public Span widenedBy(int days) {
        long more = days * MICROS_A_DAY;
        return new Span(
                start < ColumnTime.MINUS_INFINITY + more ? ColumnTime.MINUS_INFINITY : start - more,
                end > ColumnTime.INFINITY - more ? ColumnTime.INFINITY : end + more);
    }
}
