package org.livespan.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/**
 * Writes to the plant at random, and at random changes what no statement on its table shows: triggers, columns, policies,
 * views, functions, labels, children.
 */
final class RandomPlant {

    private static final int CHILDS_FIRST_ID = 1_000_000;

    private final Random random;
    private final boolean silently;
    private int nextId = 100;
    private int named;
    private boolean hasChild;

    /** @param silently whether rows are also written in a way that not even the catalogue shows */
    RandomPlant(Random random, boolean silently) {
        this.random = random;
        this.silently = silently;
    }

    void next(Connection connection) throws SQLException {
        for (String statement : random.nextInt(3) == 0 ? unseen() : write()) {
            try (var sql = connection.createStatement()) {
                sql.execute(statement);
            }
        }
    }

    /** The statement after which all changes are heard again. */
    List<String> mended() {
        return List.of("select livespan.watch('plant.readings', 'at')");
    }

    private List<String> write() {
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                List.of("insert into plant.readings (id, at, note, mood) values (" + nextId++ + ", " + date()
                        + ", 'written', (enum_range(null::plant.mood))[1])");
            case 2 -> List.of("update plant.readings set note = 'note " + random.nextInt(1000) + "' where " + some());
            case 3 -> List.of("update plant.readings set at = " + date() + " where " + some());
            case 4 -> List.of("delete from plant.readings where id % 7 = " + random.nextInt(7) + " and " + some());
            default -> List.of("begin", "update plant.readings set note = 'never'", "rollback");
        };
    }

    private List<String> unseen() {
        return switch (random.nextInt(silently ? 14 : 12)) {
            case 0, 1 ->
                List.of(
                        "begin",
                        "alter table plant.readings disable trigger all",
                        "insert into plant.readings (id, at, note) values (" + nextId++ + ", " + date() + ", 'loaded')",
                        "update plant.readings set at = " + date() + " where " + some(),
                        "alter table plant.readings enable trigger all",
                        "commit");
            case 2 ->
                List.of(
                        "alter table plant.readings disable trigger user",
                        "update plant.readings set note = 'deaf' where " + some());
            case 3 -> List.of("drop trigger if exists livespan_update on plant.readings");
            case 4 -> mended();
            case 5 ->
                List.of("create or replace view plant.inner_view as select id, at, '" + random.nextInt(9)
                        + "' || plant.spoken(note) as note from plant.readings where id % 5 <> " + random.nextInt(9));
            case 6 ->
                List.of("create or replace function plant.spoken(text) returns text language sql immutable return '"
                        + random.nextInt(9) + "' || $1");
            case 7 -> List.of("alter type plant.mood rename value '" + label(named) + "' to '" + label(++named) + "'");
            case 8 ->
                List.of(
                        "drop policy if exists few on plant.readings",
                        "create policy few on plant.readings for select to crew using (id % 3 <> " + random.nextInt(4)
                                + ")",
                        "alter table plant.readings " + (random.nextBoolean() ? "enable" : "disable")
                                + " row level security");
            case 9 -> child();
            case 10 -> List.of("vacuum full plant.readings");
            case 11 ->
                List.of("alter table plant.readings alter column mood type plant.mood"
                        + " using (enum_range(null::plant.mood))[" + (1 + random.nextInt(2)) + "]");
            default ->
                List.of(
                        "select livespan.watch('plant.readings', 'at')",
                        "alter table plant.readings enable trigger user",
                        "set session_replication_role = replica",
                        "update plant.readings set at = " + date() + ", note = 'replicated' where " + some(),
                        "reset session_replication_role");
        };
    }

    private List<String> child() {
        hasChild = !hasChild;
        return hasChild
                ? List.of(
                        "create table plant.child () inherits (plant.readings)",
                        "grant select on plant.child to crew",
                        "insert into plant.child (id, at, note) values (" + (CHILDS_FIRST_ID + nextId++) + ", " + date()
                                + ", 'a child')")
                : List.of("drop table plant.child");
    }

    private static String label(int number) {
        return number == 0 ? "sad" : "sad " + number;
    }

    private String some() {
        return "id % 10 = " + random.nextInt(10);
    }

    private String date() {
        return "timestamptz '2026-05-01Z' + interval '1 hour' * " + random.nextInt(2000);
    }
}
