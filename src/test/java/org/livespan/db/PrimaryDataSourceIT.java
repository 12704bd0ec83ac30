package org.livespan.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.livespan.database.EmbeddedDatabase;
import org.livespan.database.FreePort;

/** A primary, a standby that follows it, and a port on which nobody listens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrimaryDataSourceIT {

    private static final int FIRST_PORT = 18_960;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private EmbeddedDatabase primary;
    private EmbeddedDatabase standby;
    private int nobody;

    @BeforeAll
    void start() throws Exception {
        var directory = Path.of("target", "postgres", "hosts");
        primary = new EmbeddedDatabase(directory, FreePort.from(FIRST_PORT));
        primary.start();
        try (Connection connection = primary.connect();
                var statement = connection.createStatement()) {
            statement.execute("create role only_reads login");
            statement.execute("alter role only_reads set default_transaction_read_only = on");
            statement.execute("alter role only_reads set default_transaction_isolation = 'serializable'");
            statement.execute("alter role only_reads set statement_timeout = '1min'");
        }
        standby = primary.standby(directory.resolveSibling("hosts-standby"), FreePort.from(primary.port() + 1));
        standby.start();
        await("the standby answers").atMost(PATIENCE).ignoreExceptions().until(() -> {
            standby.connect().close();
            return true;
        });
        nobody = FreePort.from(standby.port() + 1);
    }

    @AfterAll
    void stop() {
        try {
            standby.close();
        } finally {
            primary.close();
        }
    }

    @Test
    void of_several_hosts_the_primary_is_used_whatever_their_order() throws Exception {
        for (int[] hosts : new int[][] {
            {primary.port(), standby.port()},
            {standby.port(), primary.port()},
            {nobody, standby.port(), primary.port()}
        }) {
            PrimaryDataSource source = source(hosts);
            for (int connect = 0; connect < 2; connect++) {
                try (Connection connection = source.getConnection()) {
                    assertThat(query(connection, "show port")).isEqualTo(Integer.toString(primary.port()));
                }
            }
        }
    }

    @Test
    void a_role_that_is_read_only_by_default_finds_the_primary_and_its_default_isolation_and_time_out_do_not_apply()
            throws Exception {
        PrimaryDataSource source = source(standby.port(), primary.port());
        source.setUser("only_reads");
        try (Connection connection = source.getConnection()) {
            assertThat(query(connection, "show port")).isEqualTo(Integer.toString(primary.port()));
            assertThat(query(connection, "show transaction_isolation")).isEqualTo("read committed");
            assertThat(query(connection, "show statement_timeout")).isEqualTo("0");
        }
    }

    @Test
    void statements_stay_prepared_over_transactions_that_pin_their_settings() throws Exception {
        try (Connection connection = source(primary.port()).getConnection()) {
            connection.setAutoCommit(false);
            for (int transaction = 0; transaction < 20; transaction++) {
                for (String sql : List.of(SessionSettings.PIN, "select 42")) {
                    try (var statement = connection.prepareStatement(sql)) {
                        statement.executeQuery();
                    }
                }
                connection.rollback();
            }
            assertThat(
                            query(
                                    connection,
                                    "select max(generic_plans + custom_plans) from pg_prepared_statements where statement = 'select 42'"))
                    .isEqualTo("16");
        }
    }

    @Test
    void if_no_host_accepts_writes_the_exception_says_why_for_each() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> source(standby.port(), nobody).getConnection())
                .withMessageStartingWith("No host accepts writes: ")
                .withMessageContaining(":" + standby.port() + " is a standby; ")
                .withMessageContaining("localhost:" + nobody + " refused")
                .matches(e -> e.getSQLState().equals("08001"), "no connection can be had")
                .matches(e -> e.getSuppressed().length == 2, "with each failure");
    }

    @Test
    void with_a_single_host_the_message_is_about_that_host_alone() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> source(standby.port()).getConnection())
                .withMessage("localhost:" + standby.port() + " is a standby");
    }

    @Test
    void no_session_is_left_on_a_standby_that_was_tried_first() throws Exception {
        try (Connection connection = source(standby.port(), primary.port()).getConnection();
                Connection observer = standby.connect()) {
            assertThat(connection.isValid(1)).isTrue();
            await("they have gone")
                    .atMost(PATIENCE)
                    .until(() -> query(
                                    observer,
                                    "select count(*) from pg_stat_activity where backend_type = 'client backend'")
                            .equals("1"));
        }
    }

    private PrimaryDataSource source(int... ports) {
        var source = new PrimaryDataSource();
        source.setUrl("jdbc:postgresql://"
                + IntStream.of(ports).mapToObj(port -> "localhost:" + port).collect(Collectors.joining(","))
                + "/livespan");
        source.setUser(primary.user());
        source.setPassword(primary.password());
        return source;
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
