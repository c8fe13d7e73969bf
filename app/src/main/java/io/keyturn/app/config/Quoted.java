package io.keyturn.app.config;

import java.util.regex.Pattern;

/** Texts of others, written so that they stay texts: in YAML and in the conditions within it. */
final class Quoted {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final Pattern WORD = Pattern.compile("true|false|null", Pattern.CASE_INSENSITIVE);

    private Quoted() {}

    /** As YAML: without quotes where nothing could be misread. */
    static String yaml(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
        return plain ? text : literal(text);
    }

    /** Between double quotes, with the escapes that YAML and CEL have in common. */
    static String literal(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c >= ' ' && c < 0x7f || Character.isLetterOrDigit(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return out.append('"').toString();
    }

    /** A condition between single quotes, in which nothing is an escape. */
    static String condition(String source) {
        return "'" + source.replace("'", "''") + "'";
    }

    /** For a comment: what would end the line or hide its text is left out. */
    static String comment(String text) {
        return text.replaceAll("[^\\p{L}\\p{N} ._@+/-]", "?");
    }
}
