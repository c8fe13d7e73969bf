package io.keyturn.app.web;

import io.keyturn.app.render.html.TwoWayText;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Makes pages of values; all text is escaped unless it was drawn here. */
final class Pages {
    private static final PebbleEngine ENGINE = engine();

    private Pages() {}

    private static PebbleEngine engine() {
        ClasspathLoader packed = new ClasspathLoader(Pages.class.getClassLoader());
        packed.setPrefix("page");
        packed.setSuffix(".peb");
        return TwoWayText.in(new PebbleEngine.Builder())
                .loader(packed)
                .strictVariables(true)
                .autoEscaping(true)
                .build();
    }

    static String text(String template, Map<String, Object> values) {
        StringWriter out = new StringWriter();
        try {
            ENGINE.getTemplate(template).evaluate(out, values);
        } catch (IOException e) {
            throw new UncheckedIOException("could not make the page " + template, e);
        }
        return out.toString();
    }
}
