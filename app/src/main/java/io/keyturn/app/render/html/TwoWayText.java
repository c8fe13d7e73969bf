package io.keyturn.app.render.html;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.escaper.EscapingStrategy;

/**
 * Escapes text for HTML and sets what is written from right to left in it apart: without that, a number or a bracket that
 * follows a Hebrew or Arabic name in a sentence would be drawn on the other side of it, as if it belonged there. Attributes
 * and titles of windows take no elements: for these there is {@code escape("html")}.
 */
public final class TwoWayText implements EscapingStrategy {
    private static final String NAME = "two-way";
    private static final String OPENING = "([{«";
    private static final String CLOSING = ")]}»";

    private TwoWayText() {}

    /** The same engine, which escapes so unless it is told otherwise. */
    public static PebbleEngine.Builder in(PebbleEngine.Builder engine) {
        return engine.addEscapingStrategy(NAME, new TwoWayText()).defaultEscapingStrategy(NAME);
    }

    @Override
    public String escape(String text) {
        StringBuilder html = new StringBuilder(text.length() + text.length() / 8);
        int done = 0;
        int begin = next(text, 0);
        while (begin < text.length()) {
            int end = end(text, begin);
            escape(text, done, begin, html);
            html.append("<bdi>");
            escape(text, begin, end, html);
            html.append("</bdi>");
            done = end;
            begin = next(text, end);
        }
        escape(text, done, text.length(), html);
        return html.toString();
    }

    /** Where writing from right to left begins next; the end of the text where none does. */
    private static int next(String text, int from) {
        int at = from;
        while (at < text.length() && !isRightToLeft(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /** Where what begins there ends: before what is written from left to right, and what stands between the two. */
    private static int end(String text, int begin) {
        int end = begin;
        int at = begin;
        while (at < text.length()
                && Character.getDirectionality(text.codePointAt(at)) != Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (isRightToLeft(c)) {
                end = at;
            }
        }
        return end + closing(text, begin, end);
    }

    /** How many brackets after it end what was opened in it. */
    private static int closing(String text, int begin, int end) {
        StringBuilder open = new StringBuilder();
        for (int i = begin; i < end; i++) {
            int opened = OPENING.indexOf(text.charAt(i));
            if (opened >= 0) {
                open.append(CLOSING.charAt(opened));
            } else if (!open.isEmpty() && open.charAt(open.length() - 1) == text.charAt(i)) {
                open.setLength(open.length() - 1);
            }
        }
        int closed = 0;
        while (!open.isEmpty() && text.startsWith(open.substring(open.length() - 1), end + closed)) {
            open.setLength(open.length() - 1);
            closed++;
        }
        return closed;
    }

    private static boolean isRightToLeft(int c) {
        byte direction = Character.getDirectionality(c);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    private static void escape(String text, int from, int to, StringBuilder html) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
    }
}
