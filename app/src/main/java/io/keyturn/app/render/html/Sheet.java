package io.keyturn.app.render.html;

/** The sheet of the report and of all pages, and the marks that they share. */
public final class Sheet {
    private static final Inline TEXT = Inline.of("report.css", widths());
    private static final Inline SPRITE = Inline.of("sprite.svg", "");

    private Sheet() {}

    /** A class for each width of a bar: a style of its own on every bar is what the policy of the pages forbids. */
    private static String widths() {
        StringBuilder classes = new StringBuilder();
        for (int width = 0; width <= KeyRow.RAIL; width++) {
            classes.append(".w").append(width).append("{--w:").append(width).append("px}");
        }
        return classes.append('\n').toString();
    }

    static Inline inline() {
        return TEXT;
    }

    /** The sheet. */
    public static String text() {
        return TEXT.text();
    }

    /** The marks, as symbols of SVG. */
    public static String sprite() {
        return SPRITE.text();
    }
}
