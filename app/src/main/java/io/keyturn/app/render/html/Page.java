package io.keyturn.app.render.html;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;

/** The file around the values: one page that asks the network for nothing. */
final class Page {
    private static final PebbleEngine ENGINE = engine();
    private static final Inline SHEET = Inline.of("report.css", widths());
    private static final Inline SCRIPT = Inline.of("report.js", "");
    private static final Inline SPRITE = Inline.of("sprite.svg", "");

    private Page() {}

    private static PebbleEngine engine() {
        ClasspathLoader packed = new ClasspathLoader(Page.class.getClassLoader());
        packed.setPrefix("report");
        packed.setSuffix(".peb");
        return new PebbleEngine.Builder()
                .loader(packed)
                .strictVariables(true)
                .autoEscaping(true)
                .build();
    }

    /** A class for each width of a bar: a style of its own on every bar is what the policy of the page forbids. */
    private static String widths() {
        StringBuilder classes = new StringBuilder();
        for (int width = 0; width <= KeyRow.RAIL; width++) {
            classes.append(".w").append(width).append("{--w:").append(width).append("px}");
        }
        return classes.append('\n').toString();
    }

    static void write(Map<String, Object> values, Writer out) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("sheet", SHEET.text());
        all.put("script", SCRIPT.text());
        all.put("sprite", SPRITE.text());
        all.put(
                "csp",
                "default-src 'none'; style-src " + SHEET.hash() + "; script-src " + SCRIPT.hash()
                        + "; base-uri 'none'; form-action 'none'");
        try {
            ENGINE.getTemplate("report").evaluate(out, all);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write the report", e);
        }
    }
}
