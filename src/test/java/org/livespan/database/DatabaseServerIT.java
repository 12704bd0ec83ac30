package org.livespan.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.livespan.tool.TakesLong;

@TakesLong
class DatabaseServerIT {

    @Test
    void stopping_ends_connections_and_starting_again_keeps_the_port_and_the_data() throws Exception {
        try (var database = TestDatabase.get().createDatabase();
                var before = database.connect()) {
            execute(before, "create table kept (n int)");
            execute(before, "insert into kept values (42)");

            database.stop();
            assertThatThrownBy(() -> execute(before, "select 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);

            database.start();
            try (var after = database.connect()) {
                assertThat(value(after, "select n from kept")).isEqualTo("42");
            }
        }
    }

    @Test
    void a_created_database_shares_nothing_and_is_dropped_despite_an_open_connection() throws Exception {
        TestDatabase gone;
        try (var one = TestDatabase.get().createDatabase();
                var other = TestDatabase.get().createDatabase()) {
            gone = one;
            try (var connection = one.connect()) {
                execute(connection, "create table mine (n int)");
            }
            try (var connection = other.connect()) {
                assertThat(value(connection, "select to_regclass('mine')")).isNull();
            }
            one.connect();
        }
        assertThatThrownBy(gone::connect).hasMessageContaining("does not exist");
    }

    @Test
    void a_server_has_the_same_encoding_connection_limit_and_collation_wherever_it_runs() throws Exception {
        try (var connection = TestDatabase.get().connect()) {
            assertThat(value(connection, "show server_encoding")).isEqualTo("UTF8");
            assertThat(value(connection, "show max_connections")).isEqualTo("200");
            assertThat(value(connection, "select datcollate from pg_database where datname = current_database()"))
                    .isEqualTo("C.UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oracle", "Docker", "embedded,docker"})
    void an_invalid_choice_is_refused_with_the_valid_ones(String choice) {
        assertThatThrownBy(() -> DatabaseChoice.parse("LIVESPAN_TEST_DATABASE", choice))
                .hasMessage("LIVESPAN_TEST_DATABASE is \"" + choice + "\"; it has to be auto, docker or embedded");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
