package io.keyturn.adapters.slack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Slack over HTTP, checking what its documentation asks of a request, and able to be slow, refuse and lose answers. Paths
 * below {@code /api/} are the Web API, {@code /services/} an incoming webhook.
 */
final class SlackDouble implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    final SlackWorkspace workspace;

    /** What goes wrong with one call. */
    sealed interface Fault {
        /** It is not done, and the answer is this. */
        record Answers(int status, String retryAfter, String body) implements Fault {}

        /** It is not done, and the connection ends. */
        record DropsBefore() implements Fault {}

        /** It is done, and the connection ends. */
        record DropsAfter() implements Fault {}

        /** It is not done, as the token is taken back. */
        record Revokes() implements Fault {}
    }

    SlackDouble(SlackWorkspace workspace) throws IOException {
        this.workspace = workspace;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/");
    }

    String webhook() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0/B0/canarysecret";
    }

    /** The next call of a method (or of {@code webhook}) without one yet goes wrong so. */
    synchronized void fail(String method, Fault fault) {
        faults.computeIfAbsent(method, m -> new ArrayDeque<>()).add(fault);
    }

    private synchronized Fault next(String method) {
        Deque<Fault> waiting = faults.get(method);
        return waiting == null ? null : waiting.poll();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean api = path.startsWith("/api/");
            String method = api ? path.substring("/api/".length()) : "webhook";
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (next(method)) {
                case Fault.Answers(int status, String retryAfter, String said) ->
                    answer(exchange, status, retryAfter, said);
                case Fault.DropsBefore() -> {
                    // Closing the exchange unanswered ends the connection.
                }
                case Fault.DropsAfter() -> done(exchange, api, method, body);
                case Fault.Revokes() -> {
                    workspace.token = "";
                    respond(exchange, api, method, body);
                }
                case null -> respond(exchange, api, method, body);
            }
        }
    }

    private void respond(HttpExchange exchange, boolean api, String method, String body) throws IOException {
        SlackWorkspace.Said said = done(exchange, api, method, body);
        if (said.tooEarly()) {
            answer(exchange, 429, "1", said.body().toString());
            return;
        }
        boolean hookDone = !api && said.body().path("ok").asBoolean(false);
        exchange.getResponseHeaders().set("X-OAuth-Scopes", String.join(",", workspace.scopes));
        String error = said.body().path("error").asString("");
        answer(exchange, api || hookDone ? 200 : 400, "", api ? said.body().toString() : hookDone ? "ok" : error);
    }

    private SlackWorkspace.Said done(HttpExchange exchange, boolean api, String method, String body) {
        if (!api) {
            JsonNode message = Form.JSON.readTree(body);
            workspace.called.add("webhook");
            workspace.posted.add(new SlackWorkspace.Posted("webhook", "", "", message));
            return new SlackWorkspace.Said(
                    BlockKit.problems(message).isEmpty()
                            ? Form.JSON.createObjectNode().put("ok", true)
                            : SlackWorkspace.error("invalid_payload"),
                    false);
        }
        boolean writes = method.startsWith("chat.");
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (writes && !type.equals("application/json; charset=utf-8")) {
            return new SlackWorkspace.Said(SlackWorkspace.error("invalid_form_data"), false);
        }
        JsonNode arguments = writes
                ? Form.JSON.readTree(body)
                : query(exchange.getRequestURI().getRawQuery());
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        return workspace.answer(method, authorization, arguments);
    }

    private static ObjectNode query(String raw) {
        ObjectNode arguments = Form.JSON.createObjectNode();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            arguments.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return arguments;
    }

    private static void answer(HttpExchange exchange, int status, String retryAfter, String body) throws IOException {
        if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
