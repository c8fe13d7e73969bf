package io.keyturn.proof.look;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try (Chromium chromium = Chromium.launch()) {
            for (Path mail : mails()) {
                try (Shown shown =
                        Shown.on(chromium.browser(), width, scheme, mail.toUri().toString())) {
                    shown.fits().standsAlone();
                    assertThat(shown.page().evaluate("getComputedStyle(document.body).backgroundColor"))
                            .isEqualTo(scheme == ColorScheme.DARK ? "rgb(20, 24, 28)" : "rgb(252, 252, 250)");
                    if (examined || Shown.DEEP) {
                        shown.isInReach();
                    }
                }
            }
        }
    }
}
