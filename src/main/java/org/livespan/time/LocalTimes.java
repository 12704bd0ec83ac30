package org.livespan.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The local times before or after a moment, in a time zone whose clocks change.
 *
 * <p>A local time that occurs twice means the later of the two, as for PostgreSQL's {@code AT TIME ZONE}; one that is skipped
 * means the moment of the change.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datetime-invalid-input.html">PostgreSQL, Handling of Invalid or
 *     Ambiguous Timestamps</a>
 */
final class LocalTimes {

    private LocalTimes() {}

    /** The earliest local time that is not before the moment. */
    static LocalDateTime firstNotBefore(Instant moment, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        ZoneOffset offset = rules.getOffset(moment);
        LocalDateTime local = LocalDateTime.ofInstant(moment, offset);
        ZoneOffsetTransition overlap = rules.getTransition(local);
        if (overlap != null && overlap.isOverlap() && offset.equals(overlap.getOffsetBefore())) {
            return overlap.getDateTimeAfter();
        }
        ZoneOffsetTransition change = rules.previousTransition(moment.plusNanos(1));
        boolean justSkipped =
                change != null && change.isGap() && change.getInstant().equals(moment);
        return justSkipped ? change.getDateTimeBefore() : local;
    }

    /** The latest local time that is not after the moment, to the microsecond. */
    static LocalDateTime lastNotAfter(Instant moment, ZoneId zone) {
        return firstNotBefore(moment.plus(1, ChronoUnit.MICROS), zone).minus(1, ChronoUnit.MICROS);
    }
}
