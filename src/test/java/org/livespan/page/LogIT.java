package org.livespan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** The log of events as they arrived, and the figures derived from them. */
@TakesLong
class LogIT {

    private static final int MOST = 200;

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @RegisterExtension
    final PageServer server = new PageServer();

    private Page page;

    @BeforeEach
    void an_empty_window_is_open() {
        page = tab.open(server.ordersOfMay());
        assertThat(page.locator("#log-events .type")).hasText(new String[] {"snapshot"});
    }

    @Test
    void an_event_is_listed_with_its_type_and_size_and_unfolds_to_its_id_and_data() throws Exception {
        server.order("Ada", "2026-05-10Z");
        var change = page.locator("#log-events li").filter(new Locator.FilterOptions().setHasText("upserted"));
        assertThat(change.locator(".type")).hasText("change");
        change.locator("summary").click();
        assertThat(change.locator("details > .id"))
                .hasText(page.locator("#digest").textContent());
        assertThat(change.locator("pre")).containsText("\"customer\":\"Ada\",\"amount\":42.50");
        assertThat(change.locator(".size")).hasText(Pattern.compile("^\\d+\\sB$"));
    }

    @Test
    void a_commit_is_timed_from_the_server_to_the_screen() throws Exception {
        assertThat(page.locator("#latency")).hasText("–");
        server.order("Ada", "2026-05-10Z");
        assertThat(page.locator("#latency")).hasText(Pattern.compile("^[\\d.,]+ ms$"));
        assertThat(page.locator("#log-events .type").first()).hasText("timing");
        assertThat(page.locator("#rate")).hasText("2");
        assertThat(page.locator("#changed")).hasText(Pattern.compile("\\d\\d:\\d\\d:\\d\\d"));
    }

    @Test
    void the_log_can_be_filtered() throws Exception {
        server.order("Ada", "2026-05-10Z");
        server.order("Grace", "2026-05-10Z");
        assertThat(page.locator("#rows")).hasText("2");
        page.locator("#log-filter").fill("grace");
        assertThat(page.locator("#log-events .type")).hasText(new String[] {"change"});
        assertThat(page.locator("#log-state")).hasText(Pattern.compile("1 of \\d events"));

        server.order("Emmy", "2026-05-10Z");
        assertThat(page.locator("#rows")).hasText("3");
        assertThat(page.locator("#log-events li")).hasCount(1);
        server.execute("update orders set amount = 1 where customer = 'Grace'");
        assertThat(page.locator("#log-events li")).hasCount(2);
        page.locator("#log-filter").fill("snapshot");
        assertThat(page.locator("#log-events .type")).hasText(new String[] {"snapshot"});
    }

    @Test
    void while_the_log_is_paused_nothing_moves_and_nothing_is_lost() throws Exception {
        page.locator("#log-pause").click();
        assertThat(page.locator("#log-pause")).hasAttribute("aria-pressed", "true");
        server.order("Ada", "2026-05-10Z");
        assertThat(page.locator("#rows")).hasText("1");
        assertThat(page.locator("#log-state")).hasText("Paused. 2 events waiting.");
        assertThat(page.locator("#log-events li")).hasCount(1);

        page.locator("#log-pause").click();
        assertThat(page.locator("#log-events .type")).hasText(new String[] {"timing", "change", "snapshot"});
    }

    @Test
    void the_log_keeps_only_the_newest_events() throws Exception {
        // Each order gives a change and its timing
        for (int i = 1; i <= MOST / 2; i++) {
            server.order("customer " + i, "2026-05-10Z");
            assertThat(page.locator("#rows")).hasText(String.valueOf(i));
        }
        assertThat(page.locator("#log-events li")).hasCount(MOST);
        assertThat(page.locator("#log-events .type").filter(new Locator.FilterOptions().setHasText("snapshot")))
                .hasCount(0);
        page.locator("#log-filter").fill("customer " + MOST / 2 + "\"");
        assertThat(page.locator("#log-events li")).hasCount(1);
    }
}
