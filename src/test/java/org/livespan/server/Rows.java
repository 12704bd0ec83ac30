package org.livespan.server;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** What a test looks for in a result: its customers are plain words. */
final class Rows {

    private static final Pattern CUSTOMER = Pattern.compile("\"customer\":\"([^\"]*)\"");
    private static final Pattern AMOUNT = Pattern.compile("\"amount\":(-?[0-9.]+)");

    private Rows() {}

    /** The customers in the order of the rows. */
    static List<String> customers(String json) {
        return all(CUSTOMER, json);
    }

    static BigDecimal sumOfAmounts(String json) {
        return all(AMOUNT, json).stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<String> all(Pattern pattern, String json) {
        return pattern.matcher(json).results().map(match -> match.group(1)).toList();
    }
}
