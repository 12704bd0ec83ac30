package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Installation.PATIENCE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/** {@code livespan.source=auto} follows the log where it can be followed, and says in one line what it does and why. */
@TakesLong
class SourceChoiceIT {

    private static final String ROLE = "chooser";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String FIRST = "2026-05-01 00:00Z";
    private static final String LAST = "2026-05-31 23:59Z";

    private TestDatabase database;
    private Readings sql;
    private Node node;
    private Watcher may;

    @BeforeEach
    void a_node_that_may_choose_on_a_database_without_a_publication() throws Exception {
        database = TestDatabase.get().createDatabase();
        database.run(Path.of("sql", "livespan.sql"));
        sql = new Readings(database);
        sql.create();
        sql.execute(
                "drop publication livespan", "create role " + ROLE + " login", "grant select on readings to " + ROLE);
        node = Node.start(
                        "chooser",
                        List.of(
                                "livespan.source=auto",
                                "livespan.db.url=" + database.url(),
                                "livespan.db.user=" + ROLE,
                                "livespan.db.password=" + database.password(),
                                "livespan.db.check-interval=PT1S",
                                "livespan.feeds=readings",
                                "livespan.feeds.readings.table=public.readings",
                                "livespan.feeds.readings.date-column=taken_at",
                                "livespan.feeds.readings.key=id"))
                .awaitReady();
        may = Watcher.open(node.at(Installation.stream("2026-05-01", "2026-05-31")), null);
    }

    @AfterEach
    void stop() throws Exception {
        may.close();
        node.close();
        sql.execute("drop owned by " + ROLE, "drop role " + ROLE);
        database.close();
    }

    @Test
    void it_takes_what_there_is_each_time_it_connects_and_says_why() throws Exception {
        hears(
                "Listening on channel \"realtime\", as livespan.source=auto and the log cannot be followed: there is no"
                        + " publication livespan. Run sql/livespan.sql, and for each table: select livespan.publish('SCHEMA.TABLE')");

        sql.execute("select livespan.publish('readings')");
        reconnect();
        hears(
                "Listening on channel \"realtime\", as livespan.source=auto and the log cannot be followed: the role may not"
                        + " replicate. Run as a superuser: alter role " + ROLE + " replication");

        sql.execute("alter role " + ROLE + " replication", "select livespan.unwatch('readings')");
        reconnect();
        hears("Following the log by the publication livespan, as livespan.source=auto and all that it takes is there");
        assertThat(node.logged("gets no live changes", 0))
                .as("triggers that are missed")
                .isEmpty();

        sql.execute("select livespan.watch('readings', 'taken_at')", "select livespan.unpublish('readings')");
        reconnect();
        hears(
                "Listening on channel \"realtime\", as livespan.source=auto and the log cannot be followed: public.readings is not"
                        + " published. Run: select livespan.publish('public.readings')");
    }

    private void reconnect() throws Exception {
        sql.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'livespan-listener'"
                        + " and datname = current_database()");
    }

    private void hears(String line) throws Exception {
        await(line).atMost(PATIENCE).until(() -> node.logged(line, 0).size() == 1);
        await("ready").atMost(PATIENCE).until(node::isReady);
        sql.insert("2026-05-02 12:00Z");
        sql.awaitShown(SOON, may, FIRST, LAST);
    }
}
