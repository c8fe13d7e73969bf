package io.keyturn.app.render;

import io.keyturn.engine.message.Harmless;

/** Text of others made harmless for a terminal: what would move the cursor or turn the writing round is made visible. */
public final class Safe {
    private Safe() {}

    /** The same text with control and formatting characters written as {@code \}{@code u001b}. */
    public static String text(String hostile) {
        return Harmless.line(hostile);
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
}
