package org.livespan.security;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The texts of a claim to which rows are bound: it is a text, a number, a boolean, or a list of these. */
final class ClaimTexts {

    private static final int MOST = 1_000;
    private static final int MOST_DIGITS = 1_000;

    private ClaimTexts() {}

    /** Each once; empty if it is anything else, or has too many. */
    static Optional<List<String>> of(Object claim) {
        List<?> all = claim instanceof List<?> list ? list : List.of(claim);
        Set<String> texts = new LinkedHashSet<>();
        for (Object one : all) {
            Optional<String> text = text(one);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            texts.add(text.get());
        }
        if (texts.size() > MOST) {
            return Optional.empty();
        }
        return Optional.of(new ArrayList<>(texts));
    }

    private static Optional<String> text(Object one) {
        if (one instanceof String || one instanceof Boolean) {
            return Optional.of(one.toString());
        }
        return one instanceof Number number ? text(number) : Optional.empty();
    }

    /** Without an exponent; empty if it is not finite, or would have very many digits. */
    private static Optional<String> text(Number number) {
        if (Double.isInfinite(number.doubleValue()) || Double.isNaN(number.doubleValue())) {
            return Optional.empty();
        }
        var exact = new BigDecimal(number.toString());
        return Math.abs((long) exact.scale()) > MOST_DIGITS ? Optional.empty() : Optional.of(exact.toPlainString());
    }
}
