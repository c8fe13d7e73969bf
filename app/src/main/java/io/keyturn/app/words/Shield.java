package io.keyturn.app.words;

import java.util.ArrayList;
import java.util.List;

/**
 * Carries a value through template and Markdown as what no markup is made of, and gives it back unchanged. So a tag of an
 * attacker's making can neither make a word bold nor end a line nor start a link.
 */
final class Shield {
    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';
    private static final char BYTE = '\uE010';
    private static final int BYTES = 2;
    private static final char PLACE = '\uE002';
    private static final char FIRST = '\uE200';
    private static final int MOST = 4_096;

    private Shield() {}

    /** The value in characters of a private area, two for each of its own. */
    static String over(String value) {
        char[] hidden = new char[value.length() * BYTES + 2];
        int at = 0;
        hidden[at++] = OPEN;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            hidden[at++] = (char) (BYTE + (c >> 8));
            hidden[at++] = (char) (BYTE + (c & 0xff));
        }
        hidden[at] = CLOSE;
        return new String(hidden);
    }

    /** The last character of the value that begins there; the same place where none does. */
    static int end(String text, int at) {
        if (text.charAt(at) != OPEN) {
            return at;
        }
        int close = text.indexOf(CLOSE, at);
        return close < 0 ? text.length() - 1 : close;
    }

    /** A text with the places of its values, the same for all messages of a template, and the values in their order. */
    record Parted(String places, List<String> values) {
        /** A part of the text with the values back in it. */
        String whole(String part) {
            return off(part, values);
        }
    }

    /** Takes the values out of a text. */
    static Parted part(String text) {
        if (text.indexOf(OPEN) < 0) {
            return new Parted(text, List.of());
        }
        StringBuilder places = new StringBuilder(text.length());
        List<String> values = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == OPEN && values.size() < MOST) {
                places.append(PLACE).append((char) (FIRST + values.size()));
                values.add(value(text, at));
                at = end(text, at) + 1;
            } else {
                places.append(c);
                at++;
            }
        }
        return new Parted(places.toString(), values);
    }

    /** The text with the values back in it. */
    static String off(String text) {
        return off(text, List.of());
    }

    private static String off(String text, List<String> values) {
        if (text.indexOf(OPEN) < 0 && text.indexOf(PLACE) < 0) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == OPEN) {
                shown.append(value(text, at));
                at = end(text, at) + 1;
            } else if (isPlace(text, at, values)) {
                shown.append(values.get(text.charAt(at + 1) - FIRST));
                at += 2;
            } else {
                shown.append(c);
                at++;
            }
        }
        return shown.toString();
    }

    private static boolean isPlace(String text, int at, List<String> values) {
        return text.charAt(at) == PLACE
                && at + 1 < text.length()
                && text.charAt(at + 1) >= FIRST
                && text.charAt(at + 1) - FIRST < values.size();
    }

    /** The value that begins there. */
    private static String value(String text, int open) {
        int last = end(text, open);
        char[] value = new char[(last - open) / BYTES];
        for (int i = 0, at = open + 1; i < value.length; i++, at += BYTES) {
            value[i] = (char) ((text.charAt(at) - BYTE & 0xff) << 8 | text.charAt(at + 1) - BYTE & 0xff);
        }
        return new String(value);
    }
}
