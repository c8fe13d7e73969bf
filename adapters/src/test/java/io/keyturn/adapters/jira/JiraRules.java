package io.keyturn.adapters.jira;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The published rules of Jira's REST API, as far as tickets touch them. */
final class JiraRules {
    private static final Set<String> FIELDS =
            Set.of("project", "issuetype", "summary", "description", "labels", "assignee", "priority", "components");
    private static final Pattern CUSTOM = Pattern.compile("customfield_[0-9]+");
    private static final Pattern JQL = Pattern.compile(
            "project = \"([A-Z][A-Z0-9_]+)\" AND labels = \"([^\"\\\\\\s]+)\"( ORDER BY created (ASC|DESC))?");

    private final JiraProject project;
    private final boolean cloud;
    final List<String> broken = new ArrayList<>();

    JiraRules(JiraProject project, boolean cloud) {
        this.project = project;
        this.cloud = cloud;
    }

    void fault(String what) {
        broken.add(what);
    }

    private void only(String where, JsonNode body, String... names) {
        body.propertyNames().forEach(name -> {
            if (!List.of(names).contains(name)) {
                fault(where + " has no \"" + name + "\"");
            }
        });
    }

    /** The label that is searched for. */
    String search(JsonNode body) {
        only(
                "a search",
                body,
                cloud
                        ? new String[] {"jql", "fields", "maxResults", "nextPageToken"}
                        : new String[] {"jql", "fields", "maxResults", "startAt"});
        Matcher jql = JQL.matcher(body.path("jql").asString(""));
        if (!jql.matches() || !jql.group(1).equals(project.key)) {
            fault("no such JQL: " + body.path("jql"));
            return "";
        }
        return jql.group(2);
    }

    /** What Jira says of which field of a new issue; empty where it makes it. */
    Map<String, String> create(JsonNode body) {
        Map<String, String> errors = new TreeMap<>();
        only("a new issue", body, "fields", "update", "properties");
        body.path("properties").forEach(property -> only("a property", property, "key", "value"));
        JsonNode fields = body.path("fields");
        if (!fields.path("project").path("key").asString("").equals(project.key)) {
            errors.put("project", "valid project is required");
        }
        if (!project.types.contains(fields.path("issuetype").path("name").asString(""))) {
            errors.put("issuetype", "Specify a valid issue type");
        }
        String summary = fields.path("summary").asString("");
        if (summary.isBlank() || summary.length() > 255 || summary.contains("\n") || summary.contains("\r")) {
            errors.put("summary", "The summary is invalid because it contains newline characters or is too long.");
        }
        text(fields.path("description"), "description", errors);
        fields.path("labels").forEach(label -> {
            if (label.asString().contains(" ") || label.asString().length() > 255) {
                errors.put("labels", "The label '" + label.asString() + "' contains spaces which is invalid.");
            }
        });
        for (String name : fields.propertyNames()) {
            boolean known =
                    FIELDS.contains(name) || (CUSTOM.matcher(name).matches() && project.required.containsKey(name));
            if (!known) {
                errors.put(
                        name, "Field '" + name + "' cannot be set. It is not on the appropriate screen, or unknown.");
            }
        }
        project.required.forEach((id, field) -> {
            if (fields.path(id).isMissingNode()) {
                errors.put(id, field.path("name").asString() + " is required.");
            }
        });
        JsonNode assignee = fields.path("assignee");
        if (!assignee.isMissingNode()) {
            only("an assignee", assignee, cloud ? "id" : "name");
            if (project.person(assignee, cloud)
                    .filter(JiraProject.Person::assignable)
                    .isEmpty()) {
                errors.put("assignee", "User cannot be assigned issues.");
            }
        }
        return errors;
    }

    /** Checks rich text. */
    void text(JsonNode text, String field, Map<String, String> errors) {
        if (cloud) {
            List<String> faults = AdfSchema.faults(text);
            if (!faults.isEmpty()) {
                fault(field + " is no document: " + faults.getFirst());
                errors.put(field, "INVALID_INPUT");
            }
        } else if (!text.isString()) {
            fault(field + " is no text");
            errors.put(field, "Operation value must be a string");
        }
        if ((cloud ? text.toString() : text.asString("")).length() > 32_767) {
            errors.put(field, "The entered text is too long. It exceeds the allowed limit of 32,767 characters.");
        }
    }

    void comment(JsonNode body, Map<String, String> errors) {
        only("a comment", body, "body", "visibility");
        text(body.path("body"), "comment", errors);
    }

    void transition(JsonNode body) {
        only("a transition", body, "transition", "fields", "update");
        only("a transition's name", body.path("transition"), "id");
    }
}
