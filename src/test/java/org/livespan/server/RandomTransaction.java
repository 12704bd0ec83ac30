package org.livespan.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random transactions on the orders of one year. The sum of the accounts is constant: those of a period move only
 * within it, those of the year only within the year. Other rows, the noise, are inserted, changed, moved and deleted.
 */
final class RandomTransaction {

    /** Two months each; their accounts belong to the customers {@code p0} to {@code p5}. */
    static final int PERIODS = 6;

    /** The customer whose accounts move within the whole year. */
    static final String YEAR = "year";

    static final int ACCOUNTS = 8;
    static final int AMOUNT = 100;

    private final int year;
    private final Random random;

    RandomTransaction(int year, Random random) {
        this.year = year;
        this.random = random;
    }

    List<String> next() {
        int dice = random.nextInt(200);
        if (dice < 80) {
            int period = random.nextInt(PERIODS);
            return transaction(transfer("p" + period, momentIn(period)));
        } else if (dice < 105) {
            return transaction(transfer(YEAR, moment()));
        } else if (dice < 130) {
            return List.of(noise());
        } else if (dice < 150) {
            return List.of("update orders set created_at = '" + moment() + "' where " + someNoise(5));
        } else if (dice < 170) {
            return List.of("delete from orders where " + someNoise(25));
        } else if (dice < 188) {
            return transaction(List.of(
                    noise(),
                    "savepoint s",
                    ruin(),
                    "rollback to s",
                    "update orders set status = 'seen' where " + someNoise(3)));
        } else if (dice < 194) {
            return List.of("update orders set status = 's" + random.nextInt(3) + "'");
        } else if (dice < 198) {
            return List.of("begin", ruin(), noise(), "rollback");
        }
        return beginAnew();
    }

    /** Deletes whatever is there, and creates the accounts. */
    List<String> beginAnew() {
        var statements = new ArrayList<>(List.of("begin", "truncate orders"));
        for (int period = 0; period < PERIODS; period++) {
            for (int n = 0; n < ACCOUNTS; n++) {
                statements.add(insert("p" + period, AMOUNT, momentIn(period)));
            }
        }
        for (int n = 0; n < ACCOUNTS; n++) {
            statements.add(insert(YEAR, AMOUNT, moment()));
        }
        statements.add("commit");
        return statements;
    }

    private List<String> transaction(List<String> statements) {
        var transaction = new ArrayList<String>();
        transaction.add("begin");
        transaction.addAll(statements);
        transaction.add(random.nextInt(6) == 0 ? "rollback" : "commit");
        return transaction;
    }

    private List<String> transfer(String customer, String moved) {
        int amount = random.nextInt(AMOUNT);
        var from = account(customer);
        var to = account(customer);
        return List.of(
                "update orders set amount = amount - " + amount + " where id = " + from,
                "update orders set amount = amount + " + amount + ", created_at = '" + moved + "' where id = " + to);
    }

    private String account(String customer) {
        return "(select id from orders where customer = '" + customer + "' order by id offset "
                + random.nextInt(ACCOUNTS) + " limit 1)";
    }

    private String someNoise(int number) {
        return "id in (select id from orders where customer = 'noise' order by id offset " + random.nextInt(40)
                + " limit " + number + ")";
    }

    private String noise() {
        return "insert into orders (customer, amount, status, created_at) select 'noise', " + random.nextInt(AMOUNT)
                + ", 'new', timestamptz '" + moment() + "' + n * interval '7 hours' from generate_series(1, "
                + (1 + random.nextInt(20)) + ") n";
    }

    /** What no client may ever see, because it is rolled back. */
    private String ruin() {
        return random.nextBoolean() ? "update orders set amount = amount + 1000" : "truncate orders";
    }

    private static String insert(String customer, int amount, String moment) {
        return "insert into orders (customer, amount, status, created_at) values ('" + customer + "', " + amount
                + ", 'new', '" + moment + "')";
    }

    private String moment() {
        return momentIn(random.nextInt(PERIODS));
    }

    /** A full hour, so that two orders sometimes share a moment. */
    private String momentIn(int period) {
        return "%d-%02d-%02dT%02d:00:00Z"
                .formatted(year, 1 + 2 * period + random.nextInt(2), 1 + random.nextInt(28), random.nextInt(24));
    }
}
