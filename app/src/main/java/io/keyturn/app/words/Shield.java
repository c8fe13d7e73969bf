package io.keyturn.app.words;

/**
 * Carries a value through template and Markdown as what no markup is made of, and gives it back unchanged. So a tag of an
 * attacker's making can neither make a word bold nor end a line nor start a link.
 */
final class Shield {
    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';
    private static final char DIGIT = '\uE010';
    private static final int DIGITS = 4;

    private Shield() {}

    /** The value in characters of a private area, four for each of its own. */
    static String over(String value) {
        StringBuilder hidden = new StringBuilder(value.length() * DIGITS + 2).append(OPEN);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            for (int shift = 12; shift >= 0; shift -= DIGITS) {
                hidden.append((char) (DIGIT + (c >> shift & 0xf)));
            }
        }
        return hidden.append(CLOSE).toString();
    }

    /** The text with the values back in it. */
    static String off(String text) {
        if (text.indexOf(OPEN) < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == OPEN) {
                at = value(text, at + 1, shown);
            } else {
                shown.append(c);
                at++;
            }
        }
        return shown.toString();
    }

    private static int value(String text, int from, StringBuilder shown) {
        int at = from;
        while (at + DIGITS <= text.length() && text.charAt(at) != CLOSE) {
            int c = 0;
            for (int i = 0; i < DIGITS; i++) {
                c = c << DIGITS | (text.charAt(at + i) - DIGIT & 0xf);
            }
            shown.append((char) c);
            at += DIGITS;
        }
        return Math.min(at + 1, text.length());
    }
}
