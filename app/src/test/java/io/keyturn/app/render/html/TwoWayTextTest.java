package io.keyturn.app.render.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.StringLoader;
import java.io.StringWriter;
import java.text.Bidi;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and reasons in Hebrew and Arabic, within sentences in English. */
class TwoWayTextTest {
    private static final PebbleEngine ENGINE =
            TwoWayText.in(new PebbleEngine.Builder()).loader(new StringLoader()).build();

    private static String written(String template, String value) {
        StringWriter out = new StringWriter();
        try {
            ENGINE.getTemplate(template).evaluate(out, Map.of("v", value));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ann                                      | ann
        דני                                      | <bdi>דני</bdi>
        snoozed by דני: שבוע, to 2026-12-04      | snoozed by <bdi>דני: שבוע</bdi>, to 2026-12-04
        by دانا (فريق الأمن), 12 days            | by <bdi>دانا (فريق الأمن)</bdi>, 12 days
        (דני)                                    | (<bdi>דני</bdi>)
        דני [ב)                                  | <bdi>דני [ב</bdi>)
        דני 7 ב of ops                           | <bdi>דני 7 ב</bdi> of ops
        דני-dev and רות-dev                      | <bdi>דני</bdi>-dev and <bdi>רות</bdi>-dev
        12 ٣ 4                                   | 12 ٣ 4
        𞤀𞤁 a                                     | <bdi>𞤀𞤁</bdi> a
        """)
    void whatIsWrittenFromRightToLeftIsSetApart(String text, String html) {
        assertThat(written("{{ v }}", text)).isEqualTo(html);
    }

    @Test
    void whatFollowsStaysWhereItIsWritten() {
        // As it would be drawn without: the year belongs to the writing before it.
        String plain = "until דני, 2026";
        assertThat(new Bidi(plain, Bidi.DIRECTION_LEFT_TO_RIGHT).getLevelAt(plain.indexOf("2026")))
                .isNotZero();
        String apart = written("{{ v }}", plain).replaceAll("<bdi>.*?</bdi>", "\uFFFC");
        assertThat(new Bidi(apart, Bidi.DIRECTION_LEFT_TO_RIGHT).isLeftToRight())
                .isTrue();
    }

    @Test
    void itIsEscapedAsEverWithinAndWithout() {
        assertThat(written("{{ v }}", "<b>&\"'דני<i>")).isEqualTo("&lt;b&gt;&amp;&quot;&#39;<bdi>דני</bdi>&lt;i&gt;");
        assertThat(written("<i title=\"{{ v | escape('html') }}\">", "דני\"<"))
                .isEqualTo("<i title=\"דני&quot;&lt;\">");
    }
}
