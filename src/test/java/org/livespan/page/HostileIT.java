package org.livespan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing that comes from the database, the address or a problem becomes markup or code. */
class HostileIT {

    private static final List<String> ATTACKS = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "\"><svg onload=alert(1)>",
            "javascript:alert(1)",
            "{{constructor.constructor(\"alert(1)\")()}}",
            "</td></tr></table><iframe src=javascript:alert(1)>");

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @RegisterExtension
    final PageServer server = new PageServer();

    @Test
    void markup_in_every_column_and_column_name_stays_text() throws Exception {
        var page = tab.open(server.page("?feed=traps&startDate=2026-05-01&endDate=2026-05-31&zone=UTC&mode=changes"));
        assertThat(page.locator("#state")).hasText("Live");
        for (String attack : ATTACKS) {
            var quoted = "'" + attack.replace("'", "''") + "'";
            server.execute("insert into traps values (" + quoted + ", '2026-05-10Z', " + quoted + ", " + quoted
                    + ", jsonb_build_object(" + quoted + ", " + quoted + "))");
        }
        assertThat(page.locator("#rows")).hasText(String.valueOf(ATTACKS.size()));
        for (String attack : ATTACKS) {
            assertThat(cell(page, attack)).hasCount(1);
        }
        assertThat(page.locator("#table thead")).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator("#table thead")).containsText("__proto__");

        cell(page, ATTACKS.get(5)).dblclick();
        assertThat(page.locator("#details-values")).containsText(ATTACKS.get(5));
        page.keyboard().press("Escape");
        page.locator("#log-events summary").first().click();
        assertNothingOfItIsMarkup(page);
    }

    @Test
    void markup_in_the_address_stays_text() {
        tab.expect("Failed to load resource");
        var page = tab.open(server.page(
                "?feed=%3Cimg%20src=x%20onerror=alert(1)%3E&startDate=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
                        + "&measure=%3Csvg%20onload=alert(1)%3E&zone=%3Cb%3E"));
        assertThat(page.locator("#problem")).isVisible();
        assertThat(page.locator("#caption")).containsText("<img src=x onerror=alert(1)>");
        assertNothingOfItIsMarkup(page);
    }

    @Test
    void inline_code_does_not_run() {
        tab.expect("Content Security Policy|Content-Security-Policy|TrustedHTML|TrustedScript");
        var page = tab.open(server.ordersOfMay());
        assertThat(page.locator("#state")).hasText("Live");
        assertThat(page.evaluate("""
                () => {
                  const script = document.createElement('script');
                  try { script.textContent = 'window.ran = true'; document.body.append(script); } catch {}
                  try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = true">'); } catch {}
                  return window.ran === undefined;
                }""")).isEqualTo(true);
    }

    @Test
    void the_security_policy_of_the_page_is_also_sent_as_a_header_which_restricts_frames_too() throws Exception {
        for (String path : List.of("", "index.html", "problems.html")) {
            var answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(server.page(path)).build(), BodyHandlers.ofString());
            var policy = answer.headers().firstValue("Content-Security-Policy");
            assertThat(policy).as(path).isPresent();
            assertThat(policy.get()).doesNotContain("unsafe").endsWith("; frame-ancestors 'self'");
            assertThat(answer.body())
                    .contains("content=\"" + policy.get().replace("; frame-ancestors 'self'", "") + "\"");
        }
    }

    private static Locator cell(Page page, String text) {
        return page.locator("#body th").getByText(text, new Locator.GetByTextOptions().setExact(true));
    }

    private static void assertNothingOfItIsMarkup(Page page) {
        // Alerts are detected by the tab itself
        assertThat(
                        page.locator(
                                "main script, main svg, main iframe, main img, dialog script, dialog svg, dialog iframe, dialog img"))
                .hasCount(0);
        assertThat((Boolean) page.evaluate("Object.prototype.alert === undefined && [...document.querySelectorAll('*')]"
                        + ".every(({attributes}) => [...attributes].every(({name}) => !name.startsWith('on')))"))
                .isTrue();
    }
}
