package io.keyturn.app.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words with blanks and nothing else of a template's, which most are: they are filled many times in each message, and a
 * template takes ten times as long for it.
 *
 * @param literals what stands before, between and after the blanks
 * @param names the variables, one less
 */
record Blanks(List<String> literals, List<String> names) {
    private static final Pattern BLANK = Pattern.compile("\\{\\{ *([a-z]+) *}}");

    /** The words in parts; null where they are more of a template. */
    static @Nullable Blanks of(String words) {
        List<String> literals = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int from = 0;
        Matcher blanks = BLANK.matcher(words);
        while (blanks.find()) {
            literals.add(words.substring(from, blanks.start()));
            names.add(blanks.group(1));
            from = blanks.end();
        }
        literals.add(words.substring(from));
        return literals.stream().anyMatch(literal -> literal.indexOf('{') >= 0) ? null : new Blanks(literals, names);
    }

    /** The words with the values in them; null where one is not there. */
    @Nullable
    String filled(Map<String, Object> values) {
        StringBuilder filled = new StringBuilder(literals.getFirst());
        for (int i = 0; i < names.size(); i++) {
            Object value = values.get(names.get(i));
            if (value == null) {
                return null;
            }
            filled.append(value).append(literals.get(i + 1));
        }
        return filled.toString();
    }
}
