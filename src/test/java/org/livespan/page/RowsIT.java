package org.livespan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.tool.TakesLong;

/** The table of rows, which follows the database. */
class RowsIT {

    private static final int MANY = 5_000;

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @RegisterExtension
    final PageServer server = new PageServer();

    private Page page;

    @Test
    void an_inserted_row_is_marked_for_a_moment_and_earlier_ones_are_not() throws Exception {
        server.order("Ada", "2026-05-10Z");
        open();
        assertThat(row("Ada")).isVisible();
        assertThat(page.locator("#rows")).hasText("1");

        server.order("Grace", "2026-05-11Z");
        assertThat(row("Grace")).hasClass("added");
        assertThat(row("Ada")).not().hasClass("added");
        assertThat(page.locator("#rows")).hasText("2");
        assertThat(row("Grace")).not().hasClass("added");
    }

    @Test
    void the_changed_cell_of_a_row_is_marked_for_a_moment() throws Exception {
        server.order("Ada", "2026-05-10Z");
        open();
        server.execute("update orders set amount = 10.00");

        var changed = page.locator("#body .changed");
        assertThat(changed).hasText("10.00");
        assertThat(changed).hasCount(0);
        assertThat(row("Ada")).containsText("10.00");
    }

    @Test
    void a_row_that_leaves_the_window_is_struck_through_for_a_moment_and_disappears() throws Exception {
        server.order("Ada", "2026-05-10Z");
        server.order("Grace", "2026-05-11Z");
        server.order("Emmy", "2026-05-12Z");
        open();
        server.execute("update orders set created_at = '2026-06-01Z' where customer = 'Grace'");

        assertThat(row("Grace")).hasClass("removed");
        assertThat(row("Grace")).hasCSS("text-decoration-line", "line-through");
        assertThat(page.locator("#body tr td:nth-child(2)")).hasText(new String[] {"Emmy", "Grace", "Ada"});
        assertThat(page.locator("#rows")).hasText("2");
        assertThat(row("Grace")).hasCount(0);
    }

    @Test
    void rows_are_shown_newest_first_or_oldest_first() throws Exception {
        server.order("Ada", "2026-05-10Z");
        server.order("Grace", "2026-05-11Z");
        open();
        var customers = page.locator("#body tr td:nth-child(2)");
        assertThat(customers).hasText(new String[] {"Grace", "Ada"});
        assertThat(page.locator("th[aria-sort]")).hasAttribute("aria-sort", "descending");

        page.locator("th[aria-sort] button").click();
        assertThat(customers).hasText(new String[] {"Ada", "Grace"});
        assertThat(page.locator("th[aria-sort]")).hasAttribute("aria-sort", "ascending");
        assertThat(page).hasURL(Pattern.compile("order=oldest"));
    }

    @Test
    void an_empty_window_says_so_until_a_row_enters_it() throws Exception {
        open();
        assertThat(page.locator("#empty")).isVisible();
        server.order("Ada", "2026-05-10Z");
        assertThat(page.locator("#empty")).isHidden();
    }

    @Test
    @TakesLong
    void of_5000_rows_only_the_visible_ones_are_in_the_document_and_scrolling_shows_the_right_ones() throws Exception {
        orders(MANY);
        open();
        var table = page.locator("#table");
        assertThat(page.locator("#rows")).hasText("5,000");
        assertThat(table).hasAttribute("aria-rowcount", "5001");
        assertThat(page.locator("#body tr").first()).containsText("customer 5000");

        for (int place : new int[] {2_500, 4_900, 17, 1_234}) {
            page.evaluate("place => document.getElementById('scroller').scrollTop = place * 36", place);
            var shown = page.locator("#body tr[aria-rowindex='" + (place + 2) + "']");
            assertThat(shown).containsText("customer " + (MANY - place));
            // Its position on the screen matches its number
            var top = ((Number) shown.evaluate("row => row.getBoundingClientRect().top"
                            + " - document.querySelector('#table thead th').getBoundingClientRect().bottom"))
                    .doubleValue();
            assertThat(top).isBetween(-1.0, 1.0);
            assertThat(page.locator("#body tr").count()).isLessThan(60);
        }
    }

    @Test
    @TakesLong
    void the_row_being_read_stays_in_place_when_a_row_is_inserted_above_it() throws Exception {
        orders(1_000);
        open();
        page.evaluate("document.getElementById('scroller').scrollTop = 500 * 36");
        var read = row("customer 498");
        assertThat(read).isVisible();
        double before = top(read);

        server.order("Grace", "2026-05-31Z");
        assertThat(page.locator("#rows")).hasText("1,001");
        page.waitForFunction(
                "document.querySelector('#body tr[aria-rowindex=\"504\"]')?.textContent.includes('customer 499')");
        assertThat(top(read)).isBetween(before - 1, before + 1);
    }

    @Test
    @TakesLong
    void a_change_among_5000_rows_keeps_the_page_responsive() throws Exception {
        orders(MANY);
        open();
        assertThat(page.locator("#rows")).hasText("5,000");
        page.evaluate(
                "() => { window.longest = 0; new PerformanceObserver(list => list.getEntries()"
                        + ".forEach(({duration}) => window.longest = Math.max(window.longest, duration))).observe({type: 'longtask'}) }");
        server.execute("update orders set amount = amount + 1 where id > 4990");

        assertThat(page.locator("#body .changed")).hasCount(10);
        var longest = ((Number) page.evaluate("window.longest")).doubleValue();
        System.out.println("The longest task after a change among " + MANY + " rows: " + longest + " ms");
        assertThat(longest).isLessThan(500);
    }

    private void open() {
        page = tab.open(server.ordersOfMay());
        assertThat(page.locator("#state")).hasText("Live");
    }

    private Locator row(String customer) {
        return page.locator("#body tr:has(td:text-is('" + customer + "'))");
    }

    private static double top(Locator row) {
        return ((Number) row.evaluate("element => element.getBoundingClientRect().top")).doubleValue();
    }

    /** Inserts orders from {@code customer 1}, the oldest, on, a few minutes apart. */
    private void orders(int count) throws Exception {
        server.execute("insert into orders (customer, amount, created_at) select 'customer ' || n, n,"
                + " timestamptz '2026-05-01Z' + n * interval '5 minutes' from generate_series(1, " + count + ") n");
    }
}
