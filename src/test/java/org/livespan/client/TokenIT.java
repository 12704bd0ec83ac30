package org.livespan.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.page.BrowserTab;
import org.livespan.security.Issuer;
import org.livespan.security.SecuredServer;

/** The module in a real browser, at a server that requires tokens. */
class TokenIT {

    /** Each token is replaced 20 s before its end. */
    private static final int BRIEF_SECONDS = 23;

    private static final int LONG_SECONDS = 900;

    private static SecuredServer server;

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
    static void a_server_that_requires_tokens() throws Exception {
        server = SecuredServer.start("tokens");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void one_order() throws Exception {
        server.execute("truncate orders");
        server.order("Ada");
    }

    private static String token(int seconds) {
        return server.issuer()
                .token(claims -> claims.subject("ada")
                        .expirationTime(Date.from(Instant.now().plusSeconds(seconds))));
    }

    private Page open() {
        tab.expect("favicon.ico");
        return tab.open(server.at("livespan.js"));
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
        server.order("Emmy");
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
                            .setUrl(server.at("").toString())
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
        server.order("Emmy");
        page.waitForFunction("heard.shown.at(-1) === 'Ada,Emmy'");
        assertThat(streams).containsExactly("eventsource");
        assertThat(given).hasSize(1);
    }

    @Test
    void the_live_page_takes_a_token_by_paste_and_keeps_it_nowhere() throws Exception {
        String token = token(LONG_SECONDS);
        tab.expect("401");
        var page = tab.open(server.at("./?startDate=2001-05-01&endDate=2001-05-31"));
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
        server.order("Emmy");
        page.locator("#body").getByText("Emmy").waitFor();
        assertThat((Boolean) page.evaluate("document.getElementById('problem').hidden"))
                .isTrue();
        assertThat((String) page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href,"
                        + " document.cookie, document.body.innerText, document.getElementById('login-token').value])"))
                .doesNotContain("eyJ");
    }
}
