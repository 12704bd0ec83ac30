package org.livespan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** Which window is shown: chosen in the form, kept in the address bar. */
class WindowIT {

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @RegisterExtension
    final PageServer server = new PageServer();

    private Page page;

    @BeforeEach
    void there_is_an_order_of_today_and_one_of_ten_days_ago() throws Exception {
        server.order("Ada", today() + "Z");
        server.order("Grace", today().minusDays(10) + "Z");
    }

    @Test
    void the_page_first_shows_a_week_in_the_browsers_time_zone() {
        open("");
        assertThat(page.locator("[data-days='7']")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator("#zone")).hasValue("UTC");
        assertThat(page)
                .hasURL(Pattern.compile("\\?feed=orders&startDate=" + today().minusDays(6) + "&endDate=" + today()
                        + "&zone=UTC&mode=changes$"));
        assertThat(page.locator("#body")).containsText("Ada");
    }

    @Test
    void a_range_is_chosen_with_a_click_and_left_with_the_back_button() {
        open("");
        assertThat(page.locator("#rows")).hasText("1");
        page.locator("[data-days='30']").click();
        assertThat(page.locator("#rows")).hasText("2");
        assertThat(page.locator("[data-days='30']")).hasAttribute("aria-pressed", "true");

        page.goBack();
        assertThat(page.locator("#rows")).hasText("1");
        assertThat(page.locator("[data-days='7']")).hasAttribute("aria-pressed", "true");
    }

    @Test
    void a_custom_range_can_be_typed_and_applied() {
        open("");
        page.locator("[data-days='']").click();
        assertThat(page.locator("#startDate")).isFocused();
        page.locator("#startDate").fill(today().minusDays(12).toString());
        page.locator("#endDate").fill(today().minusDays(8).toString());
        page.locator("#endDate").press("Enter");

        assertThat(page.locator("#body")).containsText("Grace");
        assertThat(page.locator("#rows")).hasText("1");
        assertThat(page.locator("[data-days='']")).hasAttribute("aria-pressed", "true");
    }

    @Test
    void whole_results_and_changes_show_the_same_rows() throws Exception {
        open("");
        page.locator("#mode").selectOption("");
        assertThat(page).not().hasURL(Pattern.compile("mode="));
        assertThat(page.locator("#log-events .type").first()).hasText("message");
        assertThat(page.locator("#body tr")).hasCount(1);

        server.order("Emmy", today() + " 00:00:01Z");
        assertThat(page.locator("#body tr td:nth-child(2)")).hasText(new String[] {"Emmy", "Ada"});
        assertThat(page.locator("#body tr").first()).hasClass("added");
        page.locator("#mode").selectOption("changes");
        assertThat(page.locator("#log-events .type").first()).hasText("snapshot");
        assertThat(page.locator("#body tr td:nth-child(2)")).hasText(new String[] {"Emmy", "Ada"});
    }

    @Test
    @TakesLong
    void a_shared_address_shows_the_same_view() {
        open("");
        page.locator("[data-days='30']").click();
        page.locator("#measure").selectOption("amount");
        page.locator("#per").selectOption("hour");
        page.locator("th[aria-sort] button").click();
        var shared = page.url();

        var other = page.context().newPage();
        other.navigate(URI.create(shared).toString());
        assertThat(other.locator("#rows")).hasText("2");
        assertThat(other.locator("#chart-title")).hasText("Sum of amount by hour");
        assertThat(other.locator("#body tr").first()).containsText("Grace");
        assertThat(other).hasURL(shared);
    }

    @Test
    void a_shared_moment_that_a_date_field_cannot_hold_is_kept() {
        open("?feed=orders&startDate=" + today() + "T00:00:00Z&mode=changes");
        assertThat(page.locator("#startDate")).hasValue(today() + "T00:00:00Z");
        assertThat(page.locator("#rows")).hasText("1");
    }

    private void open(String query) {
        page = tab.open(server.page(query));
        assertThat(page.locator("#state")).hasText("Live");
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
