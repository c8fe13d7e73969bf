package io.keyturn.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.LoadState;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How soon pages of a server whose catalog holds 300,000 keys are fully drawn in Debian's browser: from the start of the
 * navigation until everything was loaded, the largest part of the page was painted, and the frame after the last change of
 * it was. Each time in a context of its own, so that nothing was fetched before.
 */
public final class DrawnBenchmark {
    private static final List<String> PAGES = List.of("/", "/keys", "/keys?sort=age");
    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/bin/chromium-headless-shell"), Path.of("/usr/bin/chromium"));
    private static final int LOOKS = 11;
    private static final int LIMIT = 1_000;

    /** Notes when the largest part was painted, and the frame after the last change of the page. */
    private static final String WATCH = """
            window.drawn = {largest: 0, last: 0};
            new PerformanceObserver(list => list.getEntries().forEach(entry =>
                window.drawn.largest = Math.max(window.drawn.largest, entry.startTime)))
              .observe({type: 'largest-contentful-paint', buffered: true});
            new MutationObserver(() => requestAnimationFrame(() => setTimeout(() =>
                window.drawn.last = performance.now())))
              .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
            """;

    private static final String ASK = """
            (() => {
              const navigation = performance.getEntriesByType('navigation')[0];
              return [navigation.responseStart, navigation.loadEventEnd, window.drawn.largest, window.drawn.last];
            })()
            """;

    private DrawnBenchmark() {}

    /** In milliseconds from the start of the navigation. */
    private record Look(double firstByte, double loaded, double largest, double last) {
        double drawn() {
            return Math.max(loaded, Math.max(largest, last));
        }
    }

    public static void main(String[] words) throws Exception {
        Map<String, String> environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions()
                .setExecutablePath(PROGRAMS.stream()
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("there is no browser: install chromium")))
                .setArgs(List.of("--no-sandbox"));
        try (ManyKeys served = ManyKeys.open();
                Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
                Browser browser = playwright.chromium().launch(options)) {
            look(browser, served.page("/"));
            for (String path : PAGES) {
                List<Look> looks = new ArrayList<>();
                for (int i = 0; i < LOOKS; i++) {
                    looks.add(look(browser, served.page(path)));
                }
                ManyKeys.say(path, sentence(looks));
            }
        }
    }

    private static Look look(Browser browser, URI address) {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))) {
            context.addInitScript(WATCH);
            Page page = context.newPage();
            page.navigate(address.toString());
            page.waitForLoadState(LoadState.NETWORKIDLE);
            page.waitForFunction("() => window.drawn.largest > 0");
            List<?> said = (List<?>) page.evaluate(ASK);
            List<Double> times =
                    said.stream().map(time -> ((Number) time).doubleValue()).toList();
            return new Look(times.get(0), times.get(1), times.get(2), times.get(3));
        }
    }

    private static String sentence(List<Look> looks) {
        double most = looks.stream().mapToDouble(Look::drawn).max().orElseThrow();
        double drawn = median(looks.stream().map(Look::drawn).toList());
        return String.format(
                Locale.ROOT,
                "drawn after %.0f ms, at most %.0f (limit %d%s); first byte %.0f, loaded %.0f, largest part %.0f",
                drawn,
                most,
                LIMIT,
                drawn <= LIMIT ? "" : " !",
                median(looks.stream().map(Look::firstByte).toList()),
                median(looks.stream().map(Look::loaded).toList()),
                median(looks.stream().map(Look::largest).toList()));
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
