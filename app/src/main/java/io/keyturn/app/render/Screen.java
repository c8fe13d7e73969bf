package io.keyturn.app.render;

import java.time.ZoneId;

/**
 * What the text is shown on.
 *
 * @param width in columns
 * @param colour whether the marks are coloured
 * @param unicode whether marks and bars may be other than ASCII
 * @param hints whether a person watches, who may want to know what to try next
 * @param zone of the dates
 */
public record Screen(int width, boolean colour, boolean unicode, boolean hints, ZoneId zone) {
    /** The width where none is known, as the tables are drawn for. */
    public static final int WIDTH = 100;
}
