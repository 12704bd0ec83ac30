package org.livespan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** The page shows the state of its connection, and what is wrong with it. */
@TakesLong
class ConnectionIT {

    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);

    /** Chromium's message for an unsuccessful answer. */
    private static final String FAILED = "Failed to load resource";

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @RegisterExtension
    final PageServer server = new PageServer();

    private Page page;

    @Test
    void rows_are_stale_while_the_database_is_down_and_live_again_afterwards() throws Exception {
        server.order("Ada", "2026-05-10Z");
        page = tab.open(server.ordersOfMay());
        assertThat(page.locator("#state")).hasText("Live");
        tab.expect(FAILED);

        server.stopDatabase();
        try {
            assertThat(page.locator("#state")).hasText("Stale", PATIENTLY);
            assertThat(page.locator("#body")).containsText("Ada");
        } finally {
            server.startDatabase();
        }
        server.order("Grace", "2026-05-11Z");
        assertThat(page.locator("#state")).hasText("Live", PATIENTLY);
        assertThat(page.locator("#body")).containsText("Grace");
    }

    @Test
    void a_refused_window_shows_the_reason_and_links_to_its_explanation() {
        tab.expect(FAILED);
        page = tab.open(server.orders("2026-05-31", "2026-05-01"));
        assertThat(page.locator("#state")).hasText("Closed");
        assertThat(page.locator("#problem")).containsText("Invalid parameter");
        assertThat(page.locator("#problem")).containsText("will not retry");

        page.locator("#problem-type").click();
        assertThat(page).hasURL(server.page("problems.html#invalid-parameter").toString());
        assertThat(page.locator("#invalid-parameter")).isInViewport();
    }

    @Test
    void an_unknown_feed_shows_a_problem_and_another_feed_can_be_chosen() {
        tab.expect(FAILED);
        page = tab.open(server.page("?feed=invoices"));
        assertThat(page.locator("#problem")).isVisible();
        assertThat(page.locator("#problem")).containsText("Unknown feed");
        assertThat(page.locator("#feed")).hasValue("invoices");

        page.locator("#feed").selectOption("orders");
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.locator("#problem")).isHidden();
    }

    @Test
    void the_page_retries_if_the_server_does_not_answer() {
        tab.expect(FAILED);
        var isDown = new boolean[] {true};
        tab.page().route("**/api/**", route -> {
            if (isDown[0]) {
                route.abort();
            } else {
                route.resume();
            }
        });
        page = tab.open(server.ordersOfMay());
        assertThat(page.locator("#problem")).isVisible();
        assertThat(page.locator("#problem")).containsText("The server cannot be reached");
        assertThat(page.locator("#problem")).containsText("Retrying");

        isDown[0] = false;
        assertThat(page.locator("#state")).hasText("Live", PATIENTLY);
        assertThat(page.locator("#problem")).isHidden();
    }

    @Test
    void the_page_retries_a_busy_server_after_the_time_it_asks_for() {
        tab.expect(FAILED);
        var isBusy = new boolean[] {true};
        tab.page().route("**/api/feeds/orders?*", route -> answer(route, isBusy[0]));
        tab.page().route("**/api/feeds/orders/stream?*", route -> answer(route, isBusy[0]));
        page = tab.open(server.ordersOfMay());
        assertThat(page.locator("#problem")).isVisible();
        assertThat(page.locator("#problem")).containsText("Too many clients");
        assertThat(page.locator("#problem")).containsText("Retrying in about 2 seconds");

        isBusy[0] = false;
        assertThat(page.locator("#state")).hasText("Live", PATIENTLY);
    }

    private static void answer(Route route, boolean isBusy) {
        if (!isBusy) {
            route.resume();
            return;
        }
        route.fulfill(new Route.FulfillOptions()
                .setStatus(503)
                .setHeaders(Map.of("Retry-After", "2", "Content-Type", "application/problem+json"))
                .setBody("{\"type\":\"/livespan/problems.html#too-many-clients\",\"title\":\"Too many clients\","
                        + "\"status\":503,\"detail\":\"This server already has 100 clients.\"}"));
    }
}
