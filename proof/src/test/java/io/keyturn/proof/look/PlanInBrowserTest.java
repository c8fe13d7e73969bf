package io.keyturn.proof.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.keyturn.app.wiring.DemoServing;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.JournalStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people do with a plan that waits, and with a key, in a browser: each test leaves a plan that waits. */
@Timeout(300)
class PlanInBrowserTest {
    /** From the first notice to the first change in the simulated organization. */
    private static final int DAYS = 5;

    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static Browser browser;
    private static ServedDemo served;
    private static DemoServing demo;

    @BeforeAll
    static void open() throws Exception {
        served = ServedDemo.open(folder);
        demo = served.demo();
        demo.pass(DAYS);
        demo.passed();
        chromium = Chromium.launch();
        browser = chromium.browser();
    }

    @AfterAll
    static void close() {
        chromium.close();
        served.close();
    }

    private static SeenPlan plan() throws Exception {
        SeenPlan plan = demo.catalog().plan().orElseThrow();
        assertThat(plan.changes()).hasSizeGreaterThan(1);
        return plan;
    }

    private static List<Entry.Outcome> changes() throws Exception {
        return demo.entries(JournalStore.Query.ALL).stream()
                .filter(Entry.Outcome.class::isInstance)
                .map(Entry.Outcome.class::cast)
                .filter(outcome -> outcome.verb() == Verb.CREATE_KEY || outcome.verb() == Verb.DEACTIVATE)
                .toList();
    }

    private static Page phone(BrowserContext context, String path) {
        Page page = context.newPage();
        page.navigate(served.address() + path);
        return page;
    }

    private static BrowserContext withoutScripts() {
        return browser.newContext(Shown.screen(390, ColorScheme.DARK).setJavaScriptEnabled(false));
    }

    private static String status(Page page) {
        return page.locator("[role=status]").first().textContent();
    }

    /** Presses what has the focus, which leads there. */
    private static void enter(Page page, String to) {
        page.keyboard().press("Enter");
        page.waitForURL(address -> address.contains(to));
    }

    /** Goes on by keyboard to what is so named, and on the way unticks all but the first step and gives the reason. */
    private static void goTo(Page page, String named) {
        for (int i = 0; i < 80; i++) {
            page.keyboard().press("Tab");
            String at = page.evaluate("(e => e.name === 'step' ? 'step ' + e.value : e.name === 'why' ? 'why'"
                            + " : e.textContent.trim())(document.activeElement)")
                    .toString();
            if (at.startsWith(named)) {
                return;
            }
            if (at.startsWith("step ") && !at.equals("step 0")) {
                page.keyboard().press("Space");
            }
            if (at.equals("why")) {
                page.keyboard().type("looked at it");
            }
        }
        throw new AssertionError("not to be reached by keyboard: " + named + " on "
                + page.locator("main").textContent());
    }

    @ParameterizedTest
    @CsvSource({"1440,LIGHT", "390,DARK"})
    void the_plan_that_waits_is_in_reach_for_everybody(int width, ColorScheme scheme) throws Exception {
        String approve = "/keys/" + plan().changes().getFirst().key() + "/act/approve";
        for (String path : List.of("/plan", approve)) {
            try (Shown shown = Shown.on(browser, width, scheme, served.address() + path)) {
                shown.fits().isInReach();
                assertThat(shown.complaints()).as(path).isEmpty();
            }
        }
        try (Shown shown = Shown.on(browser, width, scheme, served.address() + "/plan")) {
            assertThat(shown.page().locator("input[name=step]").count())
                    .isEqualTo(plan().changes().size());
        }
    }

