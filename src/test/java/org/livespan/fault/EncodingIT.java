package org.livespan.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.livespan.fault.Plant.PATIENCE;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.database.TestDatabase;
import org.livespan.tool.TakesLong;

/** A database in {@code SQL_ASCII}, which stores any bytes it is sent. */
@TakesLong
class EncodingIT {

    private static final String NO_UTF_8 = "invalid byte sequence for encoding \"UTF8\": 0xc4 0xff";

    @RegisterExtension
    final Plant plant = new Plant();

    private Readings sql;
    private Node node;

    @BeforeEach
    void a_node_with_feeds_on_two_tables() throws Exception {
        TestDatabase database = plant.closedAfterwards(
                plant.database().createDatabase("encoding 'SQL_ASCII' template template0 lc_collate 'C' lc_ctype 'C'"));
        database.run(Path.of("sql", "livespan.sql"));
        sql = new Readings(database);
        for (String table : new String[] {"whole", "torn"}) {
            sql.execute(
                    "create table " + table + " (id int primary key, at timestamptz, note text)",
                    "insert into " + table + " select n, timestamptz '2026-05-01Z' + n * interval '1 hour',"
                            + " 'Édouard 42 € 😀' from generate_series(1, 20) n",
                    "select livespan.watch('" + table + "', 'at')");
        }
        node = plant.closedAfterwards(Installation.startNode(
                        "ascii",
                        plant.database(),
                        plant.database().port(),
                        "livespan.db.url=" + database.url(),
                        "livespan.audit.interval=PT2S",
                        "livespan.feeds=whole,torn",
                        "livespan.feeds.whole.table=public.whole",
                        "livespan.feeds.whole.date-column=at",
                        "livespan.feeds.whole.key=id",
                        "livespan.feeds.torn.table=public.torn",
                        "livespan.feeds.torn.date-column=at",
                        "livespan.feeds.torn.key=id"))
                .awaitReady();
    }

    @Test
    void utf_8_rows_are_shown_and_others_are_logged_once_and_do_not_affect_another_feed() throws Exception {
        var whole = watch("whole");
        var torn = watch("torn");
        sql.execute("update whole set note = 'Größe' where id = 3");
        awaitShown(whole, "whole");
        assertThat(node.get(Plant.rows("whole")).headers().firstValue("ETag"))
                .contains("\"" + whole.ids().get(whole.ids().size() - 1) + "\"");

        String before = torn.shown();
        sql.execute("update torn set note = convert_from('\\xc4ff', 'SQL_ASCII') where id = 3");
        await("told").atMost(PATIENCE).until(() -> !node.logged(NO_UTF_8, 0).isEmpty());
        sql.execute("update whole set note = 'goes on' where id = 4");
        awaitShown(whole, "whole");
        assertThat(torn.shown()).isEqualTo(before);

        sql.execute("update torn set note = 'mended' where id = 3");
        awaitShown(torn, "torn");
        assertThat(node.logged(NO_UTF_8, 0)).hasSize(1).first().asString().contains("feed torn");
        assertThat(node.logged("changed without a notification", 0))
                .as("all that the audit has compared is the same there and here")
                .isEmpty();
    }

    private Watcher watch(String feed) throws Exception {
        var watcher = plant.closedAfterwards(Watcher.open(node.at(Plant.stream(feed)), null));
        await("the first result").atMost(PATIENCE).until(() -> watcher.shown() != null);
        return watcher;
    }

    private void awaitShown(Watcher watcher, String table) {
        await("shown")
                .atMost(PATIENCE)
                .until(() -> "t"
                        .equals(sql.query(
                                "select cast(? as jsonb) = jsonb_agg(to_jsonb(r) order by r.at, r.id) from " + table
                                        + " r",
                                watcher.shown())));
    }
}
