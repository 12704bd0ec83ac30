package org.livespan.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.appserver.ServerProcess;
import org.livespan.appserver.TestServer;
import org.livespan.database.TestDatabase;
import org.livespan.page.BrowserTab;
import org.livespan.security.Issuer;

/** The module in a real browser, at a server that asks for tokens. */
class TokenIT {

    /** Each token is replaced 20 s before its end. */
    private static final int BRIEF_SECONDS = 23;

    private static final int LONG_SECONDS = 900;
    private static final Issuer ISSUER = Issuer.rsa("one");

    private static TestDatabase database;
    private static ServerProcess server;

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    private final List<String> given = new CopyOnWriteArrayList<>();

    private static final String OPEN = """
            async (token) => {
              const { live, feeds } = await import('./livespan.js');
              const source = token === 'header' ? () => newToken() : async () => { await newToken(); return Date.now() + 900000; };
              window.heard = { states: [], shown: [] };
              heard.feeds = (await feeds('api/feeds', { token: source })).map(({ name }) => name);
              live('api/feeds/orders', {
                token: source,
                onState: ({ state }) => heard.states.push(state),
                onRows: (rows) => heard.shown.push(rows.map(({ customer }) => customer).join()),
              });
            }""";

    @BeforeAll
    static void a_server_that_asks_for_tokens() throws Exception {
        database = TestDatabase.get().createDatabase();
        database.run(Path.of("sql", "livespan.sql"));
        database.run(Path.of("sql", "demo.sql"));
        server = TestServer.start(
                "tokens",
                database,
                "livespan.demo=true",
                "livespan.demo.interval=PT0S",
                "livespan.security=jwt",
                "mp.jwt.verify.publickey=" + ISSUER.pem().replaceAll("-----.*-----|\\s", ""),
                "mp.jwt.verify.issuer=" + Issuer.NAME);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @BeforeEach
    void one_order() throws Exception {
        execute("truncate orders");
        order("Ada");
    }

    private static void order(String customer) throws Exception {
        execute("insert into orders (customer, amount, created_at) values ('" + customer + "', 1, '2001-05-10Z')");
    }

    private static void execute(String sql) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String token(int seconds) {
        return ISSUER.token(claims ->
                claims.subject("ada").expirationTime(Date.from(Instant.now().plusSeconds(seconds))));
    }

    private Page open() {
        tab.expect("favicon.ico");
        return tab.open(server.context().resolve("livespan.js"));
    }

    @Test
    void a_stream_with_a_token_in_its_header_goes_on_with_the_next_token_in_time() throws Exception {
        var page = open();
        page.exposeFunction("newToken", arguments -> {
            given.add(token(given.isEmpty() ? BRIEF_SECONDS : LONG_SECONDS));
            return given.get(given.size() - 1);
        });
        page.evaluate(OPEN, "header");
        page.waitForFunction("heard.shown.at(-1) === 'Ada'");
        assertThat(page.evaluate("heard.feeds.join()")).isEqualTo("orders");
        page.waitForFunction(
                "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/stream')).length");
        assertThat(given).hasSize(2);
        order("Emmy");
        page.waitForFunction("heard.shown.at(-1) === 'Ada,Emmy'");
        assertThat(page.evaluate("heard.shown.join(' ')")).isEqualTo("Ada Ada,Emmy");
        assertThat(page.evaluate("heard.states.join()")).isEqualTo("connecting,live");
    }

    @Test
    void a_stream_with_a_cookie_is_opened_by_EventSource() throws Exception {
        var page = open();
        page.exposeFunction("newToken", arguments -> {
            given.add(token(LONG_SECONDS));
            page.context()
                    .addCookies(List.of(new Cookie("Bearer", given.get(given.size() - 1))
                            .setUrl(server.context().toString())
                            .setHttpOnly(true)));
            return null;
        });
        var streams = new CopyOnWriteArrayList<String>();
        page.onRequest(request -> {
            if (request.url().contains("/stream")) {
                streams.add(request.resourceType());
            }
        });
        page.evaluate(OPEN, "cookie");
        page.waitForFunction("heard.shown.at(-1) === 'Ada'");
        order("Emmy");
        page.waitForFunction("heard.shown.at(-1) === 'Ada,Emmy'");
        assertThat(streams).containsExactly("eventsource");
        assertThat(given).hasSize(1);
    }

    @Test
    void the_live_page_takes_a_token_by_paste_and_keeps_it_nowhere() throws Exception {
        String token = token(LONG_SECONDS);
        tab.expect("401");
        var page = tab.open(server.context().resolve("./?startDate=2001-05-01&endDate=2001-05-31"));
        var dialog = page.locator("#login");
        dialog.waitFor();
        page.keyboard().press("Escape");
        assertThat(page.locator("#problem-title").textContent()).isEqualTo("Authentication required");
        page.locator("#log-in").click();

        String forged = Issuer.rsa("one").token("ada");
        page.locator("#login-token").fill(forged);
        page.locator("#login button.primary").click();
        dialog.waitFor();
        page.locator("#login-again").waitFor();
        page.locator("#login-token").fill("Bearer " + token.replace(".", ".\n") + "\n");
        page.locator("#login button.primary").click();
        page.locator("body[data-state=live]").waitFor();
        page.locator("#body").getByText("Ada").waitFor();
        order("Emmy");
        page.locator("#body").getByText("Emmy").waitFor();
        assertThat((Boolean) page.evaluate("document.getElementById('problem').hidden"))
                .isTrue();
        assertThat((String) page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href,"
                        + " document.cookie, document.body.innerText, document.getElementById('login-token').value])"))
                .doesNotContain("eyJ");
    }
}
