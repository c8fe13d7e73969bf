package io.keyturn.adapters.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.engine.port.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that takes JSON by POST, answers as it is told to, and forgets nothing. */
public final class HookServer implements AutoCloseable {
    private static final String PATH = "/hooks/hidden-path?sig=hidden-signature";

    /** What came, header names in any case. */
    public record Received(String path, Map<String, String> headers, String body) {}

    /** What is answered; a status of 0 hangs up instead. */
    private record Reply(int status, Map<String, String> headers, String body) {}

    /** The instant of every clock here. */
    public static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    public final List<Received> received = new CopyOnWriteArrayList<>();
    public final List<Duration> pauses = new ArrayList<>();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final HttpServer server;
    private final WebCalls calls = new WebCalls("1.2.3", new Reach(false, true));
    private Reply otherwise = new Reply(202, Map.of(), "");

    public HookServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    /** Answers the next request so, and the ones after it as said later. */
    public HookServer then(int status, Map<String, String> headers, String body) {
        replies.add(new Reply(status, headers, body));
        return this;
    }

    /** Answers all requests so for which nothing else was said. */
    public HookServer always(int status, String body) {
        otherwise = new Reply(status, Map.of(), body);
        return this;
    }

    /** Hangs up on the next request after having taken it. */
    public HookServer thenHangUp() {
        return then(0, Map.of(), "");
    }

    public WebCalls calls() {
        return calls;
    }

    /** Waits without letting time pass. */
    public Patience patience() {
        return new Patience(() -> NOW, pauses::add, Duration.ofSeconds(60));
    }

    public Hook hook(String place) {
        return new Hook(place, calls, patience(), new Secret(address()));
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    public Received only() {
        if (received.size() != 1) {
            throw new AssertionError(received.size() + " requests came");
        }
        return received.getFirst();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(exchange.getRequestURI().toString(), headers, body));
            Reply reply = replies.isEmpty() ? otherwise : replies.poll();
            if (reply.status() > 0) {
                reply.headers().forEach(exchange.getResponseHeaders()::set);
                byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        calls.close();
        server.stop(0);
    }
}
