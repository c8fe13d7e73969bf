package io.keyturn.app.render;

/** Text of others made harmless for a terminal: what would move the cursor or turn the writing round is made visible. */
public final class Safe {
    private Safe() {}

    /** The same text with control and formatting characters written as {@code \}{@code u001b}. */
    public static String text(String hostile) {
        StringBuilder safe = new StringBuilder(hostile.length());
        hostile.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return safe.toString();
    }

    /** The same for a terminal that shows ASCII only. */
    public static String ascii(String hostile) {
        StringBuilder safe = new StringBuilder(hostile.length());
        hostile.codePoints().forEach(c -> {
            if (c >= ' ' && c < 0x7f) {
                safe.append((char) c);
            } else {
                safe.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return safe.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
