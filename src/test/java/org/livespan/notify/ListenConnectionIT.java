package org.livespan.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.database.TestDatabase;
import org.livespan.tool.BesideOthers;
import org.postgresql.PGNotification;

/** The driver's listening session. */
@BesideOthers
class ListenConnectionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NOTIFICATIONS = 6_000;

    /** Notifications of a kilobyte, of which one read of the driver brings eight. */
    private static final String PAYLOAD = "x".repeat(1_000);

    private static final int MOST_AT_ONCE = 20;

    private TestDatabase database;
    private ListenConnection listener;
    private Connection writer;

    @BeforeEach
    void listen() throws SQLException {
        database = TestDatabase.get().createDatabase();
        listener = ListenConnection.open(DirectSource.of(database, ""), List.of("flood"));
        writer = database.connect();
    }

    @AfterEach
    void close() throws SQLException {
        writer.close();
        listener.close();
        database.close();
    }

    @Test
    void of_a_flood_all_notifications_are_handed_over_in_order_and_few_at_once() throws Exception {
        var flood = new Thread(this::flood, "flood");
        flood.start();
        var heard = new ArrayList<String>();
        int most = 0;
        for (int size = 1; size > 0 && heard.size() < NOTIFICATIONS; ) {
            List<PGNotification> batch = awaitSome();
            size = batch.size();
            most = Math.max(most, size);
            batch.forEach(one -> heard.add(one.getParameter().substring(PAYLOAD.length())));
        }
        flood.join();
        assertThat(heard).hasSize(NOTIFICATIONS);
        for (int i = 0; i < NOTIFICATIONS; i++) {
            assertThat(heard.get(i)).isEqualTo(String.valueOf(i));
        }
        assertThat(most).isLessThanOrEqualTo(MOST_AT_ONCE);
    }

    /** Empty if none comes in time. */
    private List<PGNotification> awaitSome() throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<PGNotification> batch = List.of();
        while (batch.isEmpty() && System.nanoTime() - end < 0) {
            batch = listener.await(PATIENCE);
        }
        return batch;
    }

    /** One transaction, so that they all arrive together. */
    private void flood() {
        try (PreparedStatement notify =
                writer.prepareStatement("select count(pg_notify('flood', ? || n)) from generate_series(0, ? - 1) n")) {
            notify.setString(1, PAYLOAD);
            notify.setInt(2, NOTIFICATIONS);
            notify.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
