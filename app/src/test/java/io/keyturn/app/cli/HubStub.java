package io.keyturn.app.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS Security Hub by its API reference: imports at most 100 findings a call, of one account, updates those it has, and gives
 * pages of those that filters ask for. It can refuse single findings, and whole operations.
 */
final class HubStub implements AutoCloseable {
    /** By ID. */
    final Map<String, ObjectNode> findings = new TreeMap<>();
    /** Of each import the credentials' key, and the accounts of its findings. */
    final List<String> sessions = new CopyOnWriteArrayList<>();

    final List<Integer> batches = new CopyOnWriteArrayList<>();
    final Set<String> broken = new HashSet<>();
    final Map<String, String> refused = new TreeMap<>();
    int page = 100;
    private final HttpServer server;

    HubStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            String signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String path = exchange.getRequestURI().getPath();
            if (!signed.contains("/eu-central-1/securityhub/aws4_request")) {
                answer(exchange, 403, error("AccessDeniedException", "signed for another service"));
            } else if (refused.containsKey(path)) {
                exchange.getResponseHeaders()
                        .add("x-amzn-ErrorType", refused.get(path) + ":http://internal.amazon.com/");
                answer(exchange, refused.get(path).startsWith("AccessDenied") ? 403 : 401, error("", "not here"));
            } else {
                answer(exchange, 200, path.equals("/findings/import") ? take(body, signed) : find(body));
            }
        }
    }

    private ObjectNode take(JsonNode body, String signed) {
        JsonNode all = body.get("Findings");
        batches.add(all.size());
        Set<String> accounts = new HashSet<>();
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        ArrayNode failed = answer.putArray("FailedFindings");
        for (JsonNode finding : all) {
            accounts.add(finding.get("AwsAccountId").asString());
            String id = finding.get("Id").asString();
            if (broken.stream().anyMatch(finding.get("Title").asString()::contains)) {
                failed.addObject()
                        .put("Id", id)
                        .put("ErrorCode", "InvalidInput")
                        .put("ErrorMessage", "bad resource");
            } else {
                findings.computeIfAbsent(id, any -> JsonMapper.shared().createObjectNode())
                        .setAll((ObjectNode) finding);
            }
        }
        sessions.add(signed.split("Credential=")[1].split("/")[0] + " " + accounts);
        return answer.put("FailedCount", failed.size()).put("SuccessCount", all.size() - failed.size());
    }

    private ObjectNode find(JsonNode body) {
        List<ObjectNode> fit = new ArrayList<>(findings.values());
        fit.removeIf(finding -> body.path("Filters").properties().stream()
                .anyMatch(filter -> filter.getValue()
                        .valueStream()
                        .noneMatch(one -> one.get("Value")
                                .asString()
                                .equals(finding.path(filter.getKey()).asString()))));
        int from = body.path("NextToken").asInt(0);
        int to = Math.min(fit.size(), from + page);
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.putArray("Findings").addAll(fit.subList(from, to));
        return to < fit.size() ? answer.put("NextToken", Integer.toString(to)) : answer;
    }

    private static ObjectNode error(String code, String message) {
        return JsonMapper.shared().createObjectNode().put("Code", code).put("Message", message);
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode json) throws IOException {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
