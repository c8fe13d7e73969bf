package io.keyturn.sandbox.policy;

import io.keyturn.core.policy.ArnPattern;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Patterns of policies: {@code *}, {@code ?} and variables such as {@code ${aws:username}}. */
final class Wildcard {
    private Wildcard() {}

    /** Actions, and patterns of them, without regard to case. */
    static String caseless(String action) {
        return action.toLowerCase(Locale.ROOT);
    }

    /** Whether an action fits; both {@linkplain #caseless without regard to case}. */
    static boolean action(String pattern, String action) {
        return pattern.equals("*") || new ArnPattern(pattern).matches(action);
    }

    /**
     * A pattern with a variable that has no value fits nothing.
     *
     * @param context asked for only where the pattern has a variable
     */
    static boolean text(String pattern, String text, Supplier<Map<String, String>> context) {
        if (pattern.equals("*")) {
            return true;
        }
        return pattern.contains("${") ? filled(pattern, text, context.get()) : new ArnPattern(pattern).matches(text);
    }

    private static boolean filled(String pattern, String text, Map<String, String> context) {
        StringBuilder filled = new StringBuilder(pattern.length());
        int at = 0;
        for (int open = pattern.indexOf("${"); open >= 0; open = pattern.indexOf("${", at)) {
            int close = pattern.indexOf('}', open);
            String value = close < 0 ? null : context.get(pattern.substring(open + 2, close));
            if (value == null) {
                return false;
            }
            filled.append(pattern, at, open).append(value);
            at = close + 1;
        }
        return new ArnPattern(filled.append(pattern.substring(at)).toString()).matches(text);
    }
}
