package io.keyturn.engine.message;

/** Text of others as people can read it, before a channel encodes it for its own form. */
public final class Readable {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;
    private static final int REPLACEMENT = 0xfffd;

    private Readable() {}

    /**
     * The same on one line: controls and line ends become spaces; what hides, or turns the writing round, is shown as
     * {@code �}. Joiners stay, for emoji and scripts need them.
     */
    public static String line(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(Readable::shown).forEach(line::appendCodePoint);
        return line.toString();
    }

    /** At most so many characters of UTF-16, the last one an ellipsis where something is left out. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }

    private static int shown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT -> c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER ? c : REPLACEMENT;
            case Character.SURROGATE -> REPLACEMENT;
            default -> c;
        };
    }
}
