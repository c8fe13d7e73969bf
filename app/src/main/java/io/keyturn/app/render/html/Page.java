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
    private static final Inline SCRIPT = Inline.of("report.js", "");

    private Page() {}

    private static PebbleEngine engine() {
        ClasspathLoader packed = new ClasspathLoader(Page.class.getClassLoader());
        packed.setPrefix("report");
        packed.setSuffix(".peb");
        return TwoWayText.in(new PebbleEngine.Builder())
                .loader(packed)
                .strictVariables(true)
                .autoEscaping(true)
                .build();
    }

    static void write(String template, Map<String, Object> values, Writer out) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("sheet", Sheet.text());
        all.put("script", SCRIPT.text());
        all.put("sprite", Sheet.sprite());
        all.put(
                "csp",
                "default-src 'none'; style-src " + Sheet.inline().hash() + "; script-src "
                        + (template.equals("report") ? SCRIPT.hash() : "'none'")
                        + "; base-uri 'none'; form-action 'none'");
        try {
            ENGINE.getTemplate(template).evaluate(out, all);
        } catch (IOException e) {
            throw new UncheckedIOException("could not write the report", e);
        }
    }
}
