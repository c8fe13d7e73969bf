package io.keyturn.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Python file that holds one literal dict of texts, such as {@code owners = {"deploy": "U123"}}, as data:
 * nothing of it is executed, and anything else in it is refused.
 */
final class PythonDict {
    private static final Pattern TOKEN =
            Pattern.compile("[uU]?(?:\"\"\"(?<long>[\\s\\S]*?)\"\"\"|'''(?<lines>[\\s\\S]*?)'''"
                    + "|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'))"
                    + "|(?<word>[A-Za-z_][A-Za-z0-9_]*+)|(?<mark>[{}:,=\\[\\]])");
    private static final Pattern BLANK = Pattern.compile("(?:\\s|#[^\\n]*+|\\\\\\n)++");
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", Pattern.DOTALL);

    private final List<Token> tokens;
    private int next;

    private PythonDict(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Takes one entry. */
    interface Entries {
        void put(String key, String value, int line);
    }

    /** Takes what is wrong. */
    interface Problems {
        void add(int line, String what, String read, String right);
    }

    /** A text without its quotes, or a name or mark as it stands. */
    private record Token(String value, boolean isText, int line) {}

    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final String read;

        Wrong(String what, String read, int line) {
            super(what);
            this.read = read;
            this.line = line;
        }
    }

    /** Hands every entry of the dict in {@code source} to {@code entries}. */
    static void read(String source, Entries entries, Problems problems) {
        try {
            new PythonDict(tokens(source)).dict(entries);
        } catch (Wrong e) {
            String right = "write one dict of texts, such as owners = {\"deploy\": \"U123\"}";
            problems.add(e.line, String.valueOf(e.getMessage()), e.read, right);
        }
    }

    private void dict(Entries entries) throws Wrong {
        while (next < tokens.size() && tokens.get(next).isText()) {
            // What the file says of itself.
            next++;
        }
        next = afterName();
        expect("{");
        while (!peek("}")) {
            Token key = text();
            expect(":");
            entries.put(key.value(), text().value(), key.line());
            if (!peek("}")) {
                expect(",");
            }
        }
        expect("}");
        if (next < tokens.size()) {
            Token rest = tokens.get(next);
            throw new Wrong("has more than one dict", rest.value(), rest.line());
        }
    }

    /** Where the dict begins: after a name, which may have a type, and its equals sign. */
    private int afterName() {
        if (next >= tokens.size() || !isName(mark(tokens.get(next)))) {
            return next;
        }
        int at = next + 1;
        if (at < tokens.size() && mark(tokens.get(at)).equals(":")) {
            do {
                at++;
            } while (at < tokens.size() && isOfType(mark(tokens.get(at))));
        }
        return at < tokens.size() && mark(tokens.get(at)).equals("=") ? at + 1 : next;
    }

    private static boolean isOfType(String mark) {
        return mark.equals("[") || mark.equals("]") || mark.equals(",") || isName(mark);
    }

    private static boolean isName(String mark) {
        return !mark.isEmpty() && Character.isJavaIdentifierStart(mark.charAt(0));
    }

    private boolean peek(String mark) {
        return next < tokens.size() && mark(tokens.get(next)).equals(mark);
    }

    private static String mark(Token token) {
        return token.isText() ? "" : token.value();
    }

    private void expect(String mark) throws Wrong {
        Token token = take();
        if (token == null || !mark(token).equals(mark)) {
            throw new Wrong("is not the \"" + mark + "\" of a dict", token == null ? "" : token.value(), line(token));
        }
    }

    private Token text() throws Wrong {
        Token token = take();
        if (token == null || !token.isText()) {
            throw new Wrong("is not a text in quotes", token == null ? "" : token.value(), line(token));
        }
        return token;
    }

    private @Nullable Token take() {
        return next < tokens.size() ? tokens.get(next++) : null;
    }

    private int line(@Nullable Token token) {
        return token != null
                ? token.line()
                : tokens.isEmpty() ? 1 : tokens.getLast().line();
    }

    private static List<Token> tokens(String source) throws Wrong {
        List<Token> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        Matcher blank = BLANK.matcher(source);
        int at = 0;
        int line = 1;
        while (at < source.length()) {
            if (blank.region(at, source.length()).lookingAt()) {
                line += newLines(blank.group());
                at = blank.end();
            } else if (token.region(at, source.length()).lookingAt()) {
                tokens.add(token(token, line));
                line += newLines(token.group());
                at = token.end();
            } else {
                throw new Wrong(
                        "is no part of a dict of texts", source.substring(at, source.offsetByCodePoints(at, 1)), line);
            }
        }
        return tokens;
    }

    private static int newLines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    private static Token token(Matcher read, int line) {
        String text = read.group("text");
        if (text != null) {
            return new Token(unescape(text.substring(1, text.length() - 1)), true, line);
        }
        String lines = read.group("long") == null ? read.group("lines") : read.group("long");
        return lines == null ? new Token(read.group(), false, line) : new Token(unescape(lines), true, line);
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(m -> Matcher.quoteReplacement(escaped(m)));
    }

    private static String escaped(java.util.regex.MatchResult m) {
        for (int group = 1; group <= 3; group++) {
            if (m.group(group) != null) {
                int point = Integer.parseUnsignedInt(m.group(group), 16);
                return Character.isValidCodePoint(point) ? Character.toString(point) : "\ufffd";
            }
        }
        return switch (m.group(4)) {
            case "n" -> "\n";
            case "t" -> "\t";
            case "r" -> "\r";
            case "\\", "'", "\"" -> m.group(4);
            case "\n" -> "";
            // Python keeps the backslash of what is no escape.
            default -> m.group();
        };
    }
}
