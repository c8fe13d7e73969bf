package io.keyturn.app.words;

import io.keyturn.engine.message.Phrase;
import io.keyturn.engine.message.Phrases;
import io.keyturn.engine.message.Text;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words that stand in no template, each a little template of its own: an organization's, or else Keyturn's. */
final class Wordbook implements Phrases {
    private static final int LONGEST = 10_000;

    private final @Nullable Path folder;
    private final PebbleEngine engine;
    private volatile @Nullable WordFile own;

    /**
     * Loads nothing yet.
     *
     * @param folder of templates, with words of the organization's or without any; null for none
     */
    Wordbook(@Nullable Path folder) {
        this.folder = folder;
        this.engine = new PebbleEngine.Builder()
                .strictVariables(true)
                .maxRenderedSize(LONGEST)
                .addEscapingStrategy("value", Shield::over)
                .defaultEscapingStrategy("value")
                .build();
    }

    private WordFile own() {
        WordFile read = own;
        if (read == null) {
            read = WordFile.in(folder);
            own = read;
        }
        return read;
    }

    /** The words, as characters alone. */
    String say(Word word) {
        return say(word, Map.of());
    }

    /** The words, as characters alone. */
    String say(Word word, Map<String, Object> values) {
        return said(word.label(), values);
    }

    /** The words of the one whose label is that of the group and that name, such as {@code standing-leaked}. */
    String say(String group, String name) {
        return said(group + "-" + name, Map.of());
    }

    private String said(String name, Map<String, Object> values) {
        WordFile.Entry entry = entry(name);
        Blanks blanks = entry.blanks();
        String simple = blanks == null ? null : blanks.filled(values);
        return simple == null ? Shield.off(filled(entry, values)) : simple;
    }

    @Override
    public Text say(Phrase phrase, Map<String, Object> values) {
        return Markup.text(filled(entry(phrase.label()), values));
    }

    private WordFile.Entry entry(String name) {
        WordFile.Entry mine = own().entries().get(name);
        WordFile.Entry entry = mine == null ? WordFile.builtIn().entries().get(name) : mine;
        if (entry == null) {
            throw new IllegalStateException(WordFile.NAME + " has no words for " + name);
        }
        return entry;
    }

    private String filled(WordFile.Entry entry, Map<String, Object> values) {
        Blanks blanks = entry.blanks();
        if (blanks != null && blanks.names().isEmpty()) {
            return entry.words();
        }
        StringWriter filled = new StringWriter();
        try {
            engine.getLiteralTemplate(entry.words()).evaluate(filled, values);
        } catch (PebbleException e) {
            throw new BadTemplate(WordFile.NAME, entry.line(), e.getPebbleMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return filled.toString();
    }

    /** What is wrong with the organization's words, whether or not anything would be said with them today. */
    List<BadTemplate> problems() {
        List<BadTemplate> problems = new ArrayList<>(own().problems());
        own().entries().forEach((name, entry) -> {
            for (int count : List.of(1, 2, 3)) {
                try {
                    filled(entry, samples(WordFile.KNOWN.getOrDefault(name, Set.of()), count));
                } catch (BadTemplate bad) {
                    problems.add(bad);
                    return;
                }
            }
        });
        return problems;
    }

    /** One, two and more take different ways through the words of many languages, as do yes and no. */
    private static Map<String, Object> samples(Set<String> variables, int count) {
        Map<String, Object> samples = new HashMap<>();
        for (String variable : variables) {
            samples.put(
                    variable,
                    switch (variable) {
                        case "days", "limit", "warn", "count" -> count;
                        case "used", "gone" -> count == 1;
                        case "lengths" -> List.of("15 min", "4 h").subList(0, Math.min(2, count));
                        default -> variable;
                    });
        }
        return samples;
    }
}
