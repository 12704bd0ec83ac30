package org.livespan.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.livespan.feed.Row;

/** The rows of a client that applies changes: it keeps a list of its own, in the order of (date, key). */
final class ReplayedRows {

    private static final Pattern ROW = Pattern.compile("\\{\"id\":(\\d+),\"date\":(-?\\d+),\"amount\":(-?\\d+)[^}]*}");
    private static final Pattern CHANGE =
            Pattern.compile("\\{\"upserted\":\\[(.*)],\"removed\":\\[([\\d,]*)],\"after\":\\[([\\d,nul]*)]}");

    private final List<Shown> rows;

    private record Shown(int key, int date, int amount, String json) {}

    private ReplayedRows(List<Shown> rows) {
        this.rows = rows;
    }

    static String row(int key, long date, int amount, int note) {
        return "{\"id\":" + key + ",\"date\":" + date + ",\"amount\":" + amount + ",\"note\":" + note + "}";
    }

    static ReplayedRows snapshot(byte[] json) {
        return new ReplayedRows(parse(new String(json, UTF_8)));
    }

    /** Upserted rows replace those with the same key, and removed rows are dropped. It knows the order only from the change. */
    void apply(byte[] change) {
        Matcher parts = CHANGE.matcher(new String(change, UTF_8));
        if (!parts.matches()) {
            throw new AssertionError("not a change: " + new String(change, UTF_8));
        }
        List<Shown> upserted = parse(parts.group(1));
        if (!inOrder(upserted).equals(upserted)) {
            throw new AssertionError("not in the order of (date, key): " + parts.group(1));
        }
        upserted.forEach(row -> rows.removeIf(old -> old.key() == row.key()));
        for (String key : parts.group(2).split(",")) {
            if (!key.isEmpty() && !rows.removeIf(row -> row.key() == Integer.parseInt(key))) {
                throw new AssertionError("key " + key + " is removed and was not there");
            }
        }
        String[] after = parts.group(3).split(",");
        for (int i = 0; i < upserted.size(); i++) {
            int place = after[i].equals("null") ? 0 : keys().indexOf(Integer.valueOf(after[i])) + 1;
            rows.add(place, upserted.get(i));
        }
    }

    String json() {
        return "[" + String.join(",", rows.stream().map(Shown::json).toList()) + "]";
    }

    List<Integer> keys() {
        return rows.stream().map(Shown::key).toList();
    }

    int sum() {
        return rows.stream().mapToInt(Shown::amount).sum();
    }

    static String array(List<Row> rows) {
        return "["
                + String.join(
                        ",",
                        rows.stream().map(row -> new String(row.json(), UTF_8)).toList()) + "]";
    }

    private static List<Shown> parse(String json) {
        var rows = new ArrayList<Shown>();
        Matcher row = ROW.matcher(json);
        while (row.find()) {
            rows.add(new Shown(
                    Integer.parseInt(row.group(1)),
                    Integer.parseInt(row.group(2)),
                    Integer.parseInt(row.group(3)),
                    row.group()));
        }
        return rows;
    }

    private static List<Shown> inOrder(List<Shown> rows) {
        return rows.stream()
                .sorted(Comparator.comparingInt(Shown::date).thenComparingInt(Shown::key))
                .toList();
    }
}
