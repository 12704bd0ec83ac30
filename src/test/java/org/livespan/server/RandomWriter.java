package org.livespan.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.livespan.database.TestDatabase;

/** A writer of random transactions, on its own connection. */
final class RandomWriter {

    private static final int MOST_PAUSE_MILLIS = 20;
    private static final String DEADLOCK = "40P01";

    private final RandomTransaction transaction;
    private final Random random;
    private int written;

    RandomWriter(int year, Random random) {
        this.transaction = new RandomTransaction(year, random);
        this.random = random;
    }

    /** @return how many transactions it ran, including those it rolled back */
    int writeWhile(BooleanSupplier condition) {
        try (Connection connection = TestDatabase.get().connect()) {
            Sql.execute(connection, "set deadlock_timeout = '20ms'");
            while (condition.getAsBoolean()) {
                writeOnce(connection);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_PAUSE_MILLIS));
            }
            return written;
        } catch (SQLException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return written;
        }
    }

    private void writeOnce(Connection connection) throws SQLException {
        try {
            Sql.execute(connection, transaction.next().toArray(String[]::new));
            written++;
        } catch (SQLException e) {
            if (!DEADLOCK.equals(e.getSQLState())) {
                throw e;
            }
            Sql.execute(connection, "rollback");
        }
    }
}
