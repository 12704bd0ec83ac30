package org.livespan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.livespan.server.ShownRows.Order;

/** A window on the year of {@link RandomTransaction}, both ends inclusive, and what must hold for the rows it shows. */
record RandomWindow(int year, OffsetDateTime from, OffsetDateTime to) {

    private static final BigDecimal SUM =
            BigDecimal.valueOf((long) RandomTransaction.ACCOUNTS * RandomTransaction.AMOUNT);

    /** One in four shows the whole year, another one in four whole periods. */
    static RandomWindow next(int year, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> between(year, 0, RandomTransaction.PERIODS);
            case 1 -> between(year, random.nextInt(3), 4 + random.nextInt(3));
            default -> {
                int one = random.nextInt(8760);
                int other = random.nextInt(8760);
                var start = start(year, 0);
                yield new RandomWindow(
                        year, start.plusHours(Math.min(one, other)), start.plusHours(Math.max(one, other)));
            }
        };
    }

    private static RandomWindow between(int year, int first, int end) {
        return new RandomWindow(year, start(year, first), start(year, end).minusNanos(1000));
    }

    private static OffsetDateTime start(int year, int period) {
        return LocalDate.of(year, 1, 1).plusMonths(2L * period).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    void check(ShownRows shown) {
        assertThat(shown.orders())
                .as("rows lie in the window")
                .allMatch(order -> !order.date().isBefore(from) && !order.date().isAfter(to));
        for (int period = 0; period < RandomTransaction.PERIODS; period++) {
            if (contains(period, period + 1)) {
                addsUp(shown, "p" + period);
            }
        }
        if (contains(0, RandomTransaction.PERIODS)) {
            addsUp(shown, RandomTransaction.YEAR);
        }
    }

    private boolean contains(int first, int end) {
        return !from.isAfter(start(year, first))
                && !to.isBefore(start(year, end).minusNanos(1000));
    }

    private static void addsUp(ShownRows shown, String customer) {
        assertThat(shown.orders().stream()
                        .filter(order -> order.customer().equals(customer))
                        .map(Order::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .as("the accounts of %s add up", customer)
                .isEqualByComparingTo(SUM);
    }
}
