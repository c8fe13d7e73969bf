package io.keyturn.proof.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;

/** Something shown on a screen, and what is asked of everything that is. */
final class Shown implements AutoCloseable {
    /** {@code ./check --deep} sets this, for the rules of accessibility on every screen; each takes them seconds. */
    static final boolean DEEP = Boolean.getBoolean("keyturn.deep");

    private static final int HEIGHT = 900;

    private final BrowserContext context;
    private final Page page;
    private final String address;
    private final int width;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    private Shown(BrowserContext context, String address, int width) {
        this.context = context;
        this.page = context.newPage();
        this.address = address;
        this.width = width;
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(address);
    }

    /** @param width in pixels */
    static Browser.NewContextOptions screen(int width, ColorScheme scheme) {
        return new Browser.NewContextOptions().setViewportSize(width, HEIGHT).setColorScheme(scheme);
    }

    static Shown on(Browser browser, int width, ColorScheme scheme, String address) {
        return new Shown(browser.newContext(screen(width, scheme)), address, width);
    }

    Page page() {
        return page;
    }

    /** Nothing of it is wider than the screen. */
    Shown fits() {
        fits(page, width, address);
        return this;
    }

    /** It fetched nothing but itself. */
    Shown standsAlone() {
        assertThat(requests).containsExactly(address);
        return this;
    }

    /** Nothing in it is out of reach for anybody, by axe's rules. */
    Shown isInReach() {
        isInReach(page, address);
        return this;
    }

    /** What the browser and its scripts complained of. */
    List<String> complaints() {
        return complaints;
    }

    static void fits(Page page, int width, String what) {
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as("%s at %d", what, width)
                .isEqualTo(width);
    }

    static void isInReach(Page page, String what) {
        // A path to each element that breaks no rule takes longer than all the rules, as does the window of its own in
        // which
        // axe puts the results of frames together otherwise; there are none.
        AxeRunOptions violationsAlone = new AxeRunOptions();
        violationsAlone.setResultTypes(List.of("violations"));
        assertThat(page.frames()).hasSize(1);
        assertThat(new AxeBuilder(page)
                        .options(violationsAlone)
                        .setLegacyMode(true)
                        .analyze()
                        .getViolations())
                .as(what)
                .extracting(
                        rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
                .isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
