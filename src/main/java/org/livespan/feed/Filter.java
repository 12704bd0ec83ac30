package org.livespan.feed;

import java.util.List;

/**
 * What is asked of one filter column: any of these, if there are several.
 *
 * @param column one of {@link Feed#filters()}
 * @param values texts, as PostgreSQL reads the column's type
 * @param isNull whether rows without a value are asked for
 * @param isNotNull whether all rows with a value are asked for
 */
public record Filter(String column, List<String> values, boolean isNull, boolean isNotNull) {

    public Filter {
        values = List.copyOf(values);
    }

    /** One of these values. */
    public static Filter of(String column, List<String> values) {
        return new Filter(column, values, false, false);
    }
}
