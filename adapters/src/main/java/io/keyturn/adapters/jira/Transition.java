package io.keyturn.adapters.jira;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A way of an issue from the status it has to another one.
 *
 * @param to name of that status
 * @param done whether that status means closed
 * @param possible whether we can go it: it asks for nothing that only a person can say
 * @param fields what it asks for and we can say: the resolution
 */
record Transition(String id, String name, String to, boolean done, boolean possible, ObjectNode fields) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String RESOLUTION = "resolution";

    /** Names that the best of several endings has, as Jira's own workflows have them. */
    private static final List<String> ENDINGS = List.of("done", "fixed", "closed", "resolved");

    /** From what Jira answers. */
    static Transition of(JsonNode transition) {
        ObjectNode fields = JSON.objectNode();
        boolean possible = true;
        for (Map.Entry<String, JsonNode> field : transition.path("fields").properties()) {
            JsonNode asked = field.getValue();
            if (field.getKey().equals(RESOLUTION)) {
                ending(asked.path("allowedValues"))
                        .ifPresent(
                                name -> fields.set(RESOLUTION, JSON.objectNode().put("name", name)));
            } else if (asked.path("required").asBoolean(false)
                    && !asked.path("hasDefaultValue").asBoolean(false)) {
                possible = false;
            }
        }
        JsonNode to = transition.path("to");
        return new Transition(
                transition.path("id").asString(""),
                transition.path("name").asString(""),
                to.path("name").asString(""),
                to.path("statusCategory").path("key").asString("").equals("done"),
                possible,
                fields);
    }

    /** The way to a status that means closed, or to one that does not; empty where there is none that we can go. */
    static Optional<Transition> to(boolean done, List<Transition> transitions) {
        return transitions.stream()
                .filter(transition -> transition.possible && transition.done == done)
                .min(Comparator.comparingInt(transition -> done ? rank(transition.to) : 0));
    }

    /** All of them for people. */
    static String all(List<Transition> transitions) {
        return transitions.isEmpty()
                ? "none at all"
                : transitions.stream()
                        .map(t -> JiraText.clean("\"" + t.name + "\" to " + t.to)
                                + (t.possible ? "" : ", which asks for more fields"))
                        .collect(Collectors.joining("; "));
    }

    private static Optional<String> ending(JsonNode allowed) {
        return allowed.valueStream()
                .map(value -> value.path("name").asString(""))
                .filter(name -> !name.isEmpty())
                .min(Comparator.comparingInt(Transition::rank));
    }

    private static int rank(String name) {
        for (int i = 0; i < ENDINGS.size(); i++) {
            if (ENDINGS.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return ENDINGS.size();
    }
}
