package io.keyturn.sandbox.policy;

import java.util.List;
import java.util.Map;

/**
 * A condition of a statement: a key of the request's context compared with values, of which one must fit.
 *
 * @param operator {@code StringEquals}, {@code StringLike}, {@code ArnEquals}, {@code ArnLike}, or one of their
 *     negations, such as {@code StringNotEquals}, which hold where none of the values fits, and where there is no key
 */
record Condition(String operator, String key, List<String> values) {
    private static final List<String> OPERATORS = List.of(
            "StringEquals",
            "StringNotEquals",
            "StringLike",
            "StringNotLike",
            "ArnEquals",
            "ArnNotEquals",
            "ArnLike",
            "ArnNotLike");

    Condition {
        if (!OPERATORS.contains(operator)) {
            throw new MalformedPolicy("the condition operator " + operator + " is not simulated; these are: "
                    + String.join(", ", OPERATORS));
        }
        values = List.copyOf(values);
    }

    boolean holds(Map<String, String> context) {
        String actual = context.get(key);
        boolean negated = operator.contains("Not");
        return (actual != null && fits(actual, context)) != negated;
    }

    private boolean fits(String actual, Map<String, String> context) {
        return operator.equals("StringEquals") || operator.equals("StringNotEquals")
                ? values.contains(actual)
                : values.stream().anyMatch(value -> Wildcard.text(value, actual, () -> context));
    }
}
