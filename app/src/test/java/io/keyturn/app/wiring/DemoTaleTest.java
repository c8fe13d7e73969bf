package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.demo.DemoTale;
import io.keyturn.app.demo.DemoTale.Chapter;
import io.keyturn.app.demo.DemoTale.Line;
import io.keyturn.app.demo.DemoTale.What;
import io.keyturn.app.render.Screen;
import io.keyturn.app.render.TaleText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the demo tells of its days is what the engine did in them. */
class DemoTaleTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T08:00:00Z"));
    private static DemoTale tale;

    @BeforeAll
    static void live() throws Exception {
        tale = Demo.tale(Demo.settings(Path.of("keyturn.db"), CLOCK), CLOCK);
    }

    private static List<String> words(int chapter, What what) {
        return tale.chapters().get(chapter).lines().stream()
                .filter(line -> line.what() == what)
                .map(Line::words)
                .toList();
    }

    @Test
    void whoever_installs_the_new_key_loses_the_old_one_when_it_was_told_and_gets_it_back_once() {
        assertThat(words(0, What.DEACTIVATED))
                .containsExactly("the old key is deactivated", "the old key works again", "the old key is deactivated");
        assertThat(words(0, What.DELETED)).containsExactly("the old key is deleted, after its cool-down");
        Chapter chapter = tale.chapters().getFirst();
        for (What what : List.of(What.DEACTIVATED, What.DELETED)) {
            Line end = chapter.lines().stream()
                    .filter(line -> line.what() == what)
                    .reduce((first, second) -> second)
                    .orElseThrow();
            assertThat(words(0, What.TOLD)).anyMatch(told -> told.endsWith(" on " + end.day()));
        }
    }

    @Test
    void whoever_ignores_everything_keeps_a_working_key() {
        assertThat(words(1, What.DEACTIVATED)).isEmpty();
        assertThat(words(1, What.END).getFirst()).startsWith("both keys still work");
    }

    @Test
    void a_crash_is_healed_and_the_rotation_made_anew() {
        assertThat(words(2, What.FAULT)).hasSize(1);
        assertThat(words(2, What.ROTATED))
                .hasSize(2)
                .last()
                .asString()
                .contains("is made, delivered, read back and tried");
        assertThat(words(2, What.DELETED)).hasSize(2);
        assertThat(words(2, What.PERSON)).hasSize(1);
    }

    @Test
    void a_narrow_screen_without_unicode_shows_the_same() {
        StringWriter text = new StringWriter();
        new TaleText(new PrintWriter(text), new Screen(60, false, false, false, ZoneOffset.UTC)).print(tale);

        assertThat(text.toString().lines()).allMatch(line -> line.length() <= 60);
        assertThat(text.toString()).isASCII().contains("2026-11-23  o the owner is told: a new key will be made on");
    }
}
