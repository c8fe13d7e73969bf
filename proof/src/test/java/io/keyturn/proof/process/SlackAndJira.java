package io.keyturn.proof.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Slack's one method and Jira's two that keycheck uses, as it uses them; whatever else is asked for is not there. */
final class SlackAndJira implements AutoCloseable {
    static final String SLACK_TOKEN = "xoxb-canary-81";
    static final String JIRA_EMAIL = "bot@example.com";
    static final String JIRA_TOKEN = "canary-82";
    private static final Pattern MENTIONED =
            Pattern.compile("description~\"(\\w{5})\" and labels=AWS-User-Key-Rotation");
    private static final JsonMapper JSON = new JsonMapper();

    final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    final List<ObjectNode> tickets = new CopyOnWriteArrayList<>();
    final List<String> searches = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private String slackError = "";

    SlackAndJira() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/chat.postMessage", this::post);
        server.createContext("/rest/api/2/search", this::search);
        server.createContext("/rest/api/2/issue", this::issue);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on Slack refuses every message so; empty ends that. */
    void slackSays(String error) {
        slackError = error;
    }

    /** A ticket as the tool itself files it. */
    String filedByTheTool(String user, String ending, String status) {
        return add(
                "AWS Access key is soon to expire - " + user,
                "AWS Access Key must be rotated for " + user + " with Key ID ending in ****" + ending
                        + ". This key is set to expire on 11/21/2026.",
                status);
    }

    private String add(String summary, String description, String status) {
        ObjectNode ticket = JSON.createObjectNode().put("key", "OPS-" + (tickets.size() + 1));
        ObjectNode fields = ticket.putObject("fields").put("summary", summary).put("description", description);
        fields.putArray("labels").add("AWS-User-Key-Rotation");
        fields.putObject("status").put("name", status);
        tickets.add(ticket);
        return ticket.get("key").asString();
    }

    /** What a message says, all of it. */
    static String text(JsonNode message) {
        return message.toString();
    }

    private void post(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        boolean known =
                ("Bearer " + SLACK_TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String error = known ? slackError : "invalid_auth";
        if (error.isEmpty()) {
            messages.add(body);
        }
        answer(
                exchange,
                200,
                error.isEmpty()
                        ? "{\"ok\":true,\"channel\":\"D1\",\"ts\":\"1.1\"}"
                        : "{\"ok\":false,\"error\":\"" + error + "\"}");
    }

    private void search(HttpExchange exchange) throws IOException {
        String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
        Matcher mentioned = MENTIONED.matcher(query);
        if (!mentioned.find() || !query.contains("status not in (Closed, Cancelled, Resolved, \"In Progress\")")) {
            answer(exchange, 400, "{\"errorMessages\":[\"not keycheck's query\"]}");
            return;
        }
        searches.add(mentioned.group(1));
        ObjectNode found = JSON.createObjectNode();
        ArrayNode issues = found.putArray("issues");
        tickets.stream()
                .filter(ticket -> ticket.at("/fields/description").asString().contains(mentioned.group(1)))
                .filter(ticket -> !List.of("Closed", "Cancelled", "Resolved", "In Progress")
                        .contains(ticket.at("/fields/status/name").asString()))
                .forEach(issues::add);
        answer(exchange, 200, found.toString());
    }

    private void issue(HttpExchange exchange) throws IOException {
        String login = "Basic "
                + Base64.getEncoder().encodeToString((JIRA_EMAIL + ":" + JIRA_TOKEN).getBytes(StandardCharsets.UTF_8));
        JsonNode fields =
                JSON.readTree(exchange.getRequestBody().readAllBytes()).path("fields");
        boolean fits = fields.at("/project/key").asString("").equals("OPS")
                && fields.at("/issuetype/name").asString("").equals("Story")
                && fields.path("labels").toString().equals("[\"AWS-User-Key-Rotation\"]")
                && login.equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!fits) {
            answer(exchange, 400, "{\"errorMessages\":[\"not what keycheck files\"]}");
            return;
        }
        String key = add(
                fields.path("summary").asString(), fields.path("description").asString(), "To Do");
        answer(exchange, 201, "{\"id\":\"1\",\"key\":\"" + key + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
