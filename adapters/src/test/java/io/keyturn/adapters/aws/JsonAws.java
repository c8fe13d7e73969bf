package io.keyturn.adapters.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every call of one of AWS's services as a test says, and keeps what it was sent. */
public final class JsonAws implements AutoCloseable {
    private record Answer(int status, String error, String body) {}

    private final HttpServer server;
    private final Deque<Answer> first = new ConcurrentLinkedDeque<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile Answer usual = new Answer(200, "", "{}");

    public JsonAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * From now on.
     *
     * @param error the name of an error, with its message as {@code body}; empty where {@code body} is an answer
     */
    public void answer(int status, String error, String body) {
        usual = answered(status, error, body);
    }

    /** To the next call that no earlier such answer is for. */
    public void once(int status, String error, String body) {
        first.add(answered(status, error, body));
    }

    private static Answer answered(int status, String error, String body) {
        return new Answer(status, error, error.isEmpty() ? body : "{\"message\":\"" + body + "\"}");
    }

    /** The bodies of the calls so far. */
    public List<String> received() {
        return received;
    }

    /** How they were signed, which tells Region and service. */
    public List<String> authorizations() {
        return authorizations;
    }

    /** What a process that uses it has in its environment. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort(),
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST",
                "AWS_SECRET_ACCESS_KEY", "secret");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            Answer next = first.poll();
            Answer answer = next == null ? usual : next;
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            if (!answer.error().isEmpty()) {
                exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.error());
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
