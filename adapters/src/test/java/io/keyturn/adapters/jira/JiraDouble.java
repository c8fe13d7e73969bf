package io.keyturn.adapters.jira;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.adapters.jira.JiraProject.Ticket;
import io.keyturn.adapters.jira.JiraProject.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jira by its published rules, Cloud or Server: it refuses what Jira refuses, notes every breach of a rule, shows new
 * issues in a search only after a while, and fails where it is told to.
 */
final class JiraDouble implements AutoCloseable {
    static final String EMAIL = "bot@example.com";
    static final String TOKEN = "canary-7d1e55-token";
    private static final JsonMapper JSON = new JsonMapper();

    final JiraProject project = new JiraProject();
    final JiraRules rules;
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final boolean cloud;
    private final HttpServer server;
    /** Permissions that the account lacks. */
    final List<String> denied = new ArrayList<>();

    /** What goes wrong with the next request that fits. */
    record Trouble(String request, Kind kind, int status, Map<String, String> headers, String body) {
        /** When it goes wrong. */
        enum Kind {
            ANSWERED,
            DONE_AND_ANSWERED,
            LOST,
            DONE_AND_LOST
        }
    }

    JiraDouble(boolean cloud) throws IOException {
        this.cloud = cloud;
        this.rules = new JiraRules(project, cloud);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    String base() {
        return cloud ? "/rest/api/3" : "/rest/api/2";
    }

    /** The next request like this one is answered so, and not carried out. */
    void answer(String request, int status, String body, String... headers) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        troubles.add(new Trouble(request, Trouble.Kind.ANSWERED, status, map, body));
    }

