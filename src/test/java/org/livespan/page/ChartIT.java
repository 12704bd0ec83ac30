package org.livespan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chart sums up the rows by day or hour and follows them. The tests read it as a screen reader does. */
class ChartIT {

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @RegisterExtension
    final PageServer server = new PageServer();

    private Page page;

    @BeforeEach
    void there_are_orders_on_two_days_of_a_week() throws Exception {
        server.order("Ada", "2026-05-04 08:15Z");
        server.order("Grace", "2026-05-04 23:30Z");
        server.order("Emmy", "2026-05-06 09:00Z");
    }

    @Test
    void the_chart_counts_the_rows_of_each_day_and_follows_them() throws Exception {
        open("UTC");
        assertSummary("Number of rows by day, 4 May to 10 May: 3 in total, peak 2 (4 May).");
        server.execute("update orders set created_at = '2026-05-06 10:00Z' where customer = 'Grace'");
        assertSummary("Number of rows by day, 4 May to 10 May: 3 in total, peak 2 (6 May).");
        server.execute("truncate orders");
        assertSummary("Number of rows by day: no data.");
    }

    @Test
    void days_are_those_of_the_windows_time_zone() {
        open("Asia/Seoul");
        assertSummary("Number of rows by day, 4 May to 10 May: 3 in total, peak 1 (4 May).");
    }

    @Test
    void the_chart_adds_up_a_column_of_numbers() throws Exception {
        open("UTC");
        page.locator("#measure").selectOption("amount");
        assertThat(page.locator("#chart-title")).hasText("Sum of amount by day");
        assertSummary("Sum of amount by day, 4 May to 10 May: 127.5 in total, peak 85 (4 May).");
        server.execute("update orders set amount = 100.25 where customer = 'Emmy'");
        assertSummary("Sum of amount by day, 4 May to 10 May: 185.25 in total, peak 100.25 (6 May).");
    }

    @Test
    void the_bars_are_available_as_a_table_too() {
        open("UTC");
        page.locator("#per").selectOption("hour");
        page.locator("#chart-values summary").click();
        var lines = page.locator("#chart-values tbody tr");
        assertThat(lines).hasCount(7 * 24);
        assertThat(lines.nth(8)).hasText("4 May, 08:001");
        assertThat(lines.nth(9)).hasText("4 May, 09:000");
        assertThat(lines.nth(23)).hasText("4 May, 23:001");
    }

    @Test
    void the_bars_are_painted() {
        open("UTC");
        page.waitForFunction("""
                () => {
                  const bars = document.getElementById('bars');
                  const { width, height } = bars;
                  // A copy each time, as the browser warns of a canvas that is read again and again
                  const copy = new OffscreenCanvas(width, height).getContext('2d');
                  copy.drawImage(bars, 0, 0);
                  const pixels = copy.getImageData(0, 0, width, height).data;
                  // The light theme's colour of the bars, #4fa594
                  let painted = 0;
                  for (let at = 0; at < pixels.length; at += 4) painted += pixels[at] === 0x4f && pixels[at + 1] === 0xa5;
                  return painted > 1000;
                }""");
        assertThat(page.locator("#bars").boundingBox().height).isGreaterThan(100);
    }

    private void open(String zone) {
        page = tab.open(server.page("?feed=orders&startDate=2026-05-04&endDate=2026-05-10&mode=changes&zone=" + zone));
        assertThat(page.locator("#state")).hasText("Live");
    }

    private void assertSummary(String text) {
        assertThat(page.locator("#bars")).hasAccessibleName(text);
    }
}
