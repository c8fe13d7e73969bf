package io.keyturn.proof.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of mail as a reader's program shows it: the golden files, which are what goes out. */
@Timeout(120)
class MailInBrowserTest {
    private static final Path MAILS = Path.of("..", "app", "src", "test", "resources", "messages", "email");

    private static List<Path> mails() throws Exception {
        try (Stream<Path> files = Files.list(MAILS)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .map(file -> file.toAbsolutePath().normalize())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"680,LIGHT,true", "360,DARK,true", "360,LIGHT,false", "680,DARK,false"})
    void every_kind_can_be_read_on_a_phone_and_in_the_dark_and_fetches_nothing(
            int width, ColorScheme scheme, boolean examined) throws Exception {
        assertThat(mails()).hasSizeGreaterThan(10);
        try (Chromium chromium = Chromium.launch();
                BrowserContext context = chromium.browser()
                        .newContext(new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(scheme))) {
            Page page = context.newPage();
            List<String> requests = new ArrayList<>();
            page.onRequest(request -> requests.add(request.url()));
            for (Path mail : mails()) {
                requests.clear();
                page.navigate(mail.toUri().toString());
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as("%s at %d", mail, width)
                        .isEqualTo(width);
                assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                        .isEqualTo(scheme == ColorScheme.DARK ? "rgb(20, 24, 28)" : "rgb(252, 252, 250)");
                if (examined) {
                    assertThat(new AxeBuilder(page).analyze().getViolations())
                            .as(mail.toString())
                            .extracting(rule -> rule.getId() + ": "
                                    + rule.getNodes().getFirst().getHtml())
                            .isEmpty();
                }
                assertThat(requests).singleElement().asString().startsWith("file:");
            }
        }
    }
}
