package io.keyturn.app.render;

import java.util.ArrayList;
import java.util.List;

/** Text broken between words; a word longer than the line keeps its whole length. */
final class Wrapped {
    private Wrapped() {}

    /** Lines of at most {@code width}, the first behind {@code first}, the others behind {@code indent} spaces. */
    static List<String> lines(String first, int indent, String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        int start = line.length();
        for (String word : text.split(" ", -1)) {
            boolean empty = line.length() == start;
            if (!empty && line.length() + 1 + word.length() > width) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(indent)).append(word);
                start = indent;
            } else {
                line.append(empty ? "" : " ").append(word);
            }
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }
}
