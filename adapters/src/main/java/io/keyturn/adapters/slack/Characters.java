package io.keyturn.adapters.slack;

/** What characters do in Slack beside being seen. */
final class Characters {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;
    private static final int REPLACEMENT = 0xfffd;

    private Characters() {}

    /**
     * The same on one line: controls become spaces; what hides or turns the writing round is shown as {@code �}. Joiners
     * stay, for emoji and scripts need them.
     */
    static String harmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().map(Characters::shown).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static int shown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER ? c : REPLACEMENT;
            case Character.SURROGATE -> REPLACEMENT;
            default -> c;
        };
    }

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
        String harmless = harmless(text);
        if (harmless.length() <= most) {
            return harmless.isBlank() ? "–" : harmless;
        }
        int end = most - 1;
        if (Character.isHighSurrogate(harmless.charAt(end - 1))) {
            end--;
        }
        return harmless.substring(0, end) + "…";
    }
}
