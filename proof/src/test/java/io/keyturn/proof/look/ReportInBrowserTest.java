package io.keyturn.proof.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.keyturn.app.render.html.HtmlRenderer;
import io.keyturn.app.render.html.Making;
import io.keyturn.app.wiring.Demo;
import io.keyturn.app.wiring.Job;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.sandbox.http.SandboxServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report of the demo's organization, opened from disk in a browser. */
@Timeout(180)
class ReportInBrowserTest {
    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static Browser browser;
    private static String address;

    @BeforeAll
    static void open() throws Exception {
        Path report = folder.resolve("report.html");
        Files.writeString(report, report(folder));
        address = report.toUri().toString();
        chromium = Chromium.launch();
        browser = chromium.browser();
    }

    /** The report of the demo's organization. */
    static String report(Path folder) throws Exception {
        InstantSource clock = InstantSource.system();
        StringWriter text = new StringWriter();
        try (SandboxServer server = Demo.start(clock)) {
            var settings = Demo.settings(folder.resolve("keyturn.db"), clock);
            Making making = new Making(
                    "keyturn plan",
                    "keyturn",
                    false,
                    settings.rules().policies(),
                    "0".repeat(64),
                    List.of(),
                    past(clock));
            new Job(settings, Demo.environment(server), clock)
                    .run(
                            new HtmlRenderer(new PrintWriter(text), clock.instant(), making),
                            entry -> true,
                            finding -> true,
                            true);
        }
        return text.toString();
    }

    /** What runs of the last weeks would have counted. */
    private static List<DayTotal> past(InstantSource clock) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return IntStream.rangeClosed(1, 19)
                .mapToObj(week -> new DayTotal(
                        today.minusWeeks(20 - week),
                        Map.of(Standing.EXPIRED, 80 - 2 * week, Standing.WARNED, 34 - week),
                        40))
                .toList();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    private static Page page(BrowserContext context) {
        Page page = context.newPage();
        page.navigate(address);
        return page;
    }

    @ParameterizedTest
    @CsvSource({"1440,LIGHT,true", "1440,DARK,false", "390,LIGHT,false", "390,DARK,true", "360,LIGHT,false"})
    void nothing_in_it_is_out_of_reach_for_anybody_and_nothing_is_wider_than_the_screen(
            int width, ColorScheme scheme, boolean examined) {
        try (Shown shown = Shown.on(browser, width, scheme, address)) {
            Page page = shown.page();
            page.locator("summary").all().forEach(Locator::click);
            page.locator(".fold input").check(new Locator.CheckOptions().setForce(true));
            shown.fits().standsAlone();
            if (examined || Shown.DEEP) {
                shown.isInReach();
            }
            assertThat(shown.complaints()).isEmpty();
        }
    }

    @Test
    void a_search_leaves_the_rows_it_finds_and_says_how_many() {
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context);
            page.locator("input[type=search]").fill("leaked t.ibe");
            page.locator("input[type=search]").press("Enter");
            assertThat(page.locator("[role=status]").textContent()).isEqualTo("1 key found");
            assertThat(rows(page)).singleElement().asString().startsWith("t.ibe");

