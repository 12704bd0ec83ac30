package org.livespan.feed;

/**
 * One row of a feed.
 *
 * @param date the value of its date column, in {@linkplain org.livespan.time.ColumnTime column time}
 * @param key its key, unique in the feed: a JSON value, UTF-8; an array if the key has several columns
 * @param json the whole row as a JSON object on one line, UTF-8
 *     <p>Neither array may be changed.
 */
public record Row(long date, byte[] key, byte[] json) {}
