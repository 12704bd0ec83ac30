package org.livespan.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page speaks English and Korean. */
class LanguageIT {

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @RegisterExtension
    final PageServer server = new PageServer();

    @Test
    void the_page_uses_the_language_of_the_browser() throws Exception {
        tab.with(settings -> settings.setLocale("ko-KR").setTimezoneId("Asia/Seoul"));
        var page = tab.open(server.ordersOfMay());
        assertThat(page.locator("html")).hasAttribute("lang", "ko");
        assertThat(page.locator("#state")).hasText("실시간");
        assertThat(page.locator("#caption")).containsText("2026. 5. 1. ~ 2026. 5. 31.");
        assertThat(page.locator("#bars")).hasAccessibleName("일별 행 수: 표시할 내용이 없습니다.");

        server.order("Ada", "2026-05-10 12:30Z");
        assertThat(page.locator("#body")).containsText("2026년 5월 10일 12:30:00");
    }

    @Test
    void another_language_can_be_chosen_and_is_remembered() {
        var page = tab.open(server.ordersOfMay());
        assertThat(page.locator("#state")).hasText("Live");
        page.locator("#language").selectOption("ko");
        assertThat(page.locator("#state")).hasText("실시간");
        assertThat(page.locator("[type=submit]")).hasText("적용");
        assertThat(page.locator("#log-filter")).hasAttribute("aria-label", "유형, ID, 내용으로 찾기");

        page.reload();
        assertThat(page.locator("#state")).hasText("실시간");
        assertThat(page.locator("#language")).hasValue("ko");
    }

    @Test
    void the_title_of_a_problem_is_in_the_readers_language_and_its_detail_in_english() {
        tab.expect("Failed to load resource");
        tab.with(settings -> settings.setLocale("ko"));
        var page = tab.open(server.page("?feed=invoices"));
        assertThat(page.locator("#problem-title")).hasText("존재하지 않는 피드입니다");
        assertThat(page.locator("#problem-title")).hasAttribute("lang", "ko");
        assertThat(page.locator("#problem-detail")).hasAttribute("lang", "en");
    }

    @Test
    void both_languages_have_the_same_messages_with_the_same_placeholders() {
        var page = tab.open(server.page("problems.html"));
        var shapes = (List<?>) page.evaluate("""
                async () => {
                  const holes = (text) => [...text.matchAll(/\\{\\w+\\}/g)].map(String).sort().join();
                  const shape = (message) => holes(typeof message === 'string' ? message : message.other);
                  const of = async (code) => {
                    const { default: messages } = await import(`./messages/${code}.js`);
                    return Object.keys(messages).map((name) => `${name} ${shape(messages[name])}`).sort().join('\\n');
                  };
                  return [await of('en'), await of('ko')];
                }""");
        assertThat(shapes.get(0).toString()).isNotEmpty();
        assertThat(shapes.get(1)).isEqualTo(shapes.get(0));
    }

    @Test
    void every_message_that_the_page_refers_to_exists() {
        var page = tab.open(server.ordersOfMay());
        assertThat((List<?>) page.evaluate("""
                async () => {
                  const { default: messages } = await import('./messages/en.js');
                  return [...document.querySelectorAll('*')]
                    .flatMap(({ dataset: { message, messageLabel, messagePlaceholder } }) => [message, messageLabel, messagePlaceholder])
                    .filter((name) => name && !(name in messages));
                }""")).isEmpty();
    }
}