            page.locator("input[type=search]").fill("");
            page.locator("input[type=search]").press("Enter");
            assertThat(page.locator("[role=status]").textContent()).isEmpty();
            assertThat(rows(page)).hasSizeGreaterThan(10);
        }
    }

    private static List<String> rows(Page page) {
        return page.locator(".all tbody tr[id]:visible").allTextContents();
    }

    @Test
    void a_click_on_a_head_sorts_within_the_standings() {
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context);
            assertThat(ages(page)).isSortedAccordingTo((a, b) -> b - a);
            page.locator(".all thead button").getByText("Age").click();
            assertThat(ages(page)).isSorted();
            assertThat(page.locator(".all thead th[aria-sort]").textContent()).isEqualTo("Age ↑");

            page.locator(".all thead button").getByText("Key").click();
            assertThat(page.locator(".all tbody.overdue td:first-child b").allTextContents())
                    .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
        }
    }

    private static List<Integer> ages(Page page) {
        return page.locator(".all tbody.overdue tr[id] td:nth-child(3)").allTextContents().stream()
                .map(age -> age.equals("–") ? -1 : Integer.parseInt(age.replace(" d", "")))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void the_pills_choose_a_standing_with_and_without_scripts(boolean scripts) {
        try (BrowserContext context =
                browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(scripts))) {
            Page page = page(context);
            assertThat(page.locator("input[type=search]").isVisible()).isEqualTo(scripts);
            assertThat(page.locator(".all thead button").count() > 0).isEqualTo(scripts);

            page.locator("label:has(#f-overdue)").click();
            assertThat(page.locator(".all tbody:visible").count()).isEqualTo(1);
            page.locator("label:has(#f-healthy)").click();
            assertThat(rows(page)).hasSizeGreaterThan(100);
        }
    }

    @Test
    void a_link_to_a_healthy_key_opens_its_group() {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = page(context);
            Locator last = page.locator(".all tbody.healthy tr[id]").last();
            assertThat(last.isVisible()).isFalse();

            page.navigate(address + "#" + last.getAttribute("id"));
            assertThat(last.isVisible()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"owner", "account", "policy"})
    void the_same_rows_stand_under_other_heads_and_each_says_how_it_stands(String by) {
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context);
            int keys = page.locator(".all tr[id]").count();
            page.locator(".by select").selectOption(by);

            assertThat(page.locator(".all tbody.other tr[id]").count()).isEqualTo(keys);
            assertThat(page.locator(".all tr[id] .stood").count()).isEqualTo(keys);
            assertThat(page.locator(".all tbody.other .count").allTextContents().stream()
                            .mapToInt(Integer::parseInt)
                            .sum())
                    .isEqualTo(keys);

            page.locator("label:has(#f-overdue)").click();
            assertThat(page.locator(".all tr[id]:visible .stood").allTextContents())
                    .isNotEmpty()
                    .allMatch(word -> word.equals("Overdue: "));
            page.locator("label:has(#f-all)").click();
            page.locator(".by select").selectOption("standing");
            assertThat(page.locator(".stood").count()).isZero();
            assertThat(page.locator(".all tbody.overdue tr[id]").count()).isPositive();
        }
    }

    @Test
    void a_row_leads_to_its_story_which_opens_without_a_script() {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = page(context);
            Locator link = page.locator(".all a[href^='#story-']").first();
            Locator story = page.locator("[id='" + link.getAttribute("href").substring(1) + "']");
            assertThat(story.isVisible()).isFalse();
            link.click();
            story.waitFor();
            assertThat(story.textContent()).contains("Today.").contains("Created");
        }
    }

    @Test
    void an_export_has_a_line_for_each_key_and_no_cell_is_a_formula() throws IOException {
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context);
            Download download =
                    page.waitForDownload(() -> page.locator(".export").click());

            List<String> lines = Files.readAllLines(download.path());
            assertThat(lines).hasSize(1 + page.locator(".all tr[id]").count());
            assertThat(lines.getFirst())
                    .isEqualTo("user,last four,account,standing,owner,age,last used,why,next step,when");
            assertThat(lines).noneMatch(line -> line.startsWith("=")).anyMatch(line -> line.startsWith("'="));
        }
    }

    @Test
    void the_arrow_keys_go_from_mark_to_mark_and_healthy_ones_are_among_them() {
        try (BrowserContext context = browser.newContext()) {
            Page page = page(context);
            page.locator(".plot.big a").first().focus();

            List<String> marks = IntStream.range(0, 60)
                    .mapToObj(i -> {
                        page.keyboard().press("ArrowRight");
                        return String.valueOf(page.evaluate("document.activeElement.getAttribute('aria-label')"));
                    })
                    .toList();
            assertThat(marks)
                    .anyMatch(mark -> mark.contains(": overdue, "))
                    .anyMatch(mark -> mark.contains(": healthy, "))
                    .noneMatch(mark -> mark.equals("null"));
        }
    }

    @Test
    void on_paper_every_key_is_there_and_no_control() {
        try (BrowserContext context = browser.newContext(Shown.screen(794, ColorScheme.DARK))) {
            Page page = page(context);
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

            assertThat(rows(page)).hasSize(page.locator(".all tr[id]").count());
            assertThat(page.locator(".tools").isVisible()).isFalse();
            assertThat(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
                    .isEqualTo("rgb(255, 255, 255)");
        }
    }
}
