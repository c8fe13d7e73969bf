package io.keyturn.adapters.aws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits comma-separated text into records as RFC 4180 says, one at a time; empty lines are none. */
final class Csv {
    private final String text;
    private int at;
    private boolean cutOff;

    Csv(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Whether the text ended within a quoted field. */
    boolean cutOff() {
        return cutOff;
    }

    /** The fields of the next record, or null at the end. */
    @Nullable
    List<String> next() {
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
        }
        if (at >= text.length()) {
            return null;
        }
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            fields.add(field());
        }
        return fields;
    }

    private String field() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length() && !endsField(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                field.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else {
                return skipToEnd(field);
            }
        }
        cutOff = true;
        return field.toString();
    }

    private String skipToEnd(StringBuilder field) {
        while (at < text.length() && !endsField(text.charAt(at))) {
            field.append(text.charAt(at++));
        }
        return field.toString();
    }

    private static boolean endsField(char c) {
        return c == ',' || c == '\n' || c == '\r';
    }
}
