package io.keyturn.sandbox.policy;

import java.util.List;
import java.util.Map;

/**
 * A condition of a statement: a key of the request's context compared with values, of which one must fit.
 *
 * @param operator {@code StringEquals}, {@code StringNotEquals}, {@code StringLike}, {@code ArnEquals} or {@code ArnLike}
 */
record Condition(String operator, String key, List<String> values) {
    private static final List<String> OPERATORS =
            List.of("StringEquals", "StringNotEquals", "StringLike", "ArnEquals", "ArnLike");

    Condition {
        if (!OPERATORS.contains(operator)) {
            throw new MalformedPolicy("the condition operator " + operator + " is not simulated; these are: "
                    + String.join(", ", OPERATORS));
        }
        values = List.copyOf(values);
    }

    boolean holds(Map<String, String> context) {
        String actual = context.get(key);
        if (actual == null) {
            return operator.equals("StringNotEquals");
        }
        return switch (operator) {
            case "StringEquals" -> values.contains(actual);
            case "StringNotEquals" -> !values.contains(actual);
            default -> values.stream().anyMatch(value -> Wildcard.text(value, actual, context));
        };
    }
}
