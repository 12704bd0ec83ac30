package org.livespan.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.livespan.database.EmbeddedDatabase;
import org.livespan.database.FreePort;
import org.livespan.tool.BesideOthers;

/** The driver's listening session where the server offers TLS: by default, the driver uses it. */
@BesideOthers
class EncryptedListenerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRANSACTIONS = 60;

    private static EmbeddedDatabase database;

    @BeforeAll
    static void a_server_offers_tls() throws Exception {
        database = new EmbeddedDatabase(Path.of("target", "postgres", "tls"), FreePort.from(25_000));
        database.offerTls();
        database.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"disable, false", "allow, false", "prefer, true", "require, true"})
    void notifications_of_all_sizes_arrive_in_order_encrypted_or_not(String sslMode, boolean isEncrypted)
            throws SQLException {
        var source = DirectSource.of(database, "?sslmode=" + sslMode + "&ApplicationName=tls-listener");
        try (var listener = ListenConnection.open(source, List.of("sizes"));
                var writer = database.connect()) {
            assertThat(encrypted(writer)).isEqualTo(isEncrypted);
            var sent = new ArrayList<String>();
            var heard = new ArrayList<String>();
            for (int transaction = 0; transaction < TRANSACTIONS; transaction++) {
                send(writer, transaction, sent);
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (heard.size() < sent.size() && System.nanoTime() - end < 0) {
                    listener.await(PATIENCE).forEach(one -> heard.add(one.getParameter()));
                }
                assertThat(heard).isEqualTo(sent);
            }
        }
    }

    /** Several payloads of one length, from a few bytes to nearly the most that PostgreSQL sends. */
    private static void send(Connection writer, int transaction, List<String> sent) throws SQLException {
        writer.setAutoCommit(false);
        try (var notify = writer.prepareStatement("select pg_notify('sizes', ?)")) {
            for (int number = 0; number <= transaction * 7 % 40; number++) {
                var payload = transaction + "/" + number + "x".repeat(transaction * 131 % 7_900);
                notify.setString(1, payload);
                notify.execute();
                sent.add(payload);
            }
        }
        writer.commit();
        writer.setAutoCommit(true);
    }

    private static boolean encrypted(Connection writer) throws SQLException {
        try (var statement = writer.createStatement();
                var rows = statement.executeQuery("select ssl from pg_stat_ssl join pg_stat_activity using (pid)"
                        + " where application_name = 'tls-listener'")) {
            assertThat(rows.next()).isTrue();
            return rows.getBoolean(1);
        }
    }
}