    /** The next request like this one goes wrong so. */
    void trouble(String request, Trouble.Kind kind) {
        troubles.add(new Trouble(request, kind, 502, Map.of(), "<html>Bad gateway</html>"));
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String request = method + " " + path;
            requests.add(request);
            Trouble trouble = troubles.stream()
                    .filter(t -> request.matches(t.request()))
                    .findFirst()
                    .orElse(null);
            troubles.remove(trouble);
            Reply reply = trouble == null
                            || trouble.kind() == Trouble.Kind.DONE_AND_ANSWERED
                            || trouble.kind() == Trouble.Kind.DONE_AND_LOST
                    ? reply(exchange, method, path, body)
                    : new Reply(trouble.status(), trouble.body());
            if (trouble == null) {
                send(exchange, reply, Map.of());
            } else if (trouble.kind() == Trouble.Kind.ANSWERED || trouble.kind() == Trouble.Kind.DONE_AND_ANSWERED) {
                send(exchange, new Reply(trouble.status(), trouble.body()), trouble.headers());
            }
        } finally {
            // Without an answer sent, this hangs up.
            exchange.close();
        }
    }

    private record Reply(int status, String body) {
        Reply(int status, JsonNode body) {
            this(status, body.toString());
        }
    }

    private static void send(HttpExchange exchange, Reply reply, Map<String, String> headers) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply reply(HttpExchange exchange, String method, String path, String text) {
        if (!String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .equals(login())) {
            return new Reply(401, "Client must be authenticated to access this resource.");
        }
        if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Accept"))) {
            rules.fault("a request accepts no JSON");
        }
        JsonNode body = JiraProject.JSON.objectNode();
        if (!text.isEmpty()) {
            if (!String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))
                    .startsWith("application/json")) {
                return new Reply(415, "");
            }
            try {
                body = JSON.readTree(text);
            } catch (JacksonException e) {
                return new Reply(400, "{\"errorMessages\": [\"There was an error parsing JSON.\"]}");
            }
        }
        if (cloud && path.equals("/rest/api/3/search")) {
            return new Reply(410, "{\"errorMessages\": [\"The requested API has been removed.\"]}");
        }
        return path.startsWith(base() + "/")
                ? route(method, path.substring(base().length()), query(exchange), body)
                : new Reply(404, "<html>Oops, you've found a dead link.</html>");
    }

    private String login() {
        byte[] pair = (EMAIL + ":" + TOKEN).getBytes(StandardCharsets.UTF_8);
        return cloud ? "Basic " + Base64.getEncoder().encodeToString(pair) : "Bearer " + TOKEN;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new TreeMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] two = pair.split("=", 2);
            query.put(two[0], URLDecoder.decode(two[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private Reply route(String method, String path, Map<String, String> query, JsonNode body) {
        String[] part = path.split("/");
        return switch (method + " " + part[1]) {
            case "POST search" -> search(path, body);
            case "POST issue" -> part.length == 2 ? create(body) : onIssue(part, body);
            case "PUT issue" -> property(part, body);
            case "GET issue" -> part[2].equals("createmeta") ? createMeta(part) : read(part, query);
            case "POST issueLink" -> link(body);
            case "GET user" -> people(query);
            case "GET myself" -> new Reply(200, "{\"displayName\": \"Keyturn bot\", \"active\": true}");
            case "GET mypermissions" -> permissions(query);
            case "GET project" ->
                part[2].equals(project.key)
                        ? new Reply(200, "{\"key\": \"OPS\", \"name\": \"Operations\"}")
                        : missing();
            default -> missing();
        };
    }

    private static Reply missing() {
        return new Reply(
                404, "{\"errorMessages\": [\"Issue does not exist or you do not have permission to see it.\"]}");
    }

    private static Reply refused(Map<String, String> errors) {
        ObjectNode body = JiraProject.JSON.objectNode();
        body.set("errorMessages", JiraProject.JSON.arrayNode());
        ObjectNode list = JiraProject.JSON.objectNode();
        errors.forEach(list::put);
        return new Reply(400, body.set("errors", list));
    }

    private Reply search(String path, JsonNode body) {
        if (!path.equals(cloud ? "/search/jql" : "/search")) {
            return missing();
        }
        boolean further = body.has("nextPageToken") || body.path("startAt").asInt(0) > 0;
        project.searches -= further ? 1 : 0;
        List<Ticket> found = project.search(rules.search(body));
        int from = cloud
                ? Integer.parseInt(body.path("nextPageToken").asString("p0").substring(1))
                : body.path("startAt").asInt(0);
        int to = Math.min(
                found.size(),
                from + Math.min(project.pageSize, body.path("maxResults").asInt(50)));
        ArrayNode issues = JiraProject.JSON.arrayNode();
        found.subList(Math.min(from, to), to)
                .forEach(ticket -> issues.add(JiraProject.JSON
                        .objectNode()
                        .put("id", String.valueOf(10_000 + ticket.number))
                        .put("key", ticket.key)));
        ObjectNode page = JiraProject.JSON.objectNode();
        page.set("issues", issues);
        if (cloud) {
            page.put("isLast", to == found.size());
            return new Reply(200, to == found.size() ? page : page.put("nextPageToken", "p" + to));
        }
        return new Reply(
                200,
                page.put("startAt", from).put("maxResults", project.pageSize).put("total", found.size()));
    }

    private Reply create(JsonNode body) {
        Map<String, String> errors = rules.create(body);
        if (!errors.isEmpty()) {
            return refused(errors);
        }
        Ticket ticket = project.create(body, cloud);
        ObjectNode made = JiraProject.JSON.objectNode().put("id", "x").put("key", ticket.key);
        return new Reply(201, made.put("self", url() + base() + "/issue/" + ticket.key));
    }

    private Reply read(String[] part, Map<String, String> query) {
        Ticket ticket = project.tickets.get(part[2]);
        if (ticket == null) {
            return missing();
        }
        if (part.length == 3) {
            return new Reply(200, project.json(ticket, cloud));
        }
        ArrayNode ways = JiraProject.JSON.arrayNode();
        boolean fields = "transitions.fields".equals(query.get("expand"));
        project.ways.get(ticket.status).forEach(way -> ways.add(way.json(fields)));
        return new Reply(200, JiraProject.JSON.objectNode().set("transitions", ways));
    }

    private Reply onIssue(String[] part, JsonNode body) {
        Ticket ticket = project.tickets.get(part[2]);
        if (ticket == null) {
            return missing();
        }
        if (part[3].equals("comment")) {
            Map<String, String> errors = new TreeMap<>();
            rules.comment(body, errors);
            if (!errors.isEmpty()) {
                return refused(errors);
            }
            ticket.comments.add(body.path("body").toString());
            return new Reply(201, "{\"id\": \"1\"}");
        }
        rules.transition(body);
        for (Way way : project.ways.get(ticket.status)) {
            if (way.id().equals(body.path("transition").path("id").asString(""))) {
                for (var field : way.fields().properties()) {
                    if (field.getValue().path("required").asBoolean(false)
                            && body.path("fields").path(field.getKey()).isMissingNode()) {
                        return refused(Map.of(field.getKey(), "It is required."));
                    }
                }
                ticket.status = way.to();
                ticket.resolution =
                        body.path("fields").path("resolution").path("name").asString("");
                return new Reply(204, "");
            }
        }
        return refused(Map.of("transition", "It is not valid for the current state of the issue."));
    }

    private Reply property(String[] part, JsonNode body) {
        Ticket ticket = project.tickets.get(part[2]);
        ticket.properties.set(part[4], body);
        return new Reply(200, "");
    }

    private Reply link(JsonNode body) {
        Ticket ticket =
                project.tickets.get(body.path("outwardIssue").path("key").asString(""));
        if (!project.links || ticket == null) {
            return missing();
        }
        ticket.linked.add(body.path("inwardIssue").path("key").asString(""));
        return new Reply(201, "");
    }

    private Reply people(Map<String, String> query) {
        String wanted = query.getOrDefault(cloud ? "query" : "username", "");
        if (wanted.isEmpty() || !project.key.equals(query.get("project"))) {
            rules.fault("people are not looked for so: " + query);
        }
        ArrayNode found = JiraProject.JSON.arrayNode();
        project.people.stream()
                .filter(person -> person.mail().startsWith(wanted))
                .forEach(person -> found.add(person.json(cloud)));
        return new Reply(200, found);
    }

    private Reply permissions(Map<String, String> query) {
        if (cloud && !query.containsKey("permissions")) {
            return new Reply(400, "{\"errorMessages\": [\"The 'permissions' query parameter is required.\"]}");
        }
        ObjectNode permissions = JiraProject.JSON.objectNode();
        for (String name : List.of(
                "BROWSE_PROJECTS",
                "CREATE_ISSUES",
                "ADD_COMMENTS",
                "TRANSITION_ISSUES",
                "EDIT_ISSUES",
                "ASSIGN_ISSUES")) {
            permissions.set(
                    name, JiraProject.JSON.objectNode().put("key", name).put("havePermission", !denied.contains(name)));
        }
        return new Reply(200, JiraProject.JSON.objectNode().set("permissions", permissions));
    }

    private Reply createMeta(String[] part) {
        if (!part[3].equals(project.key)) {
            return missing();
        }
        ArrayNode list = JiraProject.JSON.arrayNode();
        boolean types = part.length == 5;
        if (types) {
            project.types.forEach(type -> list.add(
                    JiraProject.JSON.objectNode().put("id", "t-" + type).put("name", type)));
        } else {
            project.required.forEach(
                    (id, field) -> list.add(field.deepCopy().put("fieldId", id).put("required", true)));
            list.add(JiraProject.JSON
                    .objectNode()
                    .put("fieldId", "summary")
                    .put("required", true)
                    .put("name", "Summary"));
        }
        return new Reply(
                200, JiraProject.JSON.objectNode().set(cloud ? (types ? "issueTypes" : "fields") : "values", list));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
