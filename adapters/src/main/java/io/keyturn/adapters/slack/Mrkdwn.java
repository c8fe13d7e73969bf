package io.keyturn.adapters.slack;

import io.keyturn.engine.message.Phrase;
import io.keyturn.engine.message.Phrases;
import io.keyturn.engine.message.Readable;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.util.function.Consumer;

/**
 * Writes Slack's markup, mrkdwn. Only {@code & < >} can be escaped there, which takes the power from every mention and
 * link of others; what would format, {@code * _ ~ `} and {@code :emoji:}, has no escape and is replaced by a character that
 * looks the same. Inside code nothing but a backtick needs that, so that a command can be copied.
 */
final class Mrkdwn {
    /** Room for the note that something was left out. */
    private static final int NOTE = 40;

    /** Digits that a number may grow by. */
    private static final int SLACK = 4;

    /** {@code <|>} and one character. */
    private static final int LINK_MARKS = 4;

    /** An edge, the marks and one character. */
    private static final int SPAN_MARKS = 4;

    /** Makes a mark that touches a letter work: Slack takes marks at the edges of words alone. */
    private static final String EDGE = "\u200b";

    private final StringBuilder out = new StringBuilder();
    private final int most;
    private int leftOut;
    private boolean marked;

    private Mrkdwn(int most) {
        this.most = most;
    }

    /**
     * What {@code writing} writes, in at most {@code most} UTF-16 units; where that is not all, it ends with how many
     * characters are left out. Slack takes no blank text: a dash stands for it.
     */
    static String within(int most, Phrases phrases, Consumer<Mrkdwn> writing) {
        Mrkdwn whole = new Mrkdwn(most);
        writing.accept(whole);
        if (whole.leftOut == 0) {
            return whole.isBlank() ? "–" : whole.out.toString();
        }
        // The note takes room from the text, so that more of it is left out, which may be a longer number.
        Mrkdwn cut = new Mrkdwn(
                most - Math.max(NOTE, note(phrases, whole.leftOut, most).length() + SLACK));
        writing.accept(cut);
        return cut.out.append(note(phrases, cut.leftOut, most)).toString();
    }

    private static String note(Phrases phrases, int leftOut, int most) {
        Mrkdwn note = new Mrkdwn(most / 2);
        note.plain(" … (" + phrases.counted(Phrase.CUT, leftOut) + ")");
        return note.out.toString();
    }

    /** Text of others in the style of each of its spans. */
    Mrkdwn text(Text text) {
        for (Span span : text.spans()) {
            switch (span) {
                case Span.Plain(String plain) -> plain(plain);
                case Span.Strong(String strong) -> strong(strong);
                case Span.Code(String code) -> code(code);
                case Span.Link(String label, var target) -> link(label, target.toString());
            }
        }
        return this;
    }

    Mrkdwn plain(String text) {
        String harmless = Readable.line(text);
        if (harmless.isEmpty()) {
            return this;
        }
        if (marked && Character.isLetterOrDigit(harmless.codePointAt(0))) {
            markup(EDGE);
        }
        marked = false;
        literal(harmless, most);
        return this;
    }

    Mrkdwn strong(String text) {
        String harmless = Readable.line(text);
        String inner = harmless.strip();
        if (inner.isEmpty()) {
            return plain(harmless);
        }
        // A mark beside a space is no mark.
        literal(harmless.substring(0, harmless.indexOf(inner)), most);
        marked(inner, "*", () -> literal(inner, most - 1));
        plain(harmless.substring(harmless.indexOf(inner) + inner.length()));
        return this;
    }

    Mrkdwn code(String text) {
        String inner = Readable.line(text).replace('`', 'ˋ').replace('｀', 'ˋ');
        if (!inner.isBlank()) {
            marked(inner, "`", () -> inner.codePoints().forEach(c -> encoded(c, most - 1)));
        }
        return this;
    }

    private void link(String label, String target) {
        String address = target.replace("&", "&amp;")
                .replace("<", "%3C")
                .replace(">", "%3E")
                .replace("|", "%7C");
        String seen = Readable.line(label.isBlank() ? target : label).replace('|', '¦');
        marked = false;
        if (full(address.length() + LINK_MARKS)) {
            leaveOut(seen);
            return;
        }
        between("<" + address + "|", ">", () -> literal(seen, most - 1));
    }

    /** A new line. */
    Mrkdwn line() {
        markup("\n");
        marked = false;
        return this;
    }

    private void marked(String inner, String mark, Runnable content) {
        if (full(SPAN_MARKS)) {
            leaveOut(inner);
            return;
        }
        boolean touches = !out.isEmpty() && (marked || Character.isLetterOrDigit(out.codePointBefore(out.length())));
        between((touches ? EDGE : "") + mark, mark, content);
        marked = true;
    }

    /** Marks around nothing, where nothing had room, would be seen as they are. */
    private void between(String before, String after, Runnable content) {
        int start = out.length();
        out.append(before);
        content.run();
        if (out.length() == start + before.length()) {
            out.setLength(start);
        } else {
            out.append(after);
        }
    }

    private void markup(String one) {
        if (!full(1)) {
            out.append(one);
        }
    }

    private boolean isBlank() {
        return out.chars().allMatch(Character::isWhitespace);
    }

    private boolean full(int needed) {
        return leftOut > 0 || out.length() + needed > most;
    }

    private void leaveOut(String text) {
        leftOut += text.codePointCount(0, text.length());
    }

    /** Characters that are to be seen as they are. */
    private void literal(String text, int end) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            encoded(seen(text, i, c), end);
            i += Character.charCount(c);
        }
    }

    /** The character that is shown for {@code c}: itself where it has no power. */
    private int seen(String text, int at, int c) {
        return switch (c) {
            case '*' -> '∗';
            case '＊' -> '﹡';
            case '~' -> '∼';
            case '`', '｀' -> 'ˋ';
            case '_', '＿' -> insideWord(text, at) ? c : 'ˍ';
            case ':' -> Characters.emojiFrom(text, at) ? '∶' : c;
            case '>', '＞' -> out.isEmpty() || out.charAt(out.length() - 1) == '\n' ? '›' : c;
            default -> c;
        };
    }

    /** An underscore inside a word formats nothing, and names are full of them. */
    private static boolean insideWord(String text, int at) {
        return at > 0
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at - 1))
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    private void encoded(int c, int end) {
        String entity = switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> "";
        };
        int units = entity.isEmpty() ? Character.charCount(c) : entity.length();
        // Once something is left out all that follows is: no piece of a later text may stand alone.
        if (leftOut > 0 || out.length() + units > end) {
            leftOut++;
        } else if (entity.isEmpty()) {
            out.appendCodePoint(c);
        } else {
            out.append(entity);
        }
    }
}
