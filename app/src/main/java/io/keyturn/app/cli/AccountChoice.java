package io.keyturn.app.cli;

import io.keyturn.core.model.Spelling;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account that {@code --account} names: by its number, or by the name people know it by, in any case.
 *
 * @param text as typed; null for every account
 */
record AccountChoice(@Nullable String text) {
    /** Whether an account of that number and name is meant; {@code label} may be {@code name (number)}. */
    boolean takes(String id, String label) {
        return text == null || text.equals(id) || text.equalsIgnoreCase(name(label));
    }

    /** The name in a label such as {@code data (111122223334)}. */
    static String name(String label) {
        int number = label.lastIndexOf(" (");
        return number > 0 && label.endsWith(")") ? label.substring(0, number) : label;
    }

    /** A sentence for where none of these accounts is meant. */
    String unknown(Collection<String> labels) {
        Set<String> names = new LinkedHashSet<>();
        labels.forEach(label -> names.add(name(label)));
        String word = String.valueOf(text);
        String near = Spelling.nearest(word.toLowerCase(Locale.ROOT), names);
        String advice = near != null
                ? "did you mean \"" + near + "\"?"
                : names.isEmpty() ? "no account is configured" : "there are " + String.join(", ", names);
        return "--account: no account is named or numbered \"" + word + "\"; " + advice;
    }
}
