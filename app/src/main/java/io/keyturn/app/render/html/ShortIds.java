package io.keyturn.app.render.html;

import java.util.regex.Pattern;

/** Sentences about keys for people who look at pages: there a key is known by its last four characters, never by all. */
public final class ShortIds {
    private static final Pattern WHOLE = Pattern.compile("\\bA[KS]IA[A-Z0-9]{8,}([A-Z0-9]{4})\\b");

    private ShortIds() {}

    /** The sentence with every whole key ID cut to its end. */
    public static String of(String sentence) {
        return WHOLE.matcher(sentence).replaceAll("$1");
    }
}
