package org.livespan.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;
import org.livespan.security.Issuer;

/** A server whose feeds can be filtered: {@code tagged}, with columns of many types, and the entities of {@code orders}. */
record FilteredServer(TestDatabase database, ServerProcess process) implements AutoCloseable {

    private static final String[] TABLES = {
        "create collation if not exists caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        "create type mood as enum ('sad', 'ok', 'happy')",
        "create domain code as varchar(3) check (value <> '')",
        "create type pair as (a int, b text)",
        """
        create table tagged (id int primary key, day date not null, status text, customer text collate caseless,
            amount numeric(8, 2), mood mood, ref uuid, code code, fixed char(4), tags int[], flag boolean,
            at timestamptz, pair pair, length interval, "Odd, name" text, note text)""",
        "select livespan.watch('tagged', 'day')",
        "select livespan.publish('tagged')"
    };

    private static final String FILTERS =
            "status,customer,amount,mood,ref,code,fixed,tags,flag,at,pair,length,\"Odd, name\"";

    /** One that requires tokens, with one more feed of the same table, {@code bound}, whose rows are bound to a claim. */
    static FilteredServer secured(String name, Issuer issuer, String claim) throws IOException, SQLException {
        var settings = new ArrayList<>(issuer.settings());
        settings.addAll(List.of(
                "livespan.feeds.bound.table=public.tagged",
                "livespan.feeds.bound.date-column=day",
                "livespan.feeds.bound.key=id",
                "livespan.feeds.bound.filters=status",
                "livespan.feeds.bound.where=customer=claim:" + claim));
        return start(name, "tagged,bound", settings);
    }

    /** @param settings in addition, as {@code name=value} */
    static FilteredServer start(String name, String... settings) throws IOException, SQLException {
        return start(name, "tagged", List.of(settings));
    }

    private static FilteredServer start(String name, String feeds, List<String> settings)
            throws IOException, SQLException {
        TestDatabase database = TestDatabase.get().createDemoDatabase();
        var all = new ArrayList<>(List.of(
                "livespan.demo=true",
                "livespan.demo.interval=PT0S",
                "livespan.feeds=" + feeds,
                "livespan.feeds.tagged.table=public.tagged",
                "livespan.feeds.tagged.date-column=day",
                "livespan.feeds.tagged.key=id",
                "livespan.feeds.tagged.filters=" + FILTERS,
                "livespan.feeds.orders.filters=status,customer,amount,created_at"));
        all.addAll(settings);
        var server = new FilteredServer(database, null);
        server.execute(TABLES);
        return new FilteredServer(database, TestServer.start(name, database, all.toArray(String[]::new)));
    }

    URI at(String pathAndQuery) {
        return process.context().resolve("api/feeds/" + pathAndQuery);
    }

    HttpResponse<String> get(String pathAndQuery, String... headers) throws Exception {
        return Http.get(at(pathAndQuery), headers);
    }

    void execute(String... statements) throws SQLException {
        try (var connection = database.connect()) {
            Sql.execute(connection, statements);
        }
    }

    /** The rows of a table that meet a condition, as JSON. */
    String rows(String table, String date, String where) throws SQLException {
        try (var connection = database.connect()) {
            return Sql.query(
                    connection,
                    "select coalesce('[' || string_agg(cast(to_json(t) as text), ',' order by " + date
                            + ", id) || ']', '[]') from " + table + " t where " + where);
        }
    }

    @Override
    public void close() {
        process.close();
        database.close();
    }
}