    @Test
    void a_plan_is_narrowed_approved_and_applied_by_keyboard_and_its_owner_says_that_it_is_installed()
            throws Exception {
        SeenPlan plan = plan();
        SeenPlan.Row row = plan.changes().getFirst();
        int before = changes().size();
        try (BrowserContext context = withoutScripts()) {
            Page page = phone(context, "/plan");
            goTo(page, "Approve plan");
            enter(page, "done=approved");
            assertThat(status(page)).startsWith("Approved, and written down with your name.");
            assertThat(changes()).hasSize(before);

            goTo(page, "Apply what is approved: 1 change");
            enter(page, "done=applying");
            assertThat(status(page)).startsWith("Begun, and written down with your name.");
            demo.idle();
            page.navigate(served.address() + "/plan");
            Shown.fits(page, 390, "a plan that was applied");
            assertThat(page.locator("#applied td:last-child").allTextContents())
                    .isNotEmpty()
                    .allMatch(came -> came.startsWith("done, ") || came.startsWith("made and delivered, "));

            // What was approved was done to the key it was approved of, and to no other.
            assertThat(changes().subList(before, changes().size()))
                    .isNotEmpty()
                    .allMatch(outcome -> outcome.result() == Entry.Result.DONE)
                    .allSatisfy(outcome -> assertThat(outcome.target().user()).hasToString(userOf(row)));
            assertThat(demo.decisions())
                    .filteredOn(decision -> decision.kind() == Entry.Decision.Kind.RUN)
                    .singleElement()
                    .satisfies(decision -> assertThat(decision.scope()).isEqualTo(new Scope.OfPlan(plan.hash())))
                    .satisfies(decision -> assertThat(decision.by()).isEqualTo("n.iyer"));
            // The others of the plan still wait, and the key's page tells what was done.
            assertThat(plan().changes()).extracting(SeenPlan.Row::key).doesNotContain(row.key());
            assertThat(plan().changes()).hasSize(plan.changes().size() - 1);

            page.navigate(served.address() + "/keys/" + row.key());
            assertThat(page.locator(".timeline").first().textContent()).contains("Create key: done");

            // The next day's report has the new key, and its owner puts it in place.
            demo.pass(1);
            demo.passed();
            SeenKey key = demo.catalog().key(row.key()).orElseThrow();
            page.navigate(served.address() + served.yourKeys(key.owner()));
            goTo(page, "I have installed it");
            enter(page, "done=installed");
            assertThat(status(page)).startsWith("Written down.");
        }
        assertThat(demo.decisions())
                .filteredOn(decision -> decision.kind() == Entry.Decision.Kind.INSTALLED)
                .singleElement()
                .satisfies(decision -> assertThat(decision.by()).endsWith("(owner's link)"));
    }

    private static String userOf(SeenPlan.Row row) {
        return row.credential().principal() instanceof Principal.OfUser user
                ? user.id().toString()
                : "";
    }

    @Test
    void a_plan_is_refused_and_nobody_is_asked_again() throws Exception {
        try (BrowserContext context = withoutScripts()) {
            Page page = phone(context, "/plan");
            page.locator("#why").fill("quarter end");
            page.getByText("Refuse the whole plan").click();
            assertThat(status(page)).startsWith("Refused, and written down with your name.");
            assertThat(page.locator("h1").textContent()).contains("were refused");
            assertThat(page.locator(".note.named").first().textContent()).contains("Refused by n.iyer", "quarter end");
            // Whoever approves it after all is heard.
            page.locator("#why").fill("the quarter is over");
            page.locator("button.main").click();
            assertThat(page.locator("h1").textContent()).contains("wait for approval");
        }
    }

    @Test
    void a_key_is_frozen_and_thawed_by_keyboard() throws Exception {
        KeyQuery query =
                new KeyQuery("backup", Set.of(Standing.EXPIRED), null, null, false, KeyQuery.Order.USER, false, 0, 1);
        String key = "/keys/" + demo.catalog().keys(query).keys().getFirst().name();
        try (BrowserContext context = withoutScripts()) {
            Page page = phone(context, key);
            goTo(page, "Freeze…");
            enter(page, "/act/freeze");
            goTo(page, "Freeze");
            enter(page, "done=frozen");
            assertThat(status(page)).startsWith("Frozen.");
            assertThat(page.locator(".note.named").first().textContent()).contains("frozen by n.iyer: looked at it");
            page.navigate(served.address() + "/health");
            assertThat(page.locator("main").textContent()).contains("Frozen", "looked at it");
            page.navigate(served.address() + key);
            goTo(page, "Thaw…");
            enter(page, "/act/thaw");
            Shown.fits(page, 390, "what is thawed");
            goTo(page, "Thaw");
            enter(page, "done=thawed");
            assertThat(status(page)).startsWith("Thawed.");
            assertThat(page.locator(".note.named").count()).isZero();
        }
    }

    @Test
    void a_store_that_another_process_holds_is_said_and_nothing_is_half_approved() throws Exception {
        int before = demo.decisions().size();
        try (BrowserContext context = withoutScripts();
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("keyturn.db"));
                Statement statement = other.createStatement()) {
            Page page = phone(context, "/plan");
            page.locator("#why").fill("looked at it");
            statement.execute("BEGIN IMMEDIATE");
            page.locator("button.main").click();
            assertThat(page.locator("h1").textContent()).isEqualTo("The store does not answer");
            assertThat(page.locator("main").textContent()).contains("another process");
            statement.execute("ROLLBACK");
            assertThat(demo.decisions()).hasSize(before);
            page.navigate(served.address() + "/plan");
            page.locator("#why").fill("looked at it");
            page.locator("button.main").click();
            assertThat(status(page)).startsWith("Approved, and written down with your name.");
            assertThat(demo.decisions().size()).isGreaterThan(before);
        }
    }
}
