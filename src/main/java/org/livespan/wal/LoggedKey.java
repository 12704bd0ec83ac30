package org.livespan.wal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The key of a feed's rows, as far as the log tells it: if it consists of columns of the replica identity, whose types have one
 * JSON only.
 *
 * @param places of its columns
 * @param quoted whether the value of each is a string
 */
record LoggedKey(List<Integer> places, List<Boolean> quoted) {

    /** By the OIDs of {@code pg_type}: smallint, integer, bigint; uuid, text, varchar. */
    private static final Map<Integer, Boolean> QUOTED =
            Map.of(21, false, 23, false, 20, false, 2950, true, 25, true, 1043, true);

    /** Nothing that any writer of JSON could write in two ways. */
    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\/<>&']]*");

    /** Null if it cannot be told. */
    static LoggedKey of(LoggedTable table, List<String> columns) {
        List<Integer> places = columns.stream().map(table::place).toList();
        boolean told = !columns.isEmpty()
                && places.stream()
                        .allMatch(place -> place >= 0
                                && table.columns().get(place).identifies()
                                && QUOTED.containsKey(table.columns().get(place).type()));
        return told
                ? new LoggedKey(
                        places,
                        places.stream()
                                .map(place ->
                                        QUOTED.get(table.columns().get(place).type()))
                                .toList())
                : null;
    }

    /** Of this row; empty if it cannot be told. */
    Optional<String> json(LoggedRow row) {
        var values = new String[places.size()];
        for (int i = 0; i < values.length; i++) {
            Optional<String> text = row.text(places.get(i));
            if (text.isEmpty() || !PLAIN.matcher(text.get()).matches()) {
                return Optional.empty();
            }
            values[i] = quoted.get(i) ? '"' + text.get() + '"' : text.get();
        }
        return Optional.of(
                values.length == 1 ? values[0] : List.of(values).stream().collect(Collectors.joining(", ", "[", "]")));
    }
}
