package io.keyturn.adapters.slack;

import io.keyturn.engine.message.Readable;

/** What characters do in Slack beside being seen. */
final class Characters {
    private Characters() {}

    /** Whether Slack could read the colon at {@code at} as the first of {@code :name:}, which a time of day is not. */
    static boolean emojiFrom(String text, int at) {
        boolean letter = at == 0 || !Character.isDigit(text.charAt(at - 1));
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return letter && i > at + 1;
            }
            if (!Character.isLetterOrDigit(c) && "_+'-".indexOf(c) < 0) {
                return false;
            }
            letter |= !(c >= '0' && c <= '9');
        }
        return false;
    }

    /** Text for an object of the type {@code plain_text}, which reads no markup; what does not fit is cut with an ellipsis. */
    static String plain(String text, int most) {
        String line = Readable.line(text);
        return line.isBlank() ? "–" : Readable.cut(line, most);
    }
}
