package io.keyturn.proof.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.keyturn.app.wiring.DemoServing;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of the simulated organization in a browser. */
@Timeout(300)
class PagesInBrowserTest {
    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static Browser browser;
    private static ServedDemo served;
    private static DemoServing demo;
    private static String address;
    private static List<String> paths;
    /** The page of an owner with a key that is overdue. */
    private static String yours;

    @BeforeAll
    static void open() throws Exception {
        served = ServedDemo.open(folder);
        demo = served.demo();
        address = served.address();
        String key = "/keys/" + overdue("build-agent").name();
        // Of another owner, so that what is said of one key is not met at the other.
        yours = served.yourKeys(overdue("backup").owner());
        paths = List.of(
                "/",
                "/accounts",
                "/owners",
                "/keys",
                "/keys?sort=age",
                key,
                key + "/act/snooze",
                key + "/act/freeze",
                key + "/exemption",
                key + "/exemption?owner=sec-ops&reason=sealed&until=2099-06-30",
                "/runs",
                "/plan",
                "/health",
                "/stop",
                "/keys/unknown",
                yours,
                "/your-keys/cut.off");
        chromium = Chromium.launch();
        browser = chromium.browser();
    }

    private static SeenKey overdue(String name) throws Exception {
        KeyQuery query =
                new KeyQuery(name, Set.of(Standing.EXPIRED), null, null, false, KeyQuery.Order.USER, false, 0, 1);
        return demo.catalog().keys(query).keys().getFirst();
    }

    @AfterAll
    static void close() {
        chromium.close();
        served.close();
    }

    @ParameterizedTest
    @CsvSource({"1440,LIGHT,true", "1440,DARK,false", "390,LIGHT,false", "360,LIGHT,false", "360,DARK,true"})
    void no_page_is_out_of_reach_for_anybody_or_wider_than_the_screen(int width, ColorScheme scheme, boolean examined) {
        for (String path : paths) {
            try (Shown shown = Shown.on(browser, width, scheme, address + path)) {
                shown.fits();
                if (examined || Shown.DEEP) {
                    shown.isInReach();
                }
                assertThat(shown.complaints())
                        .as(path)
                        // That a page is not there, or not theirs, is what two of them are about.
                        .filteredOn(complaint -> !complaint.matches(".* (403|404) .*"))
                        .isEmpty();
            }
        }
    }

