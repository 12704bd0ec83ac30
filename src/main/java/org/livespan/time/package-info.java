/**
 * Time as users write it, and as a column holds it.
 *
 * <p>Comes in: a query parameter, a time zone, the type of a date column. Goes out: a {@link org.livespan.time.Span} in
 * the column's own time. This room knows no other.
 */
package org.livespan.time;
