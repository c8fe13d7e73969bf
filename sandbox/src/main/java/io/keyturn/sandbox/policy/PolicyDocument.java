package io.keyturn.sandbox.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A policy of an identity, a session or a resource. Source: IAM user guide, "Grammar of the IAM JSON policy language". */
public final class PolicyDocument {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** What AWS's managed policy of that name allows. */
    public static final PolicyDocument ADMINISTRATOR_ACCESS = allow(List.of("*"), "*");

    private final String json;
    private final List<Statement> statements;

    private PolicyDocument(String json, List<Statement> statements) {
        this.json = json;
        this.statements = List.copyOf(statements);
    }

    /** Allows these actions on one resource or pattern of resources. */
    public static PolicyDocument allow(List<String> actions, String resource) {
        return parse("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                + MAPPER.writeValueAsString(actions) + ",\"Resource\":" + MAPPER.writeValueAsString(resource) + "}]}");
    }

    /**
     * Reads a policy of an identity or a session.
     *
     * @throws MalformedPolicy where it is none, or uses what is not simulated
     */
    public static PolicyDocument parse(String json) {
        return parse(json, one -> List.of());
    }

    /**
     * Reads a policy of a resource, every statement of which says of whom it speaks.
     *
     * @throws MalformedPolicy where it is none, or uses what is not simulated
     */
    public static PolicyDocument ofResource(String json) {
        return parse(json, PolicyDocument::principals);
    }

    private static PolicyDocument parse(String json, Function<JsonNode, List<String>> principals) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new MalformedPolicy("the policy is no JSON: " + e.getOriginalMessage(), e);
        }
        JsonNode said = root.get("Statement");
        if (said == null) {
            throw new MalformedPolicy("the policy has no Statement");
        }
        List<Statement> statements = new ArrayList<>();
        if (said.isArray()) {
            said.forEach(one -> statements.add(statement(one, principals.apply(one))));
        } else {
            statements.add(statement(said, principals.apply(said)));
        }
        return new PolicyDocument(json, statements);
    }

    private static List<String> principals(JsonNode json) {
        JsonNode said = json.path("Principal");
        if (json.has("NotPrincipal")) {
            throw new MalformedPolicy("NotPrincipal is not simulated; deny by a condition on aws:PrincipalArn");
        }
        return said.isString() && said.asString().equals("*")
                ? List.of("*")
                : texts(said.get("AWS"), "Principal: \"*\" or AWS with ARNs");
    }

    private static Statement statement(JsonNode json, List<String> principals) {
        String effect = json.path("Effect").asString("");
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new MalformedPolicy("a statement's Effect is Allow or Deny, not \"" + effect + "\"");
        }
        boolean notActions = json.has("NotAction");
        boolean notResources = json.has("NotResource");
        List<Condition> conditions = new ArrayList<>();
        json.path("Condition")
                .properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key -> conditions.add(new Condition(
                                operator.getKey(), key.getKey(), texts(key.getValue(), "a condition's values")))));
        return new Statement(
                effect.equals("Allow"),
                principals,
                texts(json.get(notActions ? "NotAction" : "Action"), "Action"),
                notActions,
                texts(json.get(notResources ? "NotResource" : "Resource"), "Resource"),
                notResources,
                conditions);
    }

    private static List<String> texts(@Nullable JsonNode json, String what) {
        List<String> texts = new ArrayList<>();
        if (json != null && json.isArray()) {
            json.forEach(one -> texts.add(one.asString()));
        } else if (json != null && json.isString()) {
            texts.add(json.asString());
        }
        if (texts.isEmpty()) {
            throw new MalformedPolicy("a statement needs " + what + ": a text or a list of texts");
        }
        return texts;
    }

    /** Everybody whom the statements of a resource's policy name. */
    public List<String> principals() {
        return statements.stream().flatMap(one -> one.principals().stream()).toList();
    }

    public Decision decide(Access access) {
        Decision decision = Decision.IMPLICIT_DENY;
        for (Statement statement : statements) {
            if (statement.speaksOf(access)) {
                if (!statement.allow()) {
                    return Decision.EXPLICIT_DENY;
                }
                decision = Decision.ALLOWED;
            }
        }
        return decision;
    }

    /** The policy as it was written. */
    @Override
    public String toString() {
        return json;
    }
}
