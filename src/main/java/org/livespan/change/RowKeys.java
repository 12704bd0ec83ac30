package org.livespan.change;

import java.util.Set;

/**
 * Rows whose old dates a change does not tell, because the log has only their keys.
 *
 * @param columns for feeds that find rows by these columns, and no others
 * @param keys each as JSON, as the key of a feed's row is: a value, or an array of several with a blank behind each comma
 */
public record RowKeys(RowColumns columns, Set<String> keys) {}