    @Test
    void all_of_it_works_without_scripts() {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = context.newPage();
            page.navigate(address);
            page.getByText("Stop all changes…").first().click();
            page.locator("#why").fill("drill");
            page.locator("button.main").click();
            assertThat(page.locator("[role=status]").textContent()).startsWith("Everything is stopped.");
            assertThat(demo.stopped()).contains("n.iyer: drill");
            page.locator("#why").fill("the drill is over");
            page.locator("button.main").click();
            assertThat(page.locator("[role=status]").textContent()).startsWith("Resumed.");
            assertThat(demo.stopped()).isEmpty();

            page.navigate(address + "/keys");
            page.locator("input[type=search]").fill("build-agent");
            page.locator("input[type=search]").press("Enter");
            assertThat(page.locator(".all td:first-child b").allTextContents())
                    .isNotEmpty()
                    .allMatch(user -> user.contains("build-agent"));
            page.locator(".pick a").getByText("Overdue").click();
            page.locator(".all a.key").first().click();
            page.getByText("Snooze…").click();
            page.locator("#why").fill("release week");
            page.locator("button.main").click();
            assertThat(page.locator(".note.named").textContent()).contains("snoozed by n.iyer: release week");
        }
    }

    @Test
    void a_reason_in_hebrew_stands_within_its_sentence_and_what_follows_it_after_it() throws Exception {
        String key = "/keys/" + overdue("legacy-sync").name();
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(address + key + "/act/snooze");
            page.locator("#why").fill("שבוע (השחרור)");
            page.locator("button.main").click();
            assertThat(page.locator(".note.named").textContent()).contains("by n.iyer: שבוע (השחרור), to the end of");
            // Its brackets and the day after it are drawn to its right, in the order in which they are read.
            List<?> edges = (List<?>)
                    page.locator(".note.named bdi")
                            .first()
                            .evaluate(
                                    "reason => {"
                                            + " const after = document.createRange(); after.setStart(reason.nextSibling, 0);"
                                            + " after.setEnd(reason.nextSibling, reason.nextSibling.length);"
                                            + " return [reason.getClientRects()[0].right, after.getClientRects()[0].left].map(Math.round); }");
            assertThat(edges.getFirst()).isEqualTo(edges.getLast());
        }
    }

    @Test
    void a_browser_whose_clock_is_a_day_off_in_a_zone_half_a_day_away_shows_the_same_days() {
        List<String> pages = List.of("/", paths.get(5), paths.get(6), yours);
        try (BrowserContext usual = browser.newContext();
                BrowserContext odd =
                        browser.newContext(new Browser.NewContextOptions().setTimezoneId("Pacific/Apia"))) {
            Page right = usual.newPage();
            Page wrong = odd.newPage();
            wrong.clock()
                    .setFixedTime(
                            System.currentTimeMillis() + Duration.ofDays(1).toMillis());
            for (String path : pages) {
                right.navigate(address + path);
                wrong.navigate(address + path);
                assertThat(wrong.locator("main").innerText())
                        .as(path)
                        .isEqualTo(right.locator("main").innerText());
                String set =
                        "[...document.querySelectorAll('input[type=date], time')].map(at => at.value || at.dateTime)";
                assertThat(wrong.evaluate(set)).as(path).isEqualTo(right.evaluate(set));
            }
        }
    }

    @Test
    void heads_sort_and_pages_follow_each_other() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(address + "/keys");
            page.locator("thead a").getByText("Age").click();
            assertThat(page.locator("th[aria-sort]").getAttribute("aria-sort")).isEqualTo("ascending");
            assertThat(ages(page)).isSorted();
            page.locator("thead a").getByText("Age").click();
            assertThat(ages(page)).isSortedAccordingTo((a, b) -> b - a);
            int last = ages(page).getLast();
            page.getByText("After").click();
            assertThat(ages(page).getFirst()).isLessThanOrEqualTo(last);
            assertThat(page.locator("nav[aria-label='Pages of keys'] .small").textContent())
                    .startsWith("51 to 100 of ");
        }
    }

    @Test
    void owners_say_what_they_need_by_keyboard_and_without_scripts_and_it_stands_in_the_journal() throws Exception {
        try (BrowserContext context =
                browser.newContext(Shown.screen(360, ColorScheme.DARK).setJavaScriptEnabled(false))) {
            Page page = context.newPage();
            page.navigate(address + "/owners");
            page.getByText("Open your keys").first().click();
            assertThat(page.url()).contains("/your-keys/");
            page.navigate(address + yours);
            tabTo(page, "More time");
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Tab");
            page.keyboard().type("the quarter ends");
            tabTo(page, "Take more time");
            page.keyboard().press("Enter");
            assertThat(page.locator("[role=status]").textContent()).startsWith("More time is granted.");
            assertThat(page.locator(".note").allTextContents())
                    .anyMatch(note -> note.startsWith("Held back: snoozed by ")
                            && note.contains("(owner's link): the quarter ends"));
        }
        assertThat(demo.entries(JournalStore.Query.ALL))
                .filteredOn(entry -> entry instanceof Entry.Decision decision
                        && decision.kind() == Entry.Decision.Kind.SNOOZE
                        && decision.by().endsWith(" (owner's link)"))
                .hasSize(1);
    }

    /** Goes on by keyboard until what is named has the focus. */
    private static void tabTo(Page page, String named) {
        String focused = "";
        for (int i = 0; i < 40 && !focused.equals(named); i++) {
            page.keyboard().press("Tab");
            focused = page.evaluate("document.activeElement.textContent.trim()").toString();
        }
        assertThat(focused).isEqualTo(named);
    }

    private static List<Integer> ages(Page page) {
        return page.locator(".all td:nth-child(3)").allTextContents().stream()
                .filter(age -> !age.equals("–"))
                .map(age -> Integer.parseInt(age.replace(" d", "")))
                .toList();
    }

    @Test
    void a_button_lets_a_day_pass_and_the_trend_begins() throws Exception {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(address);
            int days = demo.catalog().days().size();
            page.locator("button[value='1']").click();
            assertThat(page.locator("[role=status]").first().textContent()).startsWith("Days pass");
            demo.passed();
            assertThat(demo.catalog().days()).hasSize(days + 1);
            page.navigate(address);
            assertThat(page.locator("svg.plot[role=img]").getAttribute("aria-label"))
                    .startsWith("Overdue from ");
        }
    }

    @Test
    void whoever_has_only_a_keyboard_comes_first_to_the_content_and_then_everywhere() {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(address);
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Skip to content");
            List<Object> reached = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                page.keyboard().press("Tab");
                reached.add(page.evaluate("document.activeElement.textContent.trim()"));
            }
            assertThat(reached).contains("Overview", "Health", "Stop all changes…", "Look at the plan", "One day");
        }
    }
}
