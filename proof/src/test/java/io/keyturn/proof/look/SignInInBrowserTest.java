package io.keyturn.proof.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.keyturn.app.web.Door;
import io.keyturn.app.web.OidcAccess;
import io.keyturn.app.web.OidcClient;
import io.keyturn.app.web.OidcProvider;
import io.keyturn.app.web.Role;
import io.keyturn.app.wiring.DemoServing;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.KeyQuery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People who sign in with a browser: over TLS that ends in front of the server, at an independent identity provider. */
@Timeout(120)
class SignInInBrowserTest {
    private static final Map<String, Role> ROLES =
            Map.of("all", Role.VIEWER, "ops", Role.OPERATOR, "sec", Role.APPROVER);

    @TempDir
    static Path folder;

    private static final AtomicReference<Instant> NOW = new AtomicReference<>();
    private static MockOAuth2Server provider;
    private static TlsFront front;
    private static DemoServing demo;
    private static Door door;
    private static Chromium chromium;

    @BeforeAll
    static void open() throws Exception {
        provider = new MockOAuth2Server(new OAuth2Config(true));
        provider.start(InetAddress.getLoopbackAddress(), 0);
        front = new TlsFront();
        demo = DemoServing.open(folder, InstantSource.system(), line -> {});
        demo.begin();
        NOW.set(demo.now());
        URI issuer = provider.issuerUrl("main").uri();
        URI back = URI.create("https://" + front.host() + OidcAccess.BACK);
        OidcClient client = new OidcClient(issuer, "keyturn", "hunter2", "email", "groups", List.of("email"), back);
        door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new OidcAccess(OidcProvider.of(client), ROLES, NOW::get, line -> {}),
                Optional.of(front.host()),
                demo,
                NOW::get,
                line -> {});
        front.to(door.address());
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        front.close();
        door.close();
        demo.close();
        provider.shutdown();
    }

    @BeforeEach
    void now() {
        NOW.set(demo.now());
    }

    private static BrowserContext visitor() {
        Browser.NewContextOptions screen = Shown.screen(1440, ColorScheme.LIGHT);
        // Nobody signed the certificate.
        BrowserContext context = chromium.browser().newContext(screen.setIgnoreHTTPSErrors(true));
        // The provider's own page has its letters from elsewhere.
        context.route(address -> address.contains("fonts"), Route::abort);
        return context;
    }

    private static String at(String path) {
        return "https://" + front.host() + path;
    }

    /** Fills in the provider's form, on its own page. */
    private static void signIn(Page page, String name, String group) {
        assertThat(page.url()).startsWith(provider.issuerUrl("main").toString());
        page.locator("input[name=username]").fill(name);
        page.locator("textarea[name=claims]")
                .fill("{\"email\": \"%s@example.com\", \"groups\": [\"%s\"]}".formatted(name, group));
        page.locator("input[type=submit]").click();
    }

    private static void press(Page page, String exactly) {
        page.getByText(exactly, new Page.GetByTextOptions().setExact(true)).click();
    }

    private static String title(Page page) {
        return page.locator("h1").textContent();
    }

    @Test
    void whoever_opens_a_page_signs_in_and_is_on_that_page_and_signs_out_of_it() {
        try (BrowserContext context = visitor()) {
            List<String> complaints = new ArrayList<>();
            Page page = context.newPage();
            page.navigate(at("/keys?sort=age&desc=1"));
            signIn(page, "ann", "sec");
            page.onConsoleMessage(message -> complaints.add(message.text()));
            assertThat(page.url()).isEqualTo(at("/keys?sort=age&desc=1"));
            assertThat(page.locator(".side .foot").textContent()).contains("ann@example.com, approver");
            assertThat(page.locator("th[aria-sort]").getAttribute("aria-sort")).isEqualTo("descending");
            // Scripts see neither of the two cookies.
            assertThat(page.evaluate("document.cookie")).isEqualTo("");
            assertThat(context.cookies())
                    .filteredOn(cookie -> cookie.name.startsWith("__Host-"))
                    .isNotEmpty()
                    .allMatch(cookie -> cookie.secure && cookie.httpOnly && cookie.path.equals("/"));

            // In a second window too, which both end at once.
            Page second = context.newPage();
            second.navigate(at("/health"));
            assertThat(second.url()).isEqualTo(at("/health"));
            press(page, "Sign out");
            assertThat(title(page)).isEqualTo("You are signed out");
            Shown.isInReach(page, "signed out");
            assertThat(page.getByText("Sign out there too").getAttribute("href"))
                    .isEqualTo(provider.endSessionEndpointUrl("main").toString());
            assertThat(complaints).isEmpty();
            second.getByText("Owners").first().click();
            assertThat(title(second)).isEqualTo("You are not signed in");
            press(page, "Sign in again");
            signIn(page, "ann", "all");
            assertThat(page.url()).isEqualTo(at("/"));
        }
    }

    /** The texts of what a person of that group can press on these pages, where it acts. */
    private static List<String> acts(String group, List<String> paths) {
        try (BrowserContext context = visitor()) {
            Page page = context.newPage();
            List<String> acts = new ArrayList<>();
            page.navigate(at("/"));
            signIn(page, "ann", group);
            for (String path : paths) {
                page.navigate(at(path));
                acts.addAll(page.locator("main form[method=post] button:visible, main a.btn:visible")
                        .allTextContents());
            }
            return acts;
        }
    }

    @Test
    void whoever_may_not_do_something_is_not_offered_it() throws Exception {
        KeyQuery overdue =
                new KeyQuery("backup", Set.of(Standing.EXPIRED), null, null, false, KeyQuery.Order.USER, false, 0, 1);
        String key = "/keys/" + demo.catalog().keys(overdue).keys().getFirst().name();
        List<String> paths = List.of("/runs", key, "/plan");
        assertThat(acts("all", paths)).isEmpty();
        assertThat(acts("ops", paths))
                .contains("Read now", "Freeze…", "Snooze…")
                .doesNotContain("Run now, with what is due", "Thaw…", "Approve…");
        assertThat(acts("sec", paths)).contains("Run now, with what is due");
    }

    @Test
    void whose_sign_in_is_over_hears_what_became_of_what_they_did_and_goes_on_where_they_were() {
        try (BrowserContext context = visitor()) {
            Page page = context.newPage();
            page.navigate(at("/stop"));
            signIn(page, "ann", "ops");
            page.locator("#why").fill("drill");
            NOW.updateAndGet(now -> now.plus(Duration.ofHours(8)));
            page.locator("button.main").click();
            assertThat(title(page)).isEqualTo("You are not signed in");
            assertThat(page.locator("main").textContent())
                    .contains("Nothing was done.", "eight hours", "Sign in, and do it once more.");
            Shown.isInReach(page, "not signed in");
            assertThat(demo.stopped()).isEmpty();
            press(page, "Sign in again");
            signIn(page, "ann", "ops");
            assertThat(page.url()).isEqualTo(at("/stop"));

            // A form that only asks may not lead to another site either, which a browser would refuse without a word.
            page.navigate(at("/keys"));
            NOW.updateAndGet(now -> now.plus(Duration.ofHours(8)));
            page.locator("input[type=search]").fill("build-agent");
            page.locator("input[type=search]").press("Enter");
            press(page, "Sign in again");
            signIn(page, "ann", "ops");
            assertThat(page.url()).startsWith(at("/keys?")).contains("q=build-agent");
        }
    }

    @Test
    void a_page_of_runs_that_stays_open_says_that_nobody_is_signed_in_any_more() {
        try (BrowserContext context = visitor()) {
            Page page = context.newPage();
            page.clock().install();
            page.navigate(at("/runs"));
            signIn(page, "ann", "all");
            // As if a run were under way.
            page.evaluate("document.querySelector('[data-part=work]').insertAdjacentHTML('beforeend',"
                    + " '<p role=status id=prog>1 of 3 accounts</p>')");
            NOW.updateAndGet(now -> now.plus(Duration.ofHours(8)));
            page.waitForCondition(() -> {
                page.clock().runFor(5_000);
                return page.locator("#prog").textContent().startsWith("You are not signed in any more");
            });
        }
    }
}
