package io.keyturn.core.policy;

/** Tells names that look like a mail address. */
public final class MailAddress {
    private MailAddress() {}

    /** Whether {@code text} has one {@code @} with something before it and a dotted domain after it. */
    public static boolean looksLike(String text) {
        int at = text.indexOf('@');
        if (at < 1 || at != text.lastIndexOf('@')) {
            return false;
        }
        int dot = text.indexOf('.', at + 2);
        return dot > 0 && !text.endsWith(".") && clean(text);
    }

    private static boolean clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || c == ',' || c == '<' || c == '>') {
                return false;
            }
        }
        return true;
    }
}
