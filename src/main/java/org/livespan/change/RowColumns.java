package org.livespan.change;

import java.util.List;

/**
 * By which columns a feed finds the rows of its table.
 *
 * @param keyColumns empty if what a row's JSON has of its key need not be what PostgreSQL would write
 */
public record RowColumns(String dateColumn, List<String> keyColumns) {}
