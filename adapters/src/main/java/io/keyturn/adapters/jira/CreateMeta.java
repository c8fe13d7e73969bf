package io.keyturn.adapters.jira;

import io.keyturn.core.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a project asks of a new issue: its types, and their required fields. */
final class CreateMeta {
    /** Fields that every ticket has without being configured. */
    private static final List<String> OURS =
            List.of("project", "issuetype", "summary", "description", "labels", "assignee", "reporter");

    private final JiraSettings settings;
    private final Dialect dialect;
    private final JiraCalls calls;

    CreateMeta(JiraSettings settings, Dialect dialect, JiraCalls calls) {
        this.settings = settings;
        this.dialect = dialect;
        this.calls = calls;
    }

    /** An issue type of the project. */
    record Type(String id, String name) {}

    /** All that the account may use. */
    List<Type> types() throws JiraFailure, InterruptedException {
        List<Type> types = new ArrayList<>();
        JsonNode answer = calls.read("read the issue types", path() + "?maxResults=200");
        // Cloud and Server name the same list differently.
        for (JsonNode list : List.of(answer.path("issueTypes"), answer.path("values"))) {
            list.forEach(type -> types.add(
                    new Type(type.path("id").asString(""), type.path("name").asString(""))));
        }
        return types;
    }

    /** The configured one. */
    Optional<Type> type(List<Type> types) {
        return types.stream()
                .filter(type -> type.name().equalsIgnoreCase(settings.type()))
                .findFirst();
    }

    /** That there is no such type. */
    Problem noSuchType(String tried, List<Type> types) {
        String names = types.stream().map(Type::name).map(JiraText::clean).collect(Collectors.joining(", "));
        return new Problem(
                tried,
                settings.place(),
                "it has no issue type \"" + settings.type() + "\"",
                "write into channels.jira.type one that it has: " + names);
    }

    /** A field that must be given, and is not. */
    record Missing(String id, String name, String example) {
        /** For people. */
        String sentence() {
            return "\"" + JiraText.clean(name) + "\" (" + id + ")";
        }

        /** How it is given. */
        String advice() {
            return "give it under channels.jira.fields, such as `" + id + ": " + example + "`";
        }
    }

    /** The required fields of the type that neither every ticket has nor the configuration gives. */
    List<Missing> missing(Type type) throws JiraFailure, InterruptedException {
        List<Missing> missing = new ArrayList<>();
        JsonNode answer =
                calls.read("read the fields of a " + settings.type(), path() + "/" + type.id() + "?maxResults=200");
        for (JsonNode list : List.of(answer.path("fields"), answer.path("values"))) {
            for (JsonNode field : list) {
                String id = field.path("fieldId").asString("");
                boolean asked = field.path("required").asBoolean(false)
                        && !field.path("hasDefaultValue").asBoolean(false);
                if (asked && !OURS.contains(id) && !settings.fields().has(id)) {
                    missing.add(new Missing(id, field.path("name").asString(id), example(field)));
                }
            }
        }
        return missing;
    }

    /** What the refusal of a new issue comes from, as far as the project's own rules tell. */
    Problem explained(JiraFailure refusal) throws InterruptedException {
        try {
            List<Type> types = types();
            Optional<Type> type = type(types);
            if (type.isEmpty()) {
                return types.isEmpty() ? refusal.problem() : noSuchType("create a ticket", types);
            }
            for (Missing field : missing(type.get())) {
                if (refusal.fields().containsKey(field.id())) {
                    return new Problem(
                            "create a ticket",
                            settings.place(),
                            "Jira requires the field " + field.sentence(),
                            field.advice());
                }
            }
        } catch (JiraFailure e) {
            return refusal.problem();
        }
        return refusal.problem();
    }

    private static String example(JsonNode field) {
        JsonNode first = field.path("allowedValues").path(0);
        String value = "a text";
        for (String name : List.of("value", "name")) {
            if (first.has(name)) {
                value = "{" + name + ": " + JiraText.clean(first.get(name).asString("")) + "}";
                break;
            }
        }
        Map<String, String> plain =
                Map.of("number", "1", "date", "2026-12-31", "user", "{id: 5b10ac8d82e05b22cc7d4ef5}");
        String type = field.path("schema").path("type").asString("");
        value = plain.getOrDefault(type, value);
        return type.equals("array") ? "[" + value + "]" : value;
    }

    private String path() {
        return dialect.base() + "/issue/createmeta/" + settings.project() + "/issuetypes";
    }
}
