package org.livespan.time;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A closed interval of time, in the own time of a date column: UTC for a {@code timestamptz}, local time for a
 * {@code timestamp}, midnights for a {@code date}.
 *
 * @param start the first moment within, or null where the span is open on that side
 * @param end the last moment within, or null where the span is open on that side
 */
public record Span(LocalDateTime start, LocalDateTime end) {

    /** All of time. */
    public static final Span ANY = new Span(null, null);

    /**
     * A span that ends a microsecond before it starts is empty: a day that a zone's calendar leaves out.
     *
     * @throws IllegalArgumentException if it ends earlier than that
     */
    public Span {
        if (start != null && end != null && start.isAfter(end.plus(1, ChronoUnit.MICROS))) {
            throw new IllegalArgumentException("a span starts at " + start + ", after its end " + end);
        }
    }

    /** Whether the two have a moment in common. */
    public boolean overlaps(Span other) {
        return notAfter(start, other.end) && notAfter(other.start, end);
    }

    /** This span with so many more days on either side. */
    public Span widenedBy(int days) {
        return new Span(start == null ? null : start.minusDays(days), end == null ? null : end.plusDays(days));
    }

    private static boolean notAfter(LocalDateTime start, LocalDateTime end) {
        return start == null || end == null || !start.isAfter(end);
    }
}
