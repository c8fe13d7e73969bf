package io.keyturn.engine.message;

/** Text of others without what would break a line, move a cursor or turn the writing round: that is made visible. */
public final class Harmless {
    private Harmless() {}

    /** The same text with control and formatting characters written as {@code \}{@code u001b}. */
    public static String line(String hostile) {
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
