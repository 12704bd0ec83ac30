package org.livespan.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.livespan.page.BrowserTab;
import org.livespan.page.PageServer;
import org.livespan.tool.TakesLong;

/** The module in a real browser, on a page with nothing else. */
class ChromiumIT {

    @RegisterExtension
    final BrowserTab tab = new BrowserTab();

    @RegisterExtension
    final PageServer server = new PageServer();

    /** The streams that the page has requested. */
    private final List<String> streams = new CopyOnWriteArrayList<>();

    private static final String OPEN = """
            async () => {
              const { live } = await import('../livespan.js');
              window.heard = { states: [], rows: [], proofs: [] };
              const listen = (more) => live('feeds/orders', { startDate: '2026-05-01', endDate: '2026-05-31', ...more });
              window.first = listen({
                onState: ({ state }) => heard.states.push(state),
                onRows: (rows, { proof }) => {
                  heard.rows = rows;
                  proof.then((proven) => heard.proofs.push(proven));
                },
              });
              window.second = listen({ onRows: (rows) => (heard.also = rows) });
            }""";

    @Test
    void rows_are_exact_and_verified_and_two_listeners_share_a_connection() throws Exception {
        var page = open();
        server.order("Ada", "2026-05-10Z");
        page.waitForFunction("heard.rows.length === 1 && heard.also?.length === 1");
        page.waitForFunction("String(heard.rows[0].amount) === '42.50' && heard.rows[0].amount + 1 === 43.5");
        page.waitForFunction("heard.proofs.length === 2 && heard.proofs.every((proven) => proven === true)");
        assertThat(streams).hasSize(1);
    }

    @Test
    @TakesLong
    void the_state_is_stale_while_the_server_is_down_and_live_with_the_new_rows_when_it_is_back() throws Exception {
        var page = open();
        tab.expect("Failed to load resource|ERR_");
        server.kill();
        page.waitForFunction("heard.states.at(-1) === 'stale'");
        server.order("Emmy", "2026-05-11Z");
        server.start();
        page.waitForFunction("heard.states.at(-1) === 'live' && heard.rows[0]?.customer === 'Emmy'");
    }

    @Test
    void the_connection_is_closed_with_the_last_listener() throws Exception {
        var page = open();
        page.evaluate("second.close()");
        server.order("Ada", "2026-05-10Z");
        page.waitForFunction("heard.rows.length === 1");
        page.evaluate("first.close()");
        page.waitForFunction("heard.states.at(-1) === 'closed'");
        // A stream is listed among the loaded resources only once it is closed
        page.waitForFunction("performance.getEntriesByType('resource').some(({ name }) => name.includes('/stream'))");
    }

    /** On what the browser makes of the list of feeds, a page that has no script and no icon of its own and forbids none. */
    private Page open() {
        tab.expect("favicon.ico");
        var page = tab.open(server.page("api/feeds"));
        page.onRequest(request -> {
            if (request.url().contains("/stream")) {
                streams.add(request.url());
            }
        });
        page.evaluate(OPEN);
        page.waitForFunction("heard.states.at(-1) === 'live'");
        return page;
    }
}
