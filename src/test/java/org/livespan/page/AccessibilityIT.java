package org.livespan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.livespan.tool.TakesLong;

/**
 * The page can be used without a mouse, with a screen reader, in the dark and on a small screen. Screenshots show how
 * it looks.
 */
@TakesLong
class AccessibilityIT {

    private static final List<String> GRAVE = List.of("serious", "critical");

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @RegisterExtension
    final PageServer server = new PageServer();

    private Page page;

    enum Look implements UnaryOperator<Browser.NewContextOptions> {
        LIGHT(1280, 800, "en-GB", ColorScheme.LIGHT),
        DARK(1280, 800, "en-GB", ColorScheme.DARK),
        NARROW(390, 844, "en-GB", ColorScheme.LIGHT),
        NARROWEST(320, 640, "ko-KR", ColorScheme.DARK),
        KOREAN(1280, 800, "ko-KR", ColorScheme.LIGHT);

        private final int width;
        private final int height;
        private final String locale;
        private final ColorScheme scheme;

        Look(int width, int height, String locale, ColorScheme scheme) {
            this.width = width;
            this.height = height;
            this.locale = locale;
            this.scheme = scheme;
        }

        @Override
        public Browser.NewContextOptions apply(Browser.NewContextOptions settings) {
            // No animation, so that no screenshot catches a bar half-way
            return settings.setReducedMotion(ReducedMotion.REDUCE)
                    .setViewportSize(width, height)
                    .setLocale(locale)
                    .setColorScheme(scheme);
        }

        Path picture() {
            return BrowserTab.PICTURES.resolve(name().toLowerCase() + ".png");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_page_is_accessible_and_does_not_scroll_sideways_in_any_look(Look look) throws Exception {
        server.execute(
                "insert into orders (customer, amount, status, created_at) select 'customer ' || n, n * 17 % 500, 'new',"
                        + " timestamptz '2026-05-31 12:00Z' - n * n * interval '2 minutes' from generate_series(1, 120) n");
        tab.with(look);
        open();
        assertThat(page.locator("#rows")).hasText("120");
        server.order("Grace", "2026-05-31 13:00Z");
        assertThat(page.locator("#body tr").first()).hasClass("added");
        page.screenshot(new Page.ScreenshotOptions().setPath(look.picture()).setFullPage(look.width < 1000));
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("No scrolling sideways")
                .isTrue();
        assertThat(page.locator("#body tr").first()).not().hasClass("added");
        assertNobodyIsKeptOut();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK", "NARROWEST"})
    void a_problem_and_its_explanation_and_the_help_are_accessible_too(Look look) {
        tab.expect("Failed to load resource");
        tab.with(look);
        page = tab.open(server.orders("2026-05-31", "2026-05-01"));
        assertThat(page.locator("#problem")).isVisible();
        page.locator("#help").click();
        assertThat(page.locator("#keys")).isVisible();
        assertNobodyIsKeptOut();
        page.keyboard().press("Escape");
        assertNobodyIsKeptOut();
        page.locator("#problem-type").click();
        assertThat(page.locator("#invalid-parameter")).isVisible();
        assertNobodyIsKeptOut();
    }

    @Test
    void the_tab_key_goes_from_the_window_to_the_chart_to_the_rows_to_the_events() {
        open();
        var order = List.of(
                "language",
                "theme",
                "help",
                "feed",
                "startDate",
                "zone",
                "mode",
                "measure",
                "per",
                "table",
                "log-filter",
                "log-pause",
                "as-json");
        var reached = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            page.keyboard().press("Tab");
            var id = (String) page.evaluate("document.activeElement.id");
            if (order.contains(id) && !reached.contains(id)) {
                reached.add(id);
            }
        }
        assertThat(reached).containsExactlyElementsOf(order);
    }

    @Test
    void arrow_keys_move_through_all_rows_and_Enter_shows_one() throws Exception {
        server.execute("insert into orders (customer, amount, created_at) select 'customer ' || n, n,"
                + " timestamptz '2026-05-01Z' + n * interval '5 minutes' from generate_series(1, 1000) n");
        open();
        assertThat(page.locator("#rows")).hasText("1,000");
        page.keyboard().press("r");
        assertThat(page.locator("#table")).isFocused();
        page.keyboard().press("ArrowDown");
        assertActive("1000");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowRight");
        assertActive("customer 999");
        page.keyboard().press("Control+End");
        page.keyboard().press("Home");
        assertActive("1");
        assertThat(page.locator("#active-cell")).isInViewport();

        // The active cell stays with its row
        server.order("Grace", "2026-05-31Z");
        assertThat(page.locator("#rows")).hasText("1,001");
        assertActive("1");
        page.keyboard().press("Enter");
        assertThat(page.locator("#details")).isVisible();
        assertThat(page.locator("#details-values")).containsText("2026-05-01T00:05:00Z");
        page.keyboard().press("Escape");
        assertThat(page.locator("#table")).isFocused();
    }

    @Test
    void letters_are_shortcuts_until_they_are_switched_off() {
        open();
        page.keyboard().press("p");
        assertThat(page.locator("#log-pause")).hasAttribute("aria-pressed", "true");
        page.keyboard().press("f");
        assertThat(page.locator("#log-filter")).isFocused();
        page.keyboard().press("p");
        assertThat(page.locator("#log-filter")).hasValue("p");
        assertThat(page.locator("#log-pause")).hasAttribute("aria-pressed", "true");

        page.locator("#help").click();
        page.locator("#letters").uncheck();
        page.keyboard().press("Escape");
        page.keyboard().press("p");
        assertThat(page.locator("#log-pause")).hasAttribute("aria-pressed", "true");
    }

    @Test
    void changes_are_announced_together_and_politely() throws Exception {
        open();
        var said = page.getByRole(AriaRole.STATUS);
        assertThat(said).hasText("Live. Commits appear as they happen.");
        page.evaluate(
                "() => { window.said = []; new MutationObserver(() => window.said.push(document.getElementById('said').textContent))"
                        + ".observe(document.getElementById('said'), { childList: true }) }");
        for (int i = 1; i <= 5; i++) {
            server.order("Ada", "2026-05-10Z");
            assertThat(page.locator("#rows")).hasText(String.valueOf(i));
        }
        assertThat(said).hasText("5 rows added", new LocatorAssertions.HasTextOptions().setTimeout(20_000));
        assertThat((List<?>) page.evaluate("window.said")).hasSize(1);
    }

    @Test
    void the_dark_theme_can_be_chosen_and_is_remembered() {
        tab.with(settings -> settings.setColorScheme(ColorScheme.LIGHT));
        open();
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(244, 246, 247)");
        page.locator("#theme").selectOption("dark");
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(15, 20, 22)");
        page.reload();
        assertThat(page.locator("#theme")).hasValue("dark");
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(15, 20, 22)");
        page.navigate(server.page("problems.html").toString());
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(15, 20, 22)");
    }

    private void open() {
        page = tab.open(server.ordersOfMay());
        assertThat(page.locator("body")).hasAttribute("data-state", "live");
    }

    private void assertActive(String text) {
        assertThat(page.locator("#active-cell")).hasText(text);
        assertThat(page.locator("#table")).hasAttribute("aria-activedescendant", "active-cell");
    }

    private void assertNobodyIsKeptOut() {
        var grave = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(violation -> GRAVE.contains(violation.getImpact()))
                        .map(violation -> violation.getId() + ": " + violation.getNodes())
                        .toList();
        assertThat(grave).isEmpty();
    }
}
