package org.livespan.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.feed.FeedDatabase;
import org.livespan.feed.TableName;
import org.livespan.tool.BesideOthers;

/** Whether each change of a table is heard, judging by the triggers on it, its partitions and its children. */
@BesideOthers
class TriggersIT {

    private static final String UNHEARD = "UNHEARD";
    private static final String DOUBT = "DOUBT";

    @RegisterExtension
    final FeedDatabase db = new FeedDatabase();

    @BeforeEach
    void a_watched_table_with_partitions_and_one_with_a_child() throws Exception {
        db.execute(
                Files.readString(Path.of("sql", "livespan.sql")),
                "create table parts (id int, at date) partition by range (at)",
                "create table parts_2026 partition of parts for values from ('2026-01-01') to ('2027-01-01')",
                "create table readings (id int, at date)",
                "create table child () inherits (readings)",
                "select livespan.watch('parts', 'at')",
                "select livespan.watch('readings', 'at')");
    }

    @Test
    void watched_tables_have_no_troubles() throws Exception {
        assertThat(troubles("readings")).isEmpty();
        assertThat(troubles("parts")).isEmpty();
    }

    @Test
    void a_table_that_is_not_watched_is_not_heard() throws Exception {
        db.execute("select livespan.unwatch('readings')");
        assertThat(troubles("readings"))
                .containsExactly(UNHEARD + " gets no live changes: public.readings is not watched. Run: watch");
    }

    @Test
    void a_table_with_a_disabled_missing_or_replica_only_trigger_is_not_heard_until_watched_again() throws Exception {
        db.execute("alter table only readings disable trigger livespan_delete");
        assertThat(troubles("readings"))
                .singleElement()
                .asString()
                .startsWith(UNHEARD)
                .contains("disabled");
        db.execute("alter table only readings enable replica trigger livespan_delete");
        assertThat(troubles("readings"))
                .singleElement()
                .asString()
                .startsWith(UNHEARD)
                .contains("disabled");
        db.execute("drop trigger livespan_delete on readings");
        assertThat(troubles("readings"))
                .singleElement()
                .asString()
                .startsWith(UNHEARD)
                .contains("lacks some of the four");
        db.execute("select livespan.watch('readings', 'at')");
        assertThat(troubles("readings")).isEmpty();
    }

    @Test
    void a_table_watched_by_another_column_or_on_another_channel_is_reported() throws Exception {
        assertThat(troubles("readings", "made", "realtime"))
                .singleElement()
                .asString()
                .contains("watched by column at");
        assertThat(troubles("readings", "at", "other"))
                .singleElement()
                .asString()
                .contains("on channel realtime");
    }

    @Test
    void a_trigger_that_fires_for_origin_only_raises_a_doubt() throws Exception {
        db.execute("alter table only readings enable trigger livespan_update");
        assertThat(troubles("readings"))
                .singleElement()
                .asString()
                .startsWith(DOUBT)
                .contains("session_replication_role");
    }

    @Test
    void changes_of_a_child_whose_triggers_are_missing_or_disabled_are_not_heard() throws Exception {
        db.execute("create table younger () inherits (readings)");
        assertThat(troubles("readings"))
                .singleElement()
                .asString()
                .startsWith(UNHEARD)
                .contains("public.younger");
        db.execute("select livespan.watch('readings', 'at')", "alter table child disable trigger user");
        assertThat(troubles("readings"))
                .singleElement()
                .asString()
                .startsWith(UNHEARD)
                .contains("public.child");
    }

    @Test
    void a_partition_added_later_raises_a_doubt_and_one_with_disabled_triggers_is_not_heard() throws Exception {
        db.execute("create table parts_2027 partition of parts for values from ('2027-01-01') to ('2028-01-01')");
        assertThat(troubles("parts"))
                .singleElement()
                .asString()
                .startsWith(DOUBT)
                .contains("public.parts_2027");
        db.execute("alter table parts_2026 disable trigger user");
        assertThat(troubles("parts"))
                .singleElement()
                .asString()
                .startsWith(UNHEARD)
                .contains("public.parts_2026");
    }

    @Test
    void a_missing_table_has_no_troubles() throws Exception {
        assertThat(troubles("nowhere")).isEmpty();
    }

    private List<String> troubles(String table) throws Exception {
        return troubles(table, "at", "realtime");
    }

    private List<String> troubles(String table, String column, String channel) throws Exception {
        var name = new TableName("public", table);
        var triggers =
                db.rows(TableTriggers.TRIGGERS, List.of("public", table, "public", table, "public", table)).stream()
                        .map(row -> new TableTriggers(
                                new TableName(row.get(0), row.get(1)),
                                row.get(1).equals(table),
                                row.get(2).equals("t"),
                                Integer.parseInt(row.get(3)),
                                Integer.parseInt(row.get(4)),
                                Integer.parseInt(row.get(5)),
                                row.get(6),
                                row.get(7)))
                        .toList();
        return new TriggerCheck(name, Optional.of(column), channel)
                .troubles(triggers, watchedBy -> "watch")
                .map(trouble -> (trouble.isHeard() ? DOUBT : UNHEARD) + " " + trouble.text())
                .toList();
    }
}
