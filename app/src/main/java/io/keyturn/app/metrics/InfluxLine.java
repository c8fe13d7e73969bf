package io.keyturn.app.metrics;

import io.keyturn.engine.message.Harmless;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of InfluxDB's line protocol: {@code measurement,tag=value field=1 timestamp}. In tags commas, equals signs and
 * spaces are escaped with a backslash; the protocol has no form for a line break, nor for a backslash before one of those or
 * at the end, so these are made visible. A tag without a value is not allowed, and is left out.
 * Source: InfluxData's "Line protocol reference", sections on special characters and on escaping.
 */
public final class InfluxLine {
    private static final String VISIBLE_BACKSLASH = "\\u005c";

    private final StringBuilder line;
    private boolean fields;

    /** @param measurement letters, digits and underscores alone */
    public InfluxLine(String measurement) {
        line = new StringBuilder(160).append(measurement);
    }

    /** Adds a tag; all tags come before the first field. */
    public InfluxLine tag(String name, @Nullable String value) {
        if (fields) {
            throw new IllegalStateException("the tag " + name + " comes after a field");
        }
        if (value != null && !value.isEmpty()) {
            line.append(',').append(name).append('=');
            escape(Harmless.line(value));
        }
        return this;
    }

    /** Adds a number as the protocol's default type, a float; where it is not known, there is no field. */
    public InfluxLine field(String name, @Nullable Number value) {
        return value == null ? this : add(name, value.toString());
    }

    /** Adds a truth value. */
    public InfluxLine field(String name, boolean value) {
        return add(name, Boolean.toString(value));
    }

    private InfluxLine add(String name, String value) {
        line.append(fields ? ',' : ' ').append(name).append('=').append(value);
        fields = true;
        return this;
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isSpecial(c)) {
                line.append('\\').append(c);
            } else if (c == '\\' && (i + 1 == value.length() || isSpecial(value.charAt(i + 1)))) {
                line.append(VISIBLE_BACKSLASH);
            } else {
                line.append(c);
            }
        }
    }

    private static boolean isSpecial(char c) {
        return c == ',' || c == '=' || c == ' ';
    }

    /** The line with its end, without an instant: whoever takes it in sets its own. */
    public String text() {
        return line + "\n";
    }

    /** The line with its end, at that instant. */
    public String text(Instant at) {
        return line + " " + (at.getEpochSecond() * 1_000_000_000L + at.getNano()) + "\n";
    }
}
