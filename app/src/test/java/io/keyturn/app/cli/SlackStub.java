package io.keyturn.app.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers Slack's reading methods with what a test put there: by method and query. */
final class SlackStub implements AutoCloseable {
    final Map<String, String> answers = new TreeMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

    SlackStub(String token) throws IOException {
        server.createContext("/", exchange -> {
            try (exchange) {
                String call = exchange.getRequestURI().toString().replaceFirst("^/api/", "");
                asked.add(exchange.getRequestMethod() + " " + call);
                boolean known =
                        ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
                String answer = known
                        ? answers.getOrDefault(call, "{\"ok\":false,\"error\":\"unknown_method\"}")
                        : "{\"ok\":false,\"error\":\"invalid_auth\"}";
                exchange.getResponseHeaders().set("X-OAuth-Scopes", "chat:write,users:read");
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
