package org.livespan.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.appserver.TestServer;
import org.livespan.appserver.User;
import org.livespan.database.TestDatabase;
import org.livespan.page.BrowserTab;

/** The live page, where the server itself authenticates people. */
class ServerLoginIT {

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @Test
    void the_live_page_leads_to_the_login_of_the_server_and_comes_back_to_the_same_window() throws Exception {
        try (var database = TestDatabase.get().createDemoDatabase()) {
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                statement.execute("insert into orders (customer, amount, created_at) values ('Ada', 1, '2001-05-10Z')");
            }
            var setup = TestServer.prepare(
                    "server-login",
                    database,
                    "livespan.demo=true",
                    "livespan.demo.interval=PT0S",
                    "livespan.security=container");
            setup.prepare(new User("Ada", "difference", "sales"));
            try (var server = TestServer.launch(setup)) {
                // The browser's own dialog, which no test can fill in: someone mistypes the password and gives up
                tab.with(options -> options.setHttpCredentials("Ada", "wrong"));
                tab.expect("401");
                var page = tab.open(server.context().resolve("./?startDate=2001-05-01&endDate=2001-05-31"));
                page.locator("#login").waitFor();
                assertThat(page.locator("#login-paste").isVisible()).isFalse();
                page.keyboard().press("Escape");
                assertThat(page.locator("#problem-title").textContent()).isEqualTo("Login required");
                page.locator("#log-in").click();

                // The next time they type the right one
                page.context()
                        .setExtraHTTPHeaders(Map.of(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString("Ada:difference".getBytes())));
                page.locator("#login-link").click();
                page.locator("body[data-state=live]").waitFor();
                page.locator("#body").getByText("Ada").waitFor();
                assertThat(page.url()).contains("startDate=2001-05-01").doesNotContain("login");
                assertThat((String) page.evaluate("JSON.stringify({ ...sessionStorage })"))
                        .isEqualTo("{}");
            }
        }
    }
}
