package io.keyturn.sandbox.policy;

import io.keyturn.core.policy.ArnPattern;
import java.util.Locale;
import java.util.Map;

/** Patterns of policies: {@code *}, {@code ?} and variables such as {@code ${aws:username}}. */
final class Wildcard {
    private Wildcard() {}

    /** Actions are told apart without regard to case. */
    static boolean action(String pattern, String action) {
        return pattern.equals("*")
                || new ArnPattern(pattern.toLowerCase(Locale.ROOT)).matches(action.toLowerCase(Locale.ROOT));
    }

    /** A pattern with a variable that has no value fits nothing. */
    static boolean text(String pattern, String text, Map<String, String> context) {
        if (pattern.equals("*")) {
            return true;
        }
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
