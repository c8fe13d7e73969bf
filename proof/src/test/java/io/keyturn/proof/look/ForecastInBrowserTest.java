package io.keyturn.proof.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.keyturn.app.cli.Embedded;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The forecast of the demo's organization as a page, opened from disk in a browser: by two policies, with a limit that is met. */
@Timeout(180)
class ForecastInBrowserTest {
    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static Browser browser;
    private static String address;
    private static JsonNode told;

    @BeforeAll
    static void open() throws Exception {
        Path page = folder.resolve("forecast.html");
        Files.writeString(page, forecast(folder, "html"));
        told = JsonMapper.shared().readTree(forecast(folder, "json"));
        address = page.toUri().toString();
        chromium = Chromium.launch();
        browser = chromium.browser();
    }

    /** The forecast by the demo's rules, and by tighter ones. */
    static String forecast(Path folder, String output) throws Exception {
        Path tighter = Files.writeString(folder.resolve("tighter.yaml"), """
                policies:
                  - {name: all, age: {warn: 45d, expire: 60d, on-warn: [remind], on-expire: [remind, deactivate]}}
                limits: {deactivate: {global: 2/d}}
                """);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new Embedded(Map.of("HOME", folder.toString()), InstantSource.system())
                .run(
                        List.of(
                                "forecast",
                                "--demo",
                                "--stage",
                                "enforce",
                                "--react-after",
                                "12d",
                                "--policy",
                                tighter.toString(),
                                "--output",
                                output),
                        new PrintWriter(out),
                        new PrintWriter(err));
        assertThat(exit).as(err.toString()).isZero();
        return out.toString();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({"1440,LIGHT,true", "1440,DARK,false", "390,LIGHT,false", "390,DARK,true", "360,LIGHT,false"})
    void nothing_in_it_is_out_of_reach_for_anybody_and_nothing_is_wider_than_the_screen(
            int width, ColorScheme scheme, boolean examined) {
        try (Shown shown = Shown.on(browser, width, scheme, address)) {
            shown.fits().standsAlone();
            if (examined || Shown.DEEP) {
                shown.isInReach();
            }
            assertThat(shown.complaints()).isEmpty();
        }
    }

    @Test
    void it_needs_no_scripts_and_the_keyboard_comes_first_to_the_numbers() {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = context.newPage();
            page.navigate(address);
            assertThat(page.locator("script").count()).isZero();
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            // The browser goes there on its own time.
            page.waitForCondition(() -> page.url().endsWith("#weeks"));
        }
    }

    @Test
    void its_numbers_are_those_of_the_json() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(address);
            List<String> stats = page.locator(".stats dd").allTextContents();
            JsonNode total = told.get("totals");
            assertThat(stats.getFirst()).startsWith(total.get("messages").asString());
            assertThat(stats.get(1)).isEqualTo(total.get("deactivate").asString());
            assertThat(stats.get(2)).startsWith(total.get("overdue").asString());
            assertThat(page.locator("#weeks tbody tr").count())
                    .isEqualTo(told.get("weeks").size() + 1);
        }
    }

    @Test
    void on_paper_it_is_light() {
        try (BrowserContext context = browser.newContext(Shown.screen(794, ColorScheme.DARK))) {
            Page page = context.newPage();
            page.navigate(address);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
                    .isEqualTo("rgb(255, 255, 255)");
        }
    }
}
