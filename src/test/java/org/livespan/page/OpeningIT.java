package org.livespan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody sees who opens the page. */
class OpeningIT {

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @RegisterExtension
    final PageServer server = new PageServer();

    @Test
    void it_is_live_and_shows_a_row_that_is_inserted() throws Exception {
        var page = tab.open(server.orders("2026-05-01", "2026-05-31"));
        assertThat(page.locator("#state")).hasText("Live");

        server.order("Ada", "2026-05-10Z");
        assertThat(page.locator("tbody")).containsText("Ada");
    }
}
