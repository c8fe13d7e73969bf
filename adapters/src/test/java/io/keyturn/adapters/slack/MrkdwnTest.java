package io.keyturn.adapters.slack;

import static io.keyturn.adapters.slack.Messages.paragraph;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.message.Spoken;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import org.junit.jupiter.api.Test;

class MrkdwnTest {
    private static String written(Span... spans) {
        return Mrkdwn.within(3000, Spoken.PHRASES, m -> m.text(paragraph(spans)));
    }

    private static String plain(String text) {
        return written(new Span.Plain(text));
    }

    @Test
    void stylesAreSlacksOwn() {
        assertThat(written(
                        new Span.Strong("b.khan"),
                        new Span.Plain(" has "),
                        new Span.Code("XBL7"),
                        new Span.Plain(", "),
                        new Span.Link("its story", URI.create("https://keys.example.com/k?a=1&b=2"))))
                .isEqualTo("*b.khan* has `XBL7`, <https://keys.example.com/k?a=1&amp;b=2|its story>");
    }

    @Test
    void nobodyIsMentionedByTextOfOthers() {
        assertThat(plain("<!channel> <@U0MALLORY1> <!subteam^S1> @here"))
                .isEqualTo("&lt;!channel&gt; &lt;@U0MALLORY1&gt; &lt;!subteam^S1&gt; @here");
        assertThat(written(new Span.Code("<!channel>"))).isEqualTo("`&lt;!channel&gt;`");
        assertThat(written(new Span.Link("<!here>|", URI.create("https://e.example/%3E"))))
                .isEqualTo("<https://e.example/%3E|&lt;!here&gt;¦>");
        assertThat(plain("&lt;!channel&gt;")).isEqualTo("&amp;lt;!channel&amp;gt;");
    }

    @Test
    void textOfOthersFormatsNothing() {
        assertThat(plain("*b* _i_ ~s~ `c` ＊b＊ ＿i＿ ｀c｀")).isEqualTo("∗b∗ ˍiˍ ∼s∼ ˋcˋ ﹡b﹡ ˍiˍ ˋcˋ");
        assertThat(plain("> quoted")).isEqualTo("›" + " quoted");
        assertThat(plain(":bomb: :100: :+1:")).isEqualTo("∶bomb: ∶100: ∶+1:");
    }

    @Test
    void ordinaryNamesAndTimesStayAsTheyAre() {
        assertThat(plain("svc_build_2 at 08:12:30, ratio 3:1, a > b"))
                .isEqualTo("svc_build_2 at 08:12:30, ratio 3:1, a &gt; b");
    }

    @Test
    void aCommandCanBeCopied() {
        assertThat(written(new Span.Code("aws iam tag-user --user-name _a_ --tags Key=*,Value=~x :bomb:")))
                .isEqualTo("`aws iam tag-user --user-name _a_ --tags Key=*,Value=~x :bomb:`");
        assertThat(written(new Span.Code("a`b` && c"))).isEqualTo("`aˋbˋ &amp;&amp; c`");
    }

    @Test
    void marksThatTouchLettersStillWork() {
        assertThat(written(new Span.Plain("un"), new Span.Strong("believ"), new Span.Plain("able")))
                .isEqualTo("un\u200b*believ*\u200bable");
        assertThat(written(new Span.Strong("a"), new Span.Code("b"))).isEqualTo("*a*\u200b`b`");
        assertThat(written(new Span.Strong(" a "), new Span.Plain("b"))).isEqualTo(" *a* b");
        assertThat(written(new Span.Strong(" "), new Span.Code(""), new Span.Plain("b")))
                .isEqualTo(" b");
    }

    @Test
    void linesOfOthersAreNoLinesOfOurs() {
        assertThat(plain("a\r\n> b\u2028c\td")).isEqualTo("a  &gt; b c d");
    }

    @Test
    void whatTurnsTheWritingRoundOrHidesIsSeen() {
        assertThat(plain("\u202egnp.exe a\u200bb \ud83d half")).isEqualTo("\ufffdgnp.exe a\ufffdb \ufffd half");
        assertThat(plain("👩\u200d💻")).isEqualTo("👩\u200d💻");
    }

    @Test
    void whatIsCutSaysHowMuch() {
        String cut = Mrkdwn.within(100, Spoken.PHRASES, m -> m.plain("x".repeat(500)));
        assertThat(cut).hasSizeLessThanOrEqualTo(100).endsWith("x … (440 characters left out)");
        String strong = Mrkdwn.within(
                100, Spoken.PHRASES, m -> m.strong("&".repeat(500)).plain("and after"));
        assertThat(strong).hasSizeLessThanOrEqualTo(100).endsWith("&amp;* … (498 characters left out)");
    }

    @Test
    void aPairOfSurrogatesIsNeverCutInTwo() {
        for (int most = 60; most < 64; most++) {
            String cut = Mrkdwn.within(most, Spoken.PHRASES, m -> m.plain(Messages.EMOJI));
            assertThat(cut.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
        }
        assertThat(Characters.plain(Messages.EMOJI, 150)).hasSize(149).endsWith("🔑…");
    }

    @Test
    void noMarksStandAroundNothing() {
        assertThat(Mrkdwn.within(
                        66, Spoken.PHRASES, m -> m.plain("a".repeat(60)).strong("&&")))
                .isEqualTo("a".repeat(26) + " … (36 characters left out)");
        assertThat(Mrkdwn.within(
                        66,
                        Spoken.PHRASES,
                        m -> m.plain("a".repeat(22)).code("&").plain("b".repeat(50))))
                .isEqualTo("a".repeat(22) + " … (51 characters left out)");
        assertThat(written(new Span.Link(" ", URI.create("https://e.example/"))))
                .isEqualTo("<https://e.example/|https://e.example/>");
    }

    @Test
    void aLinkWhoseAddressHasNoRoomIsCountedAsLeftOut() {
        Text text = paragraph(
                new Span.Plain("see "), new Span.Link("this", URI.create("https://e.example/" + "x".repeat(200))));
        assertThat(Mrkdwn.within(100, Spoken.PHRASES, m -> m.text(text))).isEqualTo("see  … (4 characters left out)");
    }
}
