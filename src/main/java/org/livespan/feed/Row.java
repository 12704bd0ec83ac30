package org.livespan.feed;

import java.time.LocalDateTime;

/**
 * One row of a feed.
 *
 * @param date the value of its date column, in column time
 * @param json the whole row as a JSON object, UTF-8, on one line; never changed by anyone who holds it
 */
public record Row(LocalDateTime date, byte[] json) {}
