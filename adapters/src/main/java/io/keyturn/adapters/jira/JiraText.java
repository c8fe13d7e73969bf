package io.keyturn.adapters.jira;

import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Readable;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What any text must be before Jira takes it, whatever it is written in. */
final class JiraText {
    /** Characters a summary may have: Jira refuses one that is longer. */
    static final int SUMMARY = 255;

    /** Characters a description or a comment may have, as Jira is delivered; its administrator may allow more. */
    static final int BODY = 32_767;

    /** Characters a label may have. */
    static final int LABEL = 255;

    /** Characters of one run of text, beyond which no name, tag or command goes that is meant to be read. */
    private static final int RUN = 2_000;

    /**
     * What no line of text needs: controls and line ends; marks that turn the direction of what follows, by which a name
     * reads as another one; halves of characters, which are refused.
     */
    private static final Pattern NOT_TEXT = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\p{Cs}\\p{Cn}]");

    private static final Pattern TURNING = Pattern.compile("[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    private JiraText() {}

    /** The text in one line, with nothing in it that is not seen. */
    static String clean(String text) {
        String shown = TURNING.matcher(text).replaceAll("\ufffd");
        return Readable.cut(NOT_TEXT.matcher(shown).replaceAll(" "), RUN);
    }

    /** The text as a summary: one line, without space around it, never empty. */
    static String summary(String text) {
        String line = Normalizer.normalize(clean(text).strip().replaceAll(" {2,}", " "), Normalizer.Form.NFC);
        return line.isEmpty() ? "Keyturn" : Readable.cut(line, SUMMARY);
    }

    /** Whether Jira takes it for a label. */
    static boolean isLabel(String text) {
        return !text.isEmpty()
                && text.length() <= LABEL
                && text.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    /** What can be opened, in one line. */
    static Text links(List<Item.Button> links) {
        List<Span> spans = new ArrayList<>();
        for (Item.Button link : links) {
            if (!spans.isEmpty()) {
                spans.add(new Span.Plain(" · "));
            }
            spans.add(new Span.Link(link.label(), link.target()));
        }
        return new Text(spans);
    }

    /** Whether it opens in a browser and does nothing else. */
    static boolean isWeb(URI target) {
        return target.getHost() != null && List.of("https", "http").contains(target.getScheme());
    }
}
