package io.keyturn.app.words;

import io.keyturn.engine.message.Phrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file of words that stand in no template: Keyturn's own, or the one of an organization, which may hold any of them.
 *
 * @param entries by the name of the word
 * @param problems what in it can be no word
 */
record WordFile(Map<String, Entry> entries, List<BadTemplate> problems) {
    /** The name of the file, in the folder of templates. */
    static final String NAME = "words.properties";

    /** The names there are, each with the variables that its words may hold. */
    static final Map<String, Set<String>> KNOWN = known();

    /** Nothing. */
    static final WordFile NONE = new WordFile(Map.of(), List.of());

    /**
     * One line: the words, and where they stand.
     *
     * @param blanks the words in parts; null where they are more of a template
     */
    record Entry(String words, int line, @Nullable Blanks blanks) {
        Entry(String words, int line) {
            this(words, line, Blanks.of(words));
        }
    }

    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new TreeMap<>();
        for (Word word : Word.values()) {
            known.put(word.label(), word.variables());
        }
        for (Phrase phrase : Phrase.values()) {
            known.put(phrase.label(), phrase.variables());
        }
        return Collections.unmodifiableMap(known);
    }

    /** Keyturn's own, which holds every word. */
    static WordFile builtIn() {
        return BuiltInWords.FILE;
    }

    /** Read when it is first asked for. */
    private static final class BuiltInWords {
        static final WordFile FILE = parse(BuiltIn.text(NAME));
    }

    /** The file in that folder; empty where there is none. */
    static WordFile in(@Nullable Path folder) {
        if (folder == null || !Files.exists(folder.resolve(NAME))) {
            return NONE;
        }
        try {
            return parse(Files.readString(folder.resolve(NAME), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new WordFile(Map.of(), List.of(new BadTemplate(NAME, 0, "cannot be read: " + e.getMessage())));
        }
    }

    private static WordFile parse(String text) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<BadTemplate> problems = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int sign = line.indexOf('=');
            String name = sign < 0 ? line : line.substring(0, sign).strip();
            String words = sign < 0 ? "" : line.substring(sign + 1).strip();
            String wrong = wrong(name, words, entries);
            if (wrong == null) {
                entries.put(name, new Entry(words, number));
            } else {
                problems.add(new BadTemplate(NAME, number, wrong));
            }
        }
        return new WordFile(entries, problems);
    }

    private static @Nullable String wrong(String name, String words, Map<String, Entry> before) {
        if (!KNOWN.containsKey(name)) {
            return "\"" + name + "\" is no name of a word";
        }
        if (words.isEmpty()) {
            return name + " has no words: write " + name + " = words, or leave the line out";
        }
        Entry first = before.get(name);
        return first == null ? null : name + " has words already, in line " + first.line();
    }
}
