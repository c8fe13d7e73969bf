package io.keyturn.adapters.aws.notify;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The subject of a mail that SNS sends: ASCII that begins with no space, without line breaks and control characters,
 * shorter than 100 characters. Source: SNS API reference, {@code Publish}.
 */
final class Subject {
    private static final int MOST = 99;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Cntrl}]+");

    private Subject() {}

    static String of(String headline) {
        String plain = MARKS.matcher(Normalizer.normalize(headline, Normalizer.Form.NFKD))
                .replaceAll("");
        StringBuilder ascii = new StringBuilder(plain.length());
        SPACES.matcher(plain).replaceAll(" ").codePoints().forEach(c -> ascii.append(ascii(c)));
        String line = ascii.toString().strip();
        return line.isEmpty() ? "Keyturn" : line.length() <= MOST ? line : line.substring(0, MOST - 3) + "...";
    }

    private static String ascii(int c) {
        return switch (c) {
            case '·', '–', '—' -> "-";
            default -> c >= ' ' && c < 0x7f ? Character.toString(c) : "?";
        };
    }
}
