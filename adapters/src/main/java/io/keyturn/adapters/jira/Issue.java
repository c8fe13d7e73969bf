package io.keyturn.adapters.jira;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An issue as it stands.
 *
 * @param number the older, the smaller
 * @param assigned whether to somebody active
 * @param said fingerprint of what we said in it last; empty where that is not known
 */
record Issue(long number, String key, boolean done, boolean assigned, Set<String> labels, String said) {
    /** Name of the property of an issue that we keep our own things in. */
    static final String PROPERTY = "keyturn";

    Issue {
        labels = Set.copyOf(labels);
    }

    /** From what Jira answers. */
    static Issue of(JsonNode issue) {
        JsonNode fields = issue.path("fields");
        JsonNode assignee = fields.path("assignee");
        return new Issue(
                issue.path("id").asLong(0),
                issue.path("key").asString(""),
                // The one of Jira's three categories that means closed; names of statuses are each project's own.
                fields.path("status")
                        .path("statusCategory")
                        .path("key")
                        .asString("")
                        .equals("done"),
                assignee.isObject() && assignee.path("active").asBoolean(false),
                texts(fields.path("labels")),
                issue.path("properties").path(PROPERTY).path("said").asString(""));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(text -> texts.add(text.asString("")));
        return texts;
    }
}
