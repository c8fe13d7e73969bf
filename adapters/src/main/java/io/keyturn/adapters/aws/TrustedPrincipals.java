package io.keyturn.adapters.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whom a role's trust policy lets assume it. Source: IAM user guide, "IAM JSON policy elements: Principal".
 *
 * @param allowed one for each principal that a statement allows
 * @param denies whether some statement denies, so that fewer may than are listed
 */
record TrustedPrincipals(List<Trusted> allowed, boolean denies) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NUMBER = Pattern.compile("[0-9]{12}");
    private static final Pattern DELETED = Pattern.compile("A(?:ID|RO)A[A-Z0-9]+");

    /**
     * One principal.
     *
     * @param kind {@code AWS}, {@code Service}, {@code Federated}, or {@code NotPrincipal}: everybody else
     * @param conditions keys of the conditions it must meet
     */
    record Trusted(String kind, String name, Set<String> conditions) {
        boolean anybody() {
            return kind.equals("NotPrincipal") || (kind.equals("AWS") && name.equals("*"));
        }

        /** Whether it is that principal and nobody else; a session is its role. */
        boolean is(String arn) {
            return kind.equals("AWS") && (name.equals(arn) || sameRole(name, arn));
        }

        /** In words. */
        String words() {
            String who = switch (kind) {
                case "AWS" -> aws();
                case "Service" -> "the service " + name;
                case "NotPrincipal" -> "anybody but " + name;
                default -> "those whom " + name + " vouches for";
            };
            return conditions.isEmpty() ? who : who + " where " + String.join(", ", conditions) + " fits";
        }

        private String aws() {
            if (name.equals("*")) {
                return "anybody";
            }
            if (NUMBER.matcher(name).matches()) {
                return "whomever account " + name + " lets";
            }
            if (name.endsWith(":root")) {
                return "whomever account " + Login.accountOf(name) + " lets";
            }
            return DELETED.matcher(name).matches() ? "a principal that is deleted (" + name + ")" : name;
        }

        /** A session's ARN leaves out the path of its role. */
        private static boolean sameRole(String trusted, String session) {
            int from = session.indexOf(":assumed-role/");
            if (from < 0 || !trusted.contains(":role/")) {
                return false;
            }
            String role = session.substring(from + ":assumed-role/".length()).split("/", 2)[0];
            return Login.accountOf(trusted).equals(Login.accountOf(session))
                    && trusted.substring(trusted.lastIndexOf('/') + 1).equals(role);
        }
    }

    TrustedPrincipals {
        allowed = List.copyOf(allowed);
    }

    /**
     * Reads a trust policy.
     *
     * @throws IllegalArgumentException where it is none that can be understood
     */
    static TrustedPrincipals read(String document) {
        List<Trusted> allowed = new ArrayList<>();
        boolean denies = false;
        JsonNode said;
        try {
            said = JSON.readTree(document).path("Statement");
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the trust policy is no JSON", e);
        }
        List<JsonNode> statements = said.isArray() ? said.valueStream().toList() : List.of(said);
        for (JsonNode statement : statements) {
            if (!lets(statement)) {
                continue;
            }
            switch (statement.path("Effect").asString("")) {
                case "Allow" -> allowed.addAll(principals(statement));
                case "Deny" -> denies = true;
                default -> throw new IllegalArgumentException("a statement of the trust policy has no Effect");
            }
        }
        return new TrustedPrincipals(allowed, denies);
    }

    /** Whether it is about assuming the role: tagging a session gives nobody a way in. */
    private static boolean lets(JsonNode statement) {
        return statement.has("NotAction")
                || texts(statement.path("Action")).stream()
                        .anyMatch(action -> action.contains("*")
                                || action.regionMatches(true, 0, "sts:AssumeRole", 0, "sts:AssumeRole".length()));
    }

    private static List<Trusted> principals(JsonNode statement) {
        Set<String> conditions = new TreeSet<>();
        statement.path("Condition").forEach(operator -> conditions.addAll(operator.propertyNames()));
        List<Trusted> trusted = new ArrayList<>();
        if (statement.has("NotPrincipal")) {
            List<String> names = new ArrayList<>();
            statement.get("NotPrincipal").forEach(some -> names.addAll(texts(some)));
            trusted.add(new Trusted("NotPrincipal", String.join(", ", names), conditions));
        }
        JsonNode principal = statement.path("Principal");
        if (principal.isString()) {
            trusted.add(new Trusted("AWS", principal.asString(), conditions));
        }
        principal
                .properties()
                .forEach(kind -> texts(kind.getValue())
                        .forEach(name -> trusted.add(new Trusted(kind.getKey(), name, conditions))));
        return trusted;
    }

    private static List<String> texts(JsonNode json) {
        return json.isArray()
                ? json.valueStream().map(one -> one.asString("")).toList()
                : json.isString() ? List.of(json.asString()) : List.of();
    }
}
