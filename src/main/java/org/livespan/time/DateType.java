package org.livespan.time;

/**
 * The type of a feed's date column, which determines what its values mean.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-datetime.html">PostgreSQL, Date/Time Types</a>
 */
public enum DateType {
    /** {@code timestamp with time zone}: a moment; its column time is UTC. */
    TIMESTAMPTZ,
    /** {@code timestamp without time zone}: local time in the feed's zone. */
    TIMESTAMP,
    /** {@code date}: a calendar day; its column time is the day's midnight. */
    DATE
}
