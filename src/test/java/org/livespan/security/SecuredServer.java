package org.livespan.security;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;

/** A server that requires tokens, with the feed of the orders and a database of its own. */
public record SecuredServer(TestDatabase database, ServerProcess process, Issuer issuer) implements AutoCloseable {

    /** @param settings in addition, as {@code name=value} */
    public static SecuredServer start(String name, String... settings) throws IOException, SQLException {
        TestDatabase database = TestDatabase.get().createDemoDatabase();
        Issuer issuer = Issuer.rsa("one");
        var all = new ArrayList<>(List.of("livespan.demo=true", "livespan.demo.interval=PT0S"));
        all.addAll(issuer.settings());
        all.addAll(List.of(settings));
        return new SecuredServer(database, TestServer.start(name, database, all.toArray(String[]::new)), issuer);
    }

    public URI at(String pathAndQuery) {
        return process.context().resolve(pathAndQuery);
    }

    public void execute(String... statements) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Inserts an order on 10 May 2001. */
    public void order(String customer) throws SQLException {
        execute("insert into orders (customer, amount, created_at) values ('" + customer + "', 1, '2001-05-10Z')");
    }

    @Override
    public void close() {
        process.close();
        database.close();
    }
}
