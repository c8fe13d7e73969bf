package io.keyturn.app.render;

import io.keyturn.core.model.Standing;
import java.util.List;

/** Marks, colours and bars, as far as the screen can show them. Sixteen colours, so that the reader's theme decides. */
final class Paint {
    private static final String[] BARS = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

    private final Screen screen;

    Paint(Screen screen) {
        this.screen = screen;
    }

    /** The mark of a standing, coloured. */
    String mark(Standing standing) {
        return colour(symbol(standing), standing);
    }

    /** A run of marks in one colour. */
    String marks(Standing standing, int count) {
        return count == 0 ? "" : colour(symbol(standing).repeat(count), standing);
    }

    private String symbol(Standing standing) {
        return switch (standing) {
            case LEAKED -> either("■", "#");
            case EXPIRED -> either("◆", "!");
            case WARNED -> either("▲", "^");
            case ROTATING -> either("◐", "%");
            case UNKNOWN -> either("◌", "?");
            case INACTIVE -> either("▬", "-");
            case EXEMPT -> either("□", "=");
            case HEALTHY -> either("●", ".");
        };
    }

    private String colour(String text, Standing standing) {
        return switch (standing) {
            case LEAKED -> sgr("1;7", text);
            case EXPIRED -> sgr("31", text);
            case WARNED -> sgr("33", text);
            case ROTATING -> sgr("36", text);
            case UNKNOWN -> sgr("35", text);
            case INACTIVE, EXEMPT -> dim(text);
            case HEALTHY -> sgr("32", text);
        };
    }

    String bold(String text) {
        return sgr("1", text);
    }

    String dim(String text) {
        return sgr("2", text);
    }

    String green(String text) {
        return sgr("32", text);
    }

    /** The text in a rendition of ECMA-48; empty text stays empty. */
    String sgr(String code, String text) {
        return screen.colour() && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    String either(String unicode, String ascii) {
        return screen.unicode() ? unicode : ascii;
    }

    /** What stands between the parts of a key's name. */
    String dot() {
        return either(" · ", " / ");
    }

    /** The text as this screen can show it; others' text goes through here always. */
    String safe(String hostile) {
        return screen.unicode() ? Safe.text(hostile) : Safe.ascii(hostile);
    }

    /** Our own text, whose few signs beyond ASCII have a substitute. */
    String own(String text) {
        return screen.unicode() ? text : text.replace("–", "-").replace("·", "/");
    }

    /** A bar for each count, none for zero, the highest at {@code max}. */
    String bars(List<Integer> counts, int max, String between) {
        StringBuilder bars = new StringBuilder();
        for (int i = 0; i < counts.size(); i++) {
            bars.append(i == 0 ? "" : between).append(bar(counts.get(i), max));
        }
        return bars.toString();
    }

    private String bar(int count, int max) {
        if (count == 0 || max == 0) {
            return " ";
        }
        return screen.unicode()
                ? BARS[(int) Math.clamp((count * 8L + max - 1) / max, 1, 8)]
                : Integer.toString((int) Math.clamp((count * 9L + max - 1) / max, 1, 9));
    }
}
