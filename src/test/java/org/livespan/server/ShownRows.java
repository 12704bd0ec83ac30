package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a client holds, in either mode: the last whole result, with every later change applied. */
final class ShownRows {

    private static final Comparator<Order> BY_DATE_AND_KEY =
            Comparator.comparing(Order::date).thenComparing(Order::key);

    private final Map<Long, Order> rows = new HashMap<>();

    /** A row, and its JSON as sent. */
    record Order(OffsetDateTime date, long key, String customer, BigDecimal amount, String json) {
        static Order of(String json) {
            return new Order(
                    OffsetDateTime.parse(text(json, "created_at")),
                    Long.parseLong(JsonText.member(json, "id")),
                    text(json, "customer"),
                    new BigDecimal(JsonText.member(json, "amount")),
                    json);
        }

        private static String text(String json, String name) {
            var quoted = JsonText.member(json, name);
            return quoted.substring(1, quoted.length() - 1);
        }
    }

    void take(Frame event) {
        if ("change".equals(event.name())) {
            apply(event.data());
        } else {
            assertThat(event.name()).isIn(null, "snapshot");
            var shown = orders(event.data());
            rows.clear();
            shown.forEach(row -> rows.put(row.key(), row));
        }
    }

    private void apply(String change) {
        var upserted = orders(JsonText.member(change, "upserted"));
        var removed = JsonText.pieces(JsonText.member(change, "removed")).stream()
                .map(Long::valueOf)
                .toList();
        assertThat(upserted.size() + removed.size())
                .as("a change changes something")
                .isPositive();
        assertThat(new HashSet<>(removed)).as("a key is removed once").hasSameSizeAs(removed);
        assertThat(removed).as("what is removed was there").allMatch(rows::containsKey);
        removed.forEach(rows::remove);
        assertThat(upserted).as("who is upserted is not removed").noneMatch(row -> removed.contains(row.key()));
        upserted.forEach(row -> rows.put(row.key(), row));
    }

    /** Checks that they are in order and that no key occurs twice. */
    private static List<Order> orders(String array) {
        var orders = new ArrayList<Order>();
        JsonText.pieces(array).forEach(row -> orders.add(Order.of(row)));
        assertThat(orders).isSortedAccordingTo(BY_DATE_AND_KEY);
        assertThat(orders.stream().map(Order::key).distinct().count()).isEqualTo(orders.size());
        return orders;
    }

    /** In no particular order. */
    Collection<Order> orders() {
        return rows.values();
    }

    /** The result that these rows make, in the order of (date, key). */
    String json() {
        return rows.values().stream()
                .sorted(BY_DATE_AND_KEY)
                .map(Order::json)
                .collect(Collectors.joining(",", "[", "]"));
    }
}
