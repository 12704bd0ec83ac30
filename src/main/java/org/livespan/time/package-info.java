/**
 * Dates and times as users write them, and as a column stores them.
 *
 * <p>In: a query parameter, a time zone, the type of a date column. Out: a {@link org.livespan.time.Span} in column time. Knows
 * no other package.
 */
package org.livespan.time;
