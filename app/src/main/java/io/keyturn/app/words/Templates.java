package io.keyturn.app.words;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.loader.DelegatingLoader;
import io.pebbletemplates.pebble.loader.FileLoader;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The templates of messages: Keyturn's own, and those of an organization in their place. */
final class Templates {
    /** Sections of a filled template stand apart by this line. */
    private static final String RULE = "\n---\n";

    private static final String SUFFIX = ".peb";
    /** Nobody reads more than this of one key, and a template that goes round in circles ends here. */
    private static final int LONGEST = 100_000;

    private final PebbleEngine engine;

    /**
     * Loads nothing yet.
     *
     * @param own folder of templates that stand in for Keyturn's own; null for none
     * @param style whose templates stand in for Keyturn's own where there are any of it
     */
    Templates(@Nullable Path own, Manner.Style style) {
        List<Loader<?>> loaders = new ArrayList<>();
        if (own != null) {
            FileLoader files = new FileLoader(own.toAbsolutePath().toString());
            files.setSuffix(SUFFIX);
            loaders.add(files);
        }
        if (style != Manner.Style.KEYTURN) {
            loaders.add(packed("messages/" + style.label()));
        }
        loaders.add(packed("messages"));
        this.engine = new PebbleEngine.Builder()
                .loader(new DelegatingLoader(loaders))
                .newLineTrimming(false)
                .strictVariables(true)
                .maxRenderedSize(LONGEST)
                .addEscapingStrategy("value", Shield::over)
                .defaultEscapingStrategy("value")
                .build();
    }

    private static Loader<?> packed(String folder) {
        ClasspathLoader packed = new ClasspathLoader(Templates.class.getClassLoader());
        packed.setPrefix(folder);
        packed.setSuffix(SUFFIX);
        return packed;
    }

    /**
     * The sections of a template, filled.
     *
     * @throws BadTemplate where it has a fault, or not so many sections
     */
    List<String> fill(String name, int sections, Map<String, Object> values) {
        StringWriter filled = new StringWriter();
        try {
            engine.getTemplate(name).evaluate(filled, values);
        } catch (PebbleException e) {
            throw new BadTemplate(
                    file(e.getFileName() == null ? name : e.getFileName()),
                    e.getLineNumber() == null ? 0 : e.getLineNumber(),
                    e.getPebbleMessage());
        } catch (IOException e) {
            throw new BadTemplate(file(name), 0, "cannot be read: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new BadTemplate(file(name), 0, "extends or includes itself");
        }
        List<String> parts = parts(filled.toString());
        if (parts.size() != sections) {
            throw new BadTemplate(
                    file(name), 0, "has " + parts.size() + " sections between lines of ---, not " + sections);
        }
        return parts;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(RULE); at >= 0; at = text.indexOf(RULE, from)) {
            parts.add(text.substring(from, at));
            from = at + RULE.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String file(String name) {
        return name.endsWith(SUFFIX) ? name : name + SUFFIX;
    }
}
