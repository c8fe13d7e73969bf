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
import io.keyturn.engine.catalog.SeenPlan;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures of the main pages and of mail that the guides show. Run with {@code -Dkeyturn.pictures=write} to take them
 * anew, of the simulated organization after a week and of the golden files of mail, or with {@code =mail} those of mail
 * alone, and look at what the version control shows.
 */
@Timeout(300)
class PicturesTest {
    private static final String ASKED = System.getProperty("keyturn.pictures", "");
    private static final Path MAILS = Path.of("..", "app", "src", "test", "resources", "messages", "email");
    private static final Path KEPT = Path.of("..", "docs", "pictures");
    private static final long MOST_BYTES = 2_000_000;
    private static final int HEIGHT = 900;

    @TempDir
    Path folder;

    /** A picture; {@code page} is what it shows, below which a part may be named that it begins with. */
    private record Picture(String name, String page, int width, ColorScheme scheme) {
        Path file() {
            return KEPT.resolve(name + ".png");
        }
    }

    private static final List<Picture> PICTURES = List.of(
            new Picture("overview", "/", 1440, ColorScheme.LIGHT),
            new Picture("overview-dark", "/", 1440, ColorScheme.DARK),
            new Picture("overview-phone", "/", 390, ColorScheme.LIGHT),
            new Picture("keys", "/keys", 1440, ColorScheme.LIGHT),
            new Picture("approvals", "/plan", 1440, ColorScheme.LIGHT),
            new Picture("report", "report", 1440, ColorScheme.LIGHT),
            new Picture("report-pictures", "report#age", 1440, ColorScheme.DARK),
            // Last, as what the others show waits for is approved for it.
            new Picture("key", "key", 1440, ColorScheme.LIGHT),
            new Picture("your-keys-phone", "yours", 390, ColorScheme.LIGHT));

    private static final List<Picture> MAIL = List.of(
            new Picture("mail-rotate", "rotate", 680, ColorScheme.LIGHT),
            new Picture("mail-delivered-dark", "delivered", 680, ColorScheme.DARK),
            new Picture("mail-several-phone", "several", 390, ColorScheme.LIGHT),
            new Picture("mail-leaked-phone-dark", "leaked", 390, ColorScheme.DARK));

    private void write() throws Exception {
        Path report = folder.resolve("report.html");
        Files.writeString(report, ReportInBrowserTest.report(folder));
        try (ServedDemo served = ServedDemo.open(folder);
                Chromium chromium = Chromium.launch()) {
            served.demo().pass(8);
            served.demo().passed();
            Files.createDirectories(KEPT);
            for (Picture picture : PICTURES) {
                String address = picture.page().startsWith("report")
                        ? report.toUri() + picture.page().substring("report".length())
                        : served.address() + path(served, picture.page());
                take(chromium.browser(), picture, address);
            }
        }
    }

    /** Mail as it is in the golden files, so that it is that of this version. */
    private static void writeMail() {
        try (Chromium chromium = Chromium.launch()) {
            for (Picture picture : MAIL) {
                Path mail =
                        MAILS.resolve(picture.page() + ".html").toAbsolutePath().normalize();
                take(chromium.browser(), picture, mail.toUri().toString());
            }
        }
    }

    private static String path(ServedDemo served, String page) throws Exception {
        return switch (page) {
            case "yours" -> served.yourKeys(rotating(served.demo()).owner());
            case "key" -> {
                approve(served.demo());
                yield "/keys/" + rotating(served.demo()).name();
            }
            default -> page;
        };
    }

    /** Approves the plan, and lets days go by. */
    private static void approve(DemoServing demo) throws Exception {
        SeenPlan plan = demo.catalog().plan().orElseThrow();
        Instant until = demo.now().plus(Duration.ofDays(3));
        demo.decide(decisions -> decisions.approve(plan.hash(), plan.fingerprint(), "page:n.iyer", "reviewed", until));
        demo.begin(true, null);
        demo.idle();
        demo.pass(3);
        demo.passed();
    }

    private static SeenKey rotating(DemoServing demo) throws Exception {
        KeyQuery rotating =
                new KeyQuery("", Set.of(Standing.ROTATING), null, null, false, KeyQuery.Order.STANDING, false, 0, 1);
        return demo.catalog().keys(rotating).keys().getFirst();
    }

    private static void take(Browser browser, Picture picture, String address) {
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(picture.width(), HEIGHT)
                .setColorScheme(picture.scheme()))) {
            Page page = context.newPage();
            page.navigate(address);
            page.screenshot(new Page.ScreenshotOptions().setPath(picture.file()));
        }
    }

    @Test
    void every_picture_is_of_its_size_and_shown_somewhere_and_together_they_are_small() throws Exception {
        if (ASKED.equals("write")) {
            write();
        }
        if (ASKED.equals("write") || ASKED.equals("mail")) {
            writeMail();
        }
        List<Picture> all = new ArrayList<>(PICTURES);
        all.addAll(MAIL);
        long bytes = 0;
        StringBuilder shown = new StringBuilder(Files.readString(Path.of("..", "README.md")));
        try (var guides = Files.newDirectoryStream(Path.of("..", "docs", "guide"), "*.md")) {
            for (Path guide : guides) {
                shown.append(Files.readString(guide));
            }
        }
        for (Picture picture : all) {
            assertThat(picture.file()).as("run with -Dkeyturn.pictures=write").isRegularFile();
            BufferedImage image = ImageIO.read(picture.file().toFile());
            assertThat(image.getWidth()).as(picture.name()).isEqualTo(picture.width());
            assertThat(image.getHeight()).as(picture.name()).isEqualTo(HEIGHT);
            assertThat(shown).contains("pictures/" + picture.name() + ".png");
            bytes += Files.size(picture.file());
        }
        assertThat(bytes).isLessThan(MOST_BYTES);
        try (var kept = Files.list(KEPT)) {
            assertThat(kept).hasSize(all.size());
        }
    }
}
