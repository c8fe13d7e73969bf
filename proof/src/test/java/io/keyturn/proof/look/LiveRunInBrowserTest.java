package io.keyturn.proof.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.keyturn.app.web.Door;
import io.keyturn.app.web.LocalAccess;
import io.keyturn.app.web.Site;
import io.keyturn.app.wiring.DemoServing;
import io.keyturn.engine.catalog.SeenRun;
import io.keyturn.engine.port.Meter;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of runs while one is under way, begins and ends, which this test holds at what it wants to be seen. */
@Timeout(120)
class LiveRunInBrowserTest {

    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static DemoServing demo;

    private final Meter meter = new Meter();
    private volatile Site.Work work = new Site.Work(null, null, false, null, null);
    private Door door;

    @BeforeAll
    static void open() throws Exception {
        chromium = Chromium.launch();
        demo = DemoServing.open(folder, InstantSource.system(), line -> {});
        demo.begin();
    }

    @AfterAll
    static void close() {
        demo.close();
        chromium.close();
    }

    @BeforeEach
    void begin() throws Exception {
        meter.accountsSeen.add(3);
        meter.usersSeen.add(204);
        meter.accounts.add(1);
        meter.users.add(51);
        meter.calls.add(60);
        work = new Site.Work(meter, demo.now().minus(Duration.ofSeconds(10)), false, null, null);
        Site held = (Site) Proxy.newProxyInstance(
                Site.class.getClassLoader(),
                new Class<?>[] {Site.class},
                (proxy, method, arguments) -> method.getName().equals("work") ? work : method.invoke(demo, arguments));
        door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new LocalAccess("n.iyer"),
                Optional.empty(),
                held,
                InstantSource.system(),
                line -> {});
    }

    @AfterEach
    void end() {
        door.close();
    }

    private String address() {
        return "http://127.0.0.1:" + door.address().getPort() + "/runs";
    }

    private static Page page(BrowserContext context, List<String> complaints) {
        Page page = context.newPage();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.clock().install();
        page.addInitScript("window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach(shift =>"
                + " window.shifts += shift.value)).observe({type: 'layout-shift', buffered: true})");
        return page;
    }

    private static Object below(Page page) {
        return page.evaluate("document.querySelector('[data-part=runs] h2').getBoundingClientRect().top");
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void numbers_change_in_their_place_and_the_end_comes_by_itself(int width) {
        try (BrowserContext context =
                chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(width, 900))) {
            List<String> complaints = new ArrayList<>();
            Page page = page(context, complaints);
            page.navigate(address());
            assertThat(page.locator("#prog").textContent())
                    .startsWith("1 of 3 accounts, 51 of 204 users, 60 calls, 0 throttled, ")
                    .endsWith(" s left");
            assertThat(page.locator(".work").textContent()).contains("Began 20");
            Shown.fits(page, width, address());
            Shown.isInReach(page, address());
            Object top = below(page);
            page.locator(".work a").focus();
            // A machine under load may draw the page before the script that tells times in the viewer's zone has run.
            Object shifted = page.evaluate("window.shifts");

            meter.accounts.add(1);
            meter.users.add(100);
            page.clock().runFor(1_000);
            // What is asked again and again inside the page is evaluated there, which the page's own rules forbid.
            page.waitForCondition(() -> page.locator("#prog").textContent().startsWith("2 of 3 accounts, 151 of "));
            assertThat(page.evaluate("document.querySelector('progress').value"))
                    .isEqualTo(151);
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Look again");
            assertThat(below(page)).isEqualTo(top);

            work = new Site.Work(null, null, false, null, null);
            page.waitForCondition(() -> {
                page.clock().runFor(1_000);
                return page.getByText("Read now").count() == 1;
            });
            assertThat(below(page)).isEqualTo(top);
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Read now");
            assertThat(page.evaluate("window.shifts")).isEqualTo(shifted);
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void without_scripts_the_page_is_looked_at_again() {
        try (BrowserContext context =
                chromium.browser().newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = context.newPage();
            page.navigate(address());
            assertThat(page.locator("#prog").textContent()).startsWith("1 of 3 accounts");
            meter.accounts.add(1);
            page.getByText("Look again").click();
            assertThat(page.locator("#prog").textContent()).startsWith("2 of 3 accounts");
        }
    }

    @Test
    void a_server_that_is_gone_is_not_taken_for_a_run_that_stands_still() {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = page(context, new ArrayList<>());
            page.navigate(address());
            door.close();
            page.waitForCondition(() -> {
                page.clock().runFor(1_000);
                return page.locator("#prog").textContent().startsWith("The server does not answer");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void an_idle_page_shows_a_run_that_begins_without_anybody_and_the_place_of_nothing_changes(int width) {
        Site.Work begun = work;
        work = new Site.Work(null, null, false, demo.now().plus(Duration.ofHours(6)), null);
        try (BrowserContext context =
                chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(width, 900))) {
            List<String> complaints = new ArrayList<>();
            Page page = page(context, complaints);
            page.navigate(address());
            Shown.isInReach(page, address());
            Object top = below(page);
            page.getByText("Read now").focus();
            page.evaluate("window.shown = document.querySelector('[data-part=runs]')");
            page.clock().runFor(10_000);

            work = begun;
            page.waitForCondition(() -> {
                page.clock().runFor(5_000);
                return page.locator("#prog").count() == 1;
            });
            assertThat(page.locator("#prog").textContent()).startsWith("1 of 3 accounts, 51 of 204 users");
            assertThat(below(page)).isEqualTo(top);
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Look again");
            assertThat(page.evaluate("window.shown === document.querySelector('[data-part=runs]')"))
                    .isEqualTo(true);
            Shown.isInReach(page, address());
            meter.accounts.add(1);
            page.waitForCondition(() -> {
                page.clock().runFor(1_000);
                return page.locator("#prog").textContent().startsWith("2 of 3 accounts");
            });
            assertThat(((Number) page.evaluate("window.shifts")).doubleValue()).isZero();
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void a_run_that_another_process_made_comes_into_the_list_by_itself() throws Exception {
        work = new Site.Work(null, null, false, null, null);
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = page(context, new ArrayList<>());
            page.navigate(address());
            Instant now = demo.now();
            demo.catalog()
                    .put(new SeenRun(
                            "elsewhere",
                            "run",
                            now,
                            now.plusSeconds(1),
                            true,
                            3,
                            4_711,
                            0,
                            "",
                            0,
                            Map.of(),
                            "made by another worker"));
            page.waitForCondition(() -> {
                page.clock().runFor(5_000);
                return page.getByText("made by another worker").count() == 1;
            });
        }
    }

    @Test
    void nobody_asks_for_a_page_that_nobody_sees_nor_again_and_again_for_what_is_theirs_no_more() {
        work = new Site.Work(null, null, false, null, null);
        try (BrowserContext context = chromium.browser().newContext()) {
            List<String> asked = new ArrayList<>();
            Page page = page(context, new ArrayList<>());
            page.navigate(address());
            page.route("**/runs/work", route -> {
                asked.add(route.request().url());
                route.fulfill(new Route.FulfillOptions().setStatus(403));
            });
            page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})");
            page.clock().runFor(60_000);
            assertThat(asked).isEmpty();
            page.evaluate("Object.defineProperty(document, 'hidden', {value: false})");
            page.waitForCondition(() -> {
                page.clock().runFor(5_000);
                return !asked.isEmpty();
            });
            page.clock().runFor(120_000);
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void scripts_run_on_that_page_alone() {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            assertThat(page.navigate(address()).headerValue("content-security-policy"))
                    .contains("script-src 'self'; connect-src 'self'");
            assertThat(page.navigate(address().replace("/runs", "/health")).headerValue("content-security-policy"))
                    .contains("script-src 'none'");
            assertThat(page.locator("script").count()).isZero();
        }
    }
}
