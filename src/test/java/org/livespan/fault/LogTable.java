package org.livespan.fault;

import java.util.List;
import java.util.Random;

/**
 * A table of one of many kinds: what the log has of a row's old date and of its key differs.
 *
 * @param name in schema {@code logged}, and of the feed
 * @param create statements
 * @param insert with {@code :n}, a number, and {@code :d}, a date in quotes
 * @param date its date column
 * @param setDate as an UPDATE has it
 * @param keys the feed's, separated by commas
 * @param setKey how an UPDATE changes a part of the key
 */
record LogTable(
        String name, List<String> create, String insert, String date, String setDate, String keys, String setKey) {

    static final List<LogTable> ALL = List.of(
            new LogTable(
                    "toasted",
                    List.of(
                            "create table logged.toasted (id int primary key, at timestamptz, note text, large text)",
                            "alter table logged.toasted alter large set storage external"),
                    "(id, at, note, large) values (:n, :d, 'new', repeat('large', 1000) || :n)",
                    "at",
                    "at = :d",
                    "id",
                    "id = id + 1000000"),
            new LogTable(
                    "by_uuid",
                    List.of("create table logged.by_uuid (id uuid primary key, day date, note text)"),
                    "(id, day, note) values (md5(cast(:n as text))::uuid, :d, 'new')",
                    "day",
                    "day = :d",
                    "id",
                    "id = gen_random_uuid()"),
            new LogTable(
                    "by_text",
                    List.of("create table logged.by_text (id text primary key, at timestamp, note text)"),
                    "(id, at, note) values ((array['a', 'b\"', 'ü', 'c\\', ' '])[1 + :n % 5] || :n, :d, 'new')",
                    "at",
                    "at = :d",
                    "id",
                    "id = id || 'x'"),
            new LogTable(
                    "by_number",
                    List.of("create table logged.by_number (id numeric primary key, at timestamptz, note text)"),
                    "(id, at, note) values (:n + 0.50, :d, 'new')",
                    "at",
                    "at = :d",
                    "id",
                    "id = id + 1000000"),
            new LogTable(
                    "by_two",
                    List.of(
                            "create table logged.by_two (at date, b bigint, a smallint, note text, primary key (a, b))"),
                    "(a, b, at, note) values (:n % 7, :n, :d, 'new')",
                    "at",
                    "at = :d",
                    "a,b",
                    "b = -b"),
            new LogTable(
                    "by_date",
                    List.of(
                            "create table logged.by_date (id int, at timestamptz not null, note text, primary key (at, id))"),
                    "(id, at, note) values (:n, :d, 'new')",
                    "at",
                    "at = :d",
                    "id,at",
                    "id = id + 1000000"),
            new LogTable(
                    "whole",
                    List.of(
                            "create table logged.whole (id int, at timestamptz, note text)",
                            "alter table logged.whole replica identity full"),
                    "(id, at, note) values (:n, :d, 'new')",
                    "at",
                    "at = :d",
                    "id",
                    "id = id + 1000000"),
            new LogTable(
                    "by_code",
                    List.of(
                            "create table logged.by_code (id int primary key, code int not null unique, at timestamptz, note text)",
                            "alter table logged.by_code replica identity using index by_code_code_key"),
                    "(id, code, at, note) values (:n, -:n, :d, 'new')",
                    "at",
                    "at = :d",
                    "id",
                    "id = id + 1000000"),
            new LogTable(
                    "computed",
                    List.of("create table logged.computed (id int primary key, at timestamp,"
                            + " day date generated always as (cast(at as date)) stored, note text)"),
                    "(id, at, note) values (:n, :d, 'new')",
                    "day",
                    "at = :d",
                    "id",
                    "id = id + 1000000"),
            new LogTable(
                    "parts",
                    List.of(
                            "create table logged.parts (id int, at date, note text, primary key (id, at)) partition by range (at)",
                            "create table logged.early partition of logged.parts for values from (minvalue) to ('2026-03-01')",
                            "create table logged.late partition of logged.parts default partition by list (id)",
                            "create table logged.latest (note text, at date not null, id int not null)",
                            "alter table logged.late attach partition logged.latest default"),
                    "(id, at, note) values (:n, :d, 'new')",
                    "at",
                    "at = :d",
                    "id",
                    "id = id + 1000000"),
            new LogTable(
                    "parents",
                    List.of(
                            "create table logged.parents (id int primary key, at timestamptz, note text)",
                            "create table logged.children (toy text, primary key (id)) inherits (logged.parents)"),
                    "(id, at, note) values (:n, :d, 'new')",
                    "at",
                    "at = :d",
                    "id",
                    "id = id + 1000000"));

    List<String> settings() {
        String feed = "livespan.feeds." + name + ".";
        return List.of(feed + "table=logged." + name, feed + "date-column=" + date, feed + "key=" + keys);
    }

    /** A statement on it, or some that belong together. */
    List<String> next(Random random, int n) {
        String table = "logged." + name;
        String some = " where (tableoid, ctid) in (select tableoid, ctid from " + table
                + " order by md5(ctid::text || '" + n + "') limit " + (1 + random.nextInt(3)) + ")";
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> List.of(inserted(table, random, n), inserted(table, random, n + 1));
            case 4, 5 -> List.of("update " + table + " set " + setDate.replace(":d", date(random)) + some);
            case 6, 7 -> List.of("update " + table + " set note = 'note " + n + "'" + some);
            case 8 -> List.of("update " + table + " set " + setKey + some);
            case 9, 10 -> List.of("delete from " + table + some);
            case 11 ->
                List.of(
                        "begin",
                        inserted(table, random, n),
                        "savepoint s",
                        "update " + table + " set " + setDate.replace(":d", date(random)),
                        "rollback to s",
                        "savepoint s",
                        "update " + table + " set " + setDate.replace(":d", date(random)) + some,
                        "release s",
                        "delete from " + table + some,
                        "commit");
            case 12 -> List.of("begin", "update " + table + " set note = 'never'", "rollback");
            case 13 -> more(random, n);
            case 14 ->
                // More keys than a change has
                List.of(
                        "insert into " + table + " "
                                + insert.replace("values (", "select ")
                                        .replaceAll("\\)$", "")
                                        .replace(":n", "g.n")
                                        .replace(":d", date(random))
                                + " from generate_series(" + (100_000 + 2_000 * n) + ", "
                                + (100_000 + 2_000 * n + 1_200)
                                + ") g(n)",
                        "update " + table + " set note = 'many', " + setDate.replace(":d", date(random)),
                        "delete from " + table + " where note = 'many'");
            default -> List.of("truncate " + table);
        };
    }

    private List<String> more(Random random, int n) {
        return switch (name) {
            case "parts" ->
                random.nextBoolean()
                        ? List.of("truncate logged.latest")
                        : List.of("insert into logged.latest (id, at, note) values (" + n
                                + ", '2026-05-05', 'straight')");
            case "parents" ->
                List.of(
                        inserted("logged.children", random, n),
                        "update only logged.children set at = " + date(random),
                        random.nextInt(3) == 0
                                ? "truncate logged.children"
                                : "delete from logged.children where id % 3 = 0");
            default -> List.of(inserted("logged." + name, random, n));
        };
    }

    private String inserted(String table, Random random, int n) {
        return "insert into " + table + " "
                + insert.replace(":n", Integer.toString(n)).replace(":d", date(random))
                + (name.equals("whole") || name.equals("parents") ? "" : " on conflict do nothing");
    }

    /** Most of them are watched. */
    private static String date(Random random) {
        return random.nextInt(6) == 0
                ? "'2030-01-01'"
                : "'2026-0" + (1 + random.nextInt(6)) + "-" + (10 + random.nextInt(19)) + "'";
    }
}
