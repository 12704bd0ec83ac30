package org.livespan.feed;

/**
 * One row of a feed.
 *
 * @param date the value of its date column, in {@linkplain org.livespan.time.ColumnTime column time}
 * @param key its key, unique in the feed: a JSON value, UTF-8; an array if the key has several columns
 * @param json the whole row as a JSON object on one line, UTF-8
 * @param values those of its filter columns, in the order of {@link Feed#filters()}; empty if they were not read
 *     <p>None of the arrays may be changed.
 */
public record Row(long date, byte[] key, byte[] json, Value[] values) {

    /** The {@code values} that were not read. */
    public static final Value[] NO_VALUES = {};

    /** A row of a feed without filters. */
    public Row(long date, byte[] key, byte[] json) {
        this(date, key, json, NO_VALUES);
    }
}
