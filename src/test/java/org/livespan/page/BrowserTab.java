package org.livespan.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * For each test, a new browser tab that knows nothing of earlier ones. At the end of the test, it must have been quiet:
 * no error or warning on its console, no exception, no dialog, no request to any server but the one it was opened on.
 *
 * <p>If a test fails, a screenshot is kept in {@code target/page}.
 */
public final class BrowserTab implements BeforeEachCallback, AfterEachCallback {

    /** Where screenshots are kept. */
    static final Path PICTURES = Path.of("target", "page");

    private static final Namespace NAMESPACE = Namespace.create(BrowserTab.class);
    private static final Set<String> LOUD = Set.of("error", "warning");

    private final List<String> noises = new ArrayList<>();
    private final List<Pattern> expected = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private Chromium chromium;
    private BrowserContext context;
    private Page page;
    private String origin;

    @Override
    public void beforeEach(ExtensionContext test) {
        chromium = test.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Chromium.class, key -> Chromium.launch(), Chromium.class);
    }

    /** Sets another language, size, time zone or colour scheme; to be called before the tab is used. */
    public BrowserTab with(UnaryOperator<Browser.NewContextOptions> settings) {
        assertThat(context).as("A tab that is in use").isNull();
        var options = new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setLocale("en-GB")
                .setTimezoneId("UTC");
        context = chromium.browser().newContext(settings.apply(options));
        page = context.newPage();
        page.onConsoleMessage(this::hear);
        page.onPageError(error -> noises.add("exception: " + error));
        page.onDialog(dialog -> {
            noises.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        context.onRequest(request -> requests.add(request.url()));
        return this;
    }

    private void hear(ConsoleMessage message) {
        if (LOUD.contains(message.type())) {
            noises.add(message.type() + ": " + message.text() + " " + message.location());
        }
    }

    /** Opens an address and returns when the page has loaded; everything must come from its server. */
    public Page open(URI address) {
        var tab = page();
        origin = address.getScheme() + "://" + address.getAuthority() + "/";
        tab.navigate(address.toString());
        return tab;
    }

    /** The tab itself. */
    public Page page() {
        if (page == null) {
            with(UnaryOperator.identity());
        }
        return page;
    }

    /** Such a message on the console is expected in this test: a refused request, for example. */
    public void expect(String message) {
        expected.add(Pattern.compile(message));
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (context == null) {
            return;
        }
        try {
            if (test.getExecutionException().isPresent()) {
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(PICTURES.resolve(
                                "failed-" + test.getDisplayName().replaceAll("\\W+", "-") + ".png")));
            }
            noises.removeIf(noise ->
                    expected.stream().anyMatch(message -> message.matcher(noise).find()));
            assertThat(noises).as("What the browser complained of").isEmpty();
            assertThat(requests).as("Requests").allMatch(url -> url.startsWith(origin));
        } finally {
            context.close();
        }
    }
}
