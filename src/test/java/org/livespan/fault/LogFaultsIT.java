package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Installation.PATIENCE;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.appserver.Source;
import org.livespan.database.EmbeddedDatabase;
import org.livespan.database.FreePort;
import org.livespan.server.Relay;
import org.livespan.tool.TakesLong;

/** What may happen to a node that follows the log: clients end with the right rows, and the node's log names the cause once. */
@TakesLong
class LogFaultsIT {

    private static final int FIRST_PORT = 18_890;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String FIRST = "2026-05-01 00:00+02";
    private static final String LAST = "2026-05-31 23:59+02";
    private static final String SLOTS = "select count(*) from pg_replication_slots where slot_name like 'livespan%'";

    /** Garbles the next insert that the sender sends. */
    private static final AtomicBoolean GARBLE = new AtomicBoolean();

    private static EmbeddedDatabase database;
    private static Relay network;
    private static Node node;

    private final Readings readings = new Readings(database);
    private Watcher may;
    private long firstLine;

    @BeforeAll
    static void start() throws Exception {
        database = new EmbeddedDatabase(Path.of("target", "postgres", "log"), FreePort.from(FIRST_PORT));
        Runtime.getRuntime().addShutdownHook(new Thread(database::close, "log-database-stop"));
        database.set("max_prepared_transactions", "5");
        database.start();
        database.run(Path.of("sql", "livespan.sql"));
        new Readings(database).create();
        network = Relay.to(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), database.port()),
                FreePort.from(FIRST_PORT + 20),
                Relay.BUFFER,
                () -> LogFaultsIT::garble);
        node = Installation.startNode(
                        "log", database, network.port(), Source.WAL.setting(), "livespan.audit.interval=PT0S")
                .awaitReady();
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
        network.close();
        database.close();
    }

    @BeforeEach
    void a_client_watches() throws Exception {
        readings.create();
        readings.insert("2026-05-01 12:00Z");
        node.awaitReady();
        may = Watcher.open(node.at(Installation.stream("2026-05-01", "2026-05-31")), null);
        shows(PATIENCE);
        await("all is well")
                .atMost(PATIENCE)
                .until(() -> said("Feed readings ").isEmpty()
                        || last("Feed readings ").contains("has recovered"));
        firstLine = node.lines();
    }

    @AfterEach
    void the_client_has_stayed() {
        assertThat(may.hasEnded()).isFalse();
        may.close();
    }

    private void shows(Duration atMost) {
        readings.awaitShown(atMost, may, FIRST, LAST);
    }

    private List<String> said(String text) throws IOException {
        return node.logged(text, 0);
    }

    private String last(String text) throws IOException {
        List<String> lines = said(text);
        return lines.get(lines.size() - 1);
    }

    private List<String> logged(String text) throws IOException {
        return node.logged(text, firstLine);
    }

    /** The node was lost and has come back, and has said so once, with the cause. */
    private void hasComeBack(String cause) throws Exception {
        readings.insert("2026-05-03 12:00Z");
        shows(SOON);
        await("ready").atMost(PATIENCE).until(node::isReady);
        assertThat(logged("Not listening: ")).singleElement().asString().contains(cause);
        assertThat(logged(Source.WAL.connected())).hasSize(1);
        assertThat(readings.query(SLOTS)).as("its slots").isEqualTo("1");
    }

    @Test
    void the_sender_is_terminated() throws Exception {
        readings.execute("select pg_terminate_backend(active_pid) from pg_replication_slots");
        readings.insert("2026-05-02 12:00Z");
        shows(SOON);
        hasComeBack("PostgreSQL has ended the process that sent its log");
    }

    @Test
    void an_administrator_drops_the_slot() throws Exception {
        assertThatThrownBy(
                        () -> readings.execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots"))
                .hasMessageContaining("is active for PID");
        readings.execute("do $$ declare old name := (select slot_name from pg_replication_slots); begin"
                + " perform pg_terminate_backend(active_pid, 5000) from pg_replication_slots;"
                + " perform pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = old and not active;"
                + " end $$");
        readings.insert("2026-05-02 12:00Z");
        shows(SOON);
        hasComeBack("PostgreSQL has ended the process that sent its log");
    }

    @Test
    void wal_level_is_turned_back() throws Exception {
        restartWith("replica");
        try {
            await("the log says what to do")
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(logged("Not listening: "))
                                    .hasSizeBetween(1, 2)
                                    .last()
                                    .asString()
                                    .contains(
                                            "wal_level is replica. Run: alter system set wal_level = 'logical'; and restart PostgreSQL"));
            assertThat(node.get("/health/ready").body()).contains("wal_level is replica");
            readings.insert("2026-05-02 12:00Z");
        } finally {
            restartWith("logical");
        }
        shows(PATIENCE);
        await("ready").atMost(PATIENCE).until(node::isReady);
    }

    private static void restartWith(String level) {
        database.stop();
        database.set("wal_level", level);
        database.start();
    }

    @Test
    void the_table_is_dropped_and_made_anew_under_the_same_name() throws Exception {
        readings.execute(
                "drop table readings",
                "create table readings (id bigint generated always as identity primary key,"
                        + " taken_at timestamptz not null, value numeric, place text)",
                "insert into readings (taken_at, place) values ('2026-05-03 12:00Z', 'new')");
        shows(SOON);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(logged("Feed readings gets no live changes"))
                        .singleElement()
                        .asString()
                        .contains(
                                "public.readings is not published. Run: select livespan.publish('public.readings');"));
        readings.execute("select livespan.publish('readings')");
        await().atMost(SOON).until(() -> logged("Feed readings has recovered").size() == 1);
        readings.insert("2026-05-04 12:00Z");
        shows(SOON);
    }

    @Test
    void the_replica_identity_is_lost() throws Exception {
        readings.execute("alter table readings replica identity nothing");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(logged("Feed readings "))
                        .singleElement()
                        .asString()
                        .contains(
                                "each UPDATE and DELETE of public.readings fails, because its rows have no replica identity",
                                "alter table public.readings replica identity default;"));
        readings.insert("2026-05-02 12:00Z");
        shows(SOON);
        assertThatThrownBy(() -> readings.execute("delete from readings"))
                .hasMessageContaining("does not have a replica identity");
        readings.execute("alter table readings replica identity default", "delete from readings");
        shows(SOON);
        await().atMost(SOON).until(() -> logged("Feed readings has recovered").size() == 1);
    }

    @Test
    void a_message_is_of_an_unknown_kind() throws Exception {
        GARBLE.set(true);
        readings.insert("2026-05-02 12:00Z");
        shows(SOON);
        assertThat(GARBLE).isFalse();
        hasComeBack("the log has a message of the unknown kind '~'");
    }

    /** An insert is 'I', the table, 'N', and how many values; here three. */
    private static void garble(boolean toServer, byte[] bytes, int length) {
        for (int i = 0; !toServer && GARBLE.get() && i + 7 < length; i++) {
            if (bytes[i] == 'I' && bytes[i + 5] == 'N' && bytes[i + 6] == 0 && bytes[i + 7] == 3) {
                bytes[i] = '~';
                GARBLE.set(false);
            }
        }
    }

    @Test
    void a_commit_is_in_the_log_long_before_it_can_be_seen() throws Exception {
        // Writers that notify would wait for each other
        readings.execute(
                "select livespan.unwatch('readings')",
                "alter system set synchronous_standby_names = 'nobody'",
                "select pg_reload_conf()");
        try (Connection writer = database.connect()) {
            var waiting = CompletableFuture.runAsync(() -> write(writer, "2026-05-02 12:00Z"));
            await("it waits for the standby")
                    .atMost(SOON)
                    .until(() -> "1"
                            .equals(readings.query(
                                    "select count(*) from pg_stat_activity where wait_event = 'SyncRep'")));
            assertThat(readings.query("select count(*) from readings")).isEqualTo("1");

            // Others do not wait for it
            readings.execute(
                    "set synchronous_commit = local; insert into readings (taken_at) values ('2026-05-04 12:00Z')");
            shows(SOON);
            try (var another = Watcher.open(node.at(Installation.stream("2026-05-02", "2026-05-31")), null)) {
                await().atMost(SOON).until(() -> another.shown() != null);
                assertThat(another.shown()).doesNotContain("2026-05-02");
            }
            assertThat(may.shown()).doesNotContain("2026-05-02");

            readings.execute("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'");
            waiting.join();
            shows(SOON);
            assertThat(may.shown()).contains("2026-05-02");
        } finally {
            readings.execute(
                    "set synchronous_commit = local",
                    "alter system reset synchronous_standby_names",
                    "select pg_reload_conf()");
        }
        assertThat(logged("Not listening: ")).isEmpty();
    }

    private static void write(Connection writer, String moment) {
        try (var statement = writer.createStatement()) {
            statement.execute("insert into readings (taken_at) values ('" + moment + "')");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void rows_that_a_subscription_applies_are_shown_although_no_trigger_sees_them() throws Exception {
        readings.execute("select livespan.unwatch('readings')");
        var elsewhere = database.createDatabase();
        try {
            var there = new Readings(elsewhere);
            there.execute(
                    "create table readings (id bigint primary key, taken_at timestamptz not null, value numeric)",
                    "create publication everything for all tables",
                    "select pg_create_logical_replication_slot('elsewhere', 'pgoutput')");
            readings.execute(
                    "create subscription elsewhere connection 'port=" + database.port() + " host=localhost dbname="
                            + there.query("select current_database()") + " user=" + database.user()
                            + "' publication everything with (create_slot = false, slot_name = 'elsewhere', copy_data = false)");
            there.execute("insert into readings values (1000, '2026-05-02 12:00Z', 1), (1001, '2026-05-03 12:00Z', 1)");
            await("applied").atMost(PATIENCE).until(() -> "3".equals(readings.query("select count(*) from readings")));
            shows(SOON);
            there.execute(
                    "update readings set taken_at = '2026-07-01Z' where id = 1000",
                    "delete from readings where id = 1001");
            await("applied").atMost(PATIENCE).until(() -> "2".equals(readings.query("select count(*) from readings")));
            shows(SOON);
        } finally {
            readings.execute(
                    "alter subscription elsewhere disable",
                    "alter subscription elsewhere set (slot_name = none)",
                    "drop subscription elsewhere",
                    "select pg_terminate_backend(active_pid, 5000) from pg_replication_slots where slot_name = 'elsewhere'",
                    "select pg_drop_replication_slot('elsewhere')");
            elsewhere.close();
        }
    }

    @Test
    void a_prepared_transaction_is_shown_once_it_is_committed() throws Exception {
        readings.execute("select livespan.unwatch('readings')"); // notifications cannot be prepared
        readings.execute(
                "begin",
                "insert into readings (taken_at) values ('2026-05-02 12:00Z')",
                "update readings set taken_at = '2026-06-01Z' where taken_at = '2026-05-01 12:00Z'",
                "prepare transaction 'two phases'");
        readings.insert("2026-05-03 12:00Z");
        shows(SOON);
        assertThat(may.shown()).contains("2026-05-01", "2026-05-03").doesNotContain("2026-05-02");
        readings.execute("commit prepared 'two phases'");
        shows(SOON);
        assertThat(may.shown()).contains("2026-05-02").doesNotContain("2026-05-01");
        assertThat(logged("Not listening: ")).isEmpty();
    }

    @Test
    void columns_come_and_go_while_rows_are_written() throws Exception {
        for (String alteration : List.of(
                "add column unit text default 'kWh'",
                "drop column value",
                "alter column id type int",
                "alter column taken_at type timestamp using taken_at at time zone 'Europe/Berlin'",
                "alter column taken_at type timestamptz using taken_at at time zone 'Europe/Berlin'")) {
            readings.execute(
                    "begin",
                    "insert into readings (taken_at) values ('2026-05-02 12:00')",
                    "alter table readings " + alteration,
                    "insert into readings (taken_at) values ('2026-05-03 12:00')",
                    "update readings set taken_at = taken_at + interval '2 hours' where extract(day from taken_at) = 2",
                    "delete from readings where id % 3 = 0",
                    "commit");
            shows(PATIENCE);
        }
        readings.execute("update readings set taken_at = '2026-06-02 12:00' where id % 2 = 0");
        shows(SOON);
        assertThat(logged("Not listening: ")).isEmpty();
    }

    @Test
    void the_log_is_not_kept_while_other_tables_are_written() throws Exception {
        readings.execute("create table if not exists noise (text text)");
        String before = readings.query("select min(confirmed_flush_lsn) from pg_replication_slots");
        readings.execute("insert into noise select repeat('noise', 100) from generate_series(1, 20000)");
        await("what is of no interest is confirmed")
                .atMost(SOON)
                .until(() -> "t"
                        .equals(readings.query(
                                "select confirmed_flush_lsn - cast(? as pg_lsn) > 10000000 and"
                                        + " pg_current_wal_lsn() - confirmed_flush_lsn < 100000 from pg_replication_slots",
                                before)));
        await("its health shows that")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(node.get("/health/ready").body())
                        .containsPattern("\"lagBytes\":\"?\\d{1,5}\\b")
                        .containsPattern("\"source\":\"wal\""));
        assertThat(may.ids()).as("no results").hasSize(1);
    }

    @Test
    void a_transaction_that_was_writing_keeps_a_node_from_starting_and_the_log_says_which() throws Exception {
        try (Connection writer = database.connect()) {
            writer.setAutoCommit(false);
            write(writer, "2026-05-02 12:00Z");
            String pid = readings.query("select pid from pg_stat_activity where backend_xid is not null");
            readings.execute("select pg_terminate_backend(active_pid) from pg_replication_slots");
            await("it says what it waits for")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.get("/health/ready").body())
                            .contains(
                                    "every transaction that had written something has ended, and one has not: process "
                                            + pid));
            writer.commit();
        }
        readings.insert("2026-05-03 12:00Z");
        shows(PATIENCE);
        await("ready").atMost(PATIENCE).until(node::isReady);
        assertThat(readings.query(SLOTS)).as("its slots").isEqualTo("1");
    }

    @Test
    void the_database_shuts_down_without_waiting_for_the_sender() throws Exception {
        long begin = System.nanoTime();
        database.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        database.start();
        hasComeBack("");
    }
}
