package io.keyturn.app.config;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Where a character of a scalar's value stands in the file: quotes, escapes, indentation and folded lines lie between.
 *
 * @param line from 1
 * @param column from 1
 */
record ScalarPlace(int line, int column) {
    /** The place of the character at {@code line} and {@code column} of the value, both from 1. */
    static ScalarPlace of(Tree tree, ScalarNode scalar, int line, int column) {
        int[] value = scalar.getValue().codePoints().toArray();
        int wanted = offset(value, line, column);
        int[] source = tree.source();
        int at = scalar.getStartMark().map(mark -> mark.getIndex()).orElse(0);
        at = begin(source, at, scalar.getScalarStyle());
        for (int i = 0; i < wanted && at < source.length; i++) {
            at = after(source, skip(source, at, value[i]), scalar.getScalarStyle());
        }
        if (wanted < value.length) {
            at = skip(source, at, value[wanted]);
        }
        return placeOf(source, Math.min(at, source.length));
    }

    private static int offset(int[] value, int line, int column) {
        int at = 0;
        for (int seen = 1; seen < line && at < value.length; at++) {
            seen += value[at] == '\n' ? 1 : 0;
        }
        return Math.min(at + column - 1, value.length);
    }

    /** Past the opening quote, or past the line of a block's head. */
    private static int begin(int[] source, int from, ScalarStyle style) {
        return switch (style) {
            case PLAIN, JSON_SCALAR_STYLE -> from;
            case SINGLE_QUOTED, DOUBLE_QUOTED -> from + 1;
            case LITERAL, FOLDED -> {
                int at = from;
                while (at < source.length && source[at] != '\n') {
                    at++;
                }
                yield at + 1;
            }
        };
    }

    /** From {@code at} to where {@code wanted} stands: over white space of the file that the value does not have. */
    private static int skip(int[] source, int at, int wanted) {
        int i = at;
        boolean blank = wanted == ' ' || wanted == '\n';
        while (i < source.length && source[i] != wanted && isBlank(source[i]) && !(blank && source[i] == '\n')) {
            i++;
        }
        return i;
    }

    /** Past the character at {@code at}, which may be written with several. */
    private static int after(int[] source, int at, ScalarStyle style) {
        if (at + 1 >= source.length) {
            return source.length;
        }
        if (style == ScalarStyle.DOUBLE_QUOTED && source[at] == '\\') {
            return at
                    + switch (source[at + 1]) {
                        case 'x' -> 4;
                        case 'u' -> 6;
                        case 'U' -> 10;
                        default -> 2;
                    };
        }
        boolean doubled = style == ScalarStyle.SINGLE_QUOTED && source[at] == '\'' && source[at + 1] == '\'';
        return doubled ? at + 2 : at + 1;
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static ScalarPlace placeOf(int[] source, int at) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < at; i++) {
            boolean ends = source[i] == '\n';
            line += ends ? 1 : 0;
            column = ends ? 1 : column + 1;
        }
        return new ScalarPlace(line, column);
    }
}
