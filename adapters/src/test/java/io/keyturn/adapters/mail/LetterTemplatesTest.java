package io.keyturn.adapters.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.message.Golden;
import io.keyturn.adapters.message.Samples;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LetterTemplatesTest {
    private static final LetterTemplates TEMPLATES = new LetterTemplates();

    @Test
    void twoKeysReadAsTheyWereLookedAt() throws Exception {
        Golden.same(LetterTemplatesTest.class, "two.html", TEMPLATES.html(Samples.two()));
        Golden.same(LetterTemplatesTest.class, "two.txt", TEMPLATES.text(Samples.two()));
    }

    @Test
    void aMessageWithTheLeastHasNoEmptyPlaces() throws Exception {
        Golden.same(LetterTemplatesTest.class, "bare.html", TEMPLATES.html(Samples.bare()));
        Golden.same(LetterTemplatesTest.class, "bare.txt", TEMPLATES.text(Samples.bare()));
    }

    @Test
    void hostileTextReadsAsTheCharactersItIs() throws Exception {
        Golden.same(LetterTemplatesTest.class, "hostile.html", TEMPLATES.html(Samples.hostile()));
        Golden.same(LetterTemplatesTest.class, "hostile.txt", TEMPLATES.text(Samples.hostile()));
    }

    @Test
    void hostileTextMakesNoElementAndNoLine() {
        String html = TEMPLATES.html(Samples.hostile());

        assertThat(html)
                .doesNotContain("<script", "<img", "onerror=alert(1)>", "<!channel>", "\u202e", "\u0000", "\r")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "{{ 7*7 }}");
        assertThat(elements(html)).isEqualTo(elements(TEMPLATES.html(Samples.everywhere("x"))));
        assertThat(TEMPLATES.text(Samples.hostile()).lines().count())
                .isEqualTo(TEMPLATES.text(Samples.everywhere("x")).lines().count());
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        assertThat(TEMPLATES.html(Samples.two())).doesNotContain("src=", "url(", "@import", "<link", "<script", "<img");
    }

    @Test
    void hundredsOfEmojiStayWhole() {
        assertThat(TEMPLATES.html(Samples.everywhere(Samples.EMOJI))).contains(Samples.EMOJI);
        assertThat(TEMPLATES.text(Samples.everywhere(Samples.EMOJI))).contains(Samples.EMOJI);
    }

    private static long elements(String html) {
        return Pattern.compile("<[a-z]").matcher(html).results().count();
    }
}
