package io.keyturn.proof.acting;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The two calls of SES v2 that mail takes: it keeps every letter, and knows no suppressed address unless told. */
final class Postbox implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    final List<JsonNode> letters = new CopyOnWriteArrayList<>();
    final List<String> suppressed = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Postbox() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/email/outbound-emails", this::take);
        server.createContext("/v2/email/suppression/addresses/", this::look);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        letters.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
        answer(exchange, 200, "{\"MessageId\":\"letter-" + letters.size() + "\"}");
    }

    private void look(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String address = path.substring(path.lastIndexOf('/') + 1);
        if (suppressed.contains(address)) {
            answer(
                    exchange,
                    200,
                    "{\"SuppressedDestination\":{\"EmailAddress\":\"" + address
                            + "\",\"Reason\":\"BOUNCE\",\"LastUpdateTime\":1.0}}");
        } else {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "NotFoundException");
            answer(exchange, 404, "{\"message\":\"not suppressed\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
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
