package io.keyturn.adapters.jira;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the double of Jira holds: one project with its issues, its people and its workflow. */
final class JiraProject {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = new JsonMapper();

    final String key = "OPS";
    final List<String> types = new ArrayList<>(List.of("Task", "Bug"));
    final List<Person> people = new ArrayList<>(List.of(
            new Person("ann", "ann@example.com", true, true),
            new Person("gone", "gone@example.com", false, true),
            new Person("guest", "guest@example.com", true, false)));
    /** Fields beside Jira's own that a new issue must have, as its createmeta has them. */
    final Map<String, ObjectNode> required = new LinkedHashMap<>();

    /** What leads where: by the status it starts from. */
    final Map<String, List<Way>> ways = new LinkedHashMap<>();

    final Map<String, Ticket> tickets = new LinkedHashMap<>();

    /** How many searches do not show a new issue yet. */
    int lag;

    int searches;
    int pageSize = 50;
    boolean links = true;

    JiraProject() {
        ways.put("To Do", new ArrayList<>(List.of(way("11", "Begin", "In Progress"), way("21", "Finish", "Done"))));
        ways.put("In Progress", new ArrayList<>(List.of(way("21", "Finish", "Done"))));
        ways.put("Done", new ArrayList<>(List.of(way("31", "Open again", "To Do"))));
    }

    /** A person; {@code assignable} says what Jira does with them, whatever it lists. */
    record Person(String name, String mail, boolean active, boolean assignable) {
        ObjectNode json(boolean cloud) {
            ObjectNode json = JSON.objectNode().put("displayName", name).put("active", active);
            json.put("emailAddress", mail);
            return cloud ? json.put("accountId", "id-" + name) : json.put("name", name);
        }
    }

    /** A transition. */
    record Way(String id, String name, String to, ObjectNode fields) {
        ObjectNode json(boolean withFields) {
            ObjectNode json = JSON.objectNode().put("id", id).put("name", name);
            json.set("to", status(to));
            return withFields ? json.set("fields", fields) : json;
        }
    }

    static Way way(String id, String name, String to) {
        return new Way(id, name, to, JSON.objectNode());
    }

    /** The same, with fields as in {@code {"resolution": {"required": true, …}}}. */
    static Way way(String id, String name, String to, String fields) {
        return new Way(id, name, to, (ObjectNode) MAPPER.readTree(fields));
    }

    static ObjectNode status(String name) {
        String category = switch (name) {
            case "Done", "Closed", "Rejected" -> "done";
            case "In Progress" -> "indeterminate";
            default -> "new";
        };
        ObjectNode status = JSON.objectNode().put("name", name);
        return status.set("statusCategory", JSON.objectNode().put("key", category));
    }

    /** An issue. */
    static final class Ticket {
        final String key;
        final int number;
        ObjectNode fields = JSON.objectNode();
        String status = "To Do";
        String resolution = "";
        Person assignee;
        int seenAfter;
        final ObjectNode properties = JSON.objectNode();
        final List<String> comments = new ArrayList<>();
        final List<String> linked = new ArrayList<>();

        Ticket(String key, int number) {
            this.key = key;
            this.number = number;
        }

        List<String> labels() {
            List<String> labels = new ArrayList<>();
            fields.path("labels").forEach(label -> labels.add(label.asString()));
            return labels;
        }
    }

    /** A ticket that stands already. */
    Ticket put(String status, String... labels) {
        int number = tickets.size() + 1;
        Ticket ticket = new Ticket(key + "-" + number, number);
        ticket.status = status;
        ArrayNode array = JSON.arrayNode();
        List.of(labels).forEach(array::add);
        ticket.fields.set("labels", array);
        tickets.put(ticket.key, ticket);
        return ticket;
    }

    Ticket create(JsonNode body, boolean cloud) {
        Ticket ticket = put("To Do");
        ticket.fields = (ObjectNode) body.path("fields").deepCopy();
        ticket.seenAfter = searches + lag;
        ticket.assignee = person(ticket.fields.path("assignee"), cloud).orElse(null);
        body.path("properties")
                .forEach(property -> ticket.properties.set(property.path("key").asString(), property.path("value")));
        return ticket;
    }

    Optional<Person> person(JsonNode reference, boolean cloud) {
        String id = reference.path(cloud ? "id" : "name").asString("");
        return people.stream()
                .filter(person -> (cloud ? "id-" + person.name() : person.name()).equals(id))
                .findFirst();
    }

    /** What a search shows by now. */
    List<Ticket> search(String label) {
        searches++;
        return tickets.values().stream()
                .filter(ticket -> ticket.seenAfter < searches && ticket.labels().contains(label))
                .toList();
    }

    ObjectNode json(Ticket ticket, boolean cloud) {
        ObjectNode fields = JSON.objectNode();
        fields.set("status", status(ticket.status));
        fields.set("assignee", ticket.assignee == null ? JSON.nullNode() : ticket.assignee.json(cloud));
        fields.set("labels", ticket.fields.path("labels"));
        ObjectNode json = JSON.objectNode()
                .put("id", String.valueOf(10_000 + ticket.number))
                .put("key", ticket.key);
        json.set("fields", fields);
        return json.set("properties", ticket.properties.deepCopy());
    }

    Ticket only() {
        if (tickets.size() != 1) {
            throw new AssertionError("there are " + tickets.size() + " tickets: " + tickets.keySet());
        }
        return tickets.values().iterator().next();
    }
}
