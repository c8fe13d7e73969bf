package io.keyturn.adapters.aws.journal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each action as a test says, for refusals that a DynamoDB on this machine never makes. */
final class FakeDynamo implements AutoCloseable {
    static final Answer EMPTY = new Answer(200, "{}");

    private final HttpServer server;
    private final Map<String, Answer> usual = new ConcurrentHashMap<>();
    private final Map<String, Queue<Answer>> next = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    record Answer(int status, String body) {}

    /** A table that is there, of the right keys and version, and empty. */
    FakeDynamo() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        always("DescribeTable", table("ACTIVE", "pk", "sk"));
        always("GetItem", version("1"));
    }

    static Answer table(String status, String partition, String sort) {
        return new Answer(
                200,
                "{\"Table\":{\"TableStatus\":\"" + status + "\",\"KeySchema\":[{\"AttributeName\":\"" + partition
                        + "\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"" + sort
                        + "\",\"KeyType\":\"RANGE\"}],\"AttributeDefinitions\":[{\"AttributeName\":\"" + partition
                        + "\",\"AttributeType\":\"S\"},{\"AttributeName\":\"" + sort
                        + "\",\"AttributeType\":\"S\"}]}}");
    }

    static Answer version(String number) {
        return new Answer(200, "{\"Item\":{\"version\":{\"N\":\"" + number + "\"}}}");
    }

    static Answer error(int status, String code, String message) {
        return new Answer(
                status,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"" + message + "\"}");
    }

    static Answer denied(String action) {
        return error(
                400,
                "AccessDeniedException",
                "User: arn:aws:iam::111122223333:user/keyturn is not authorized to perform: " + action
                        + " on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/journal");
    }

    static Answer cancelled(String... codes) {
        String reasons = String.join(
                ",",
                List.of(codes).stream().map(c -> "{\"Code\":\"" + c + "\"}").toList());
        return new Answer(
                400,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\",\"Message\":"
                        + "\"Transaction cancelled\",\"CancellationReasons\":[" + reasons + "]}");
    }

    FakeDynamo always(String action, Answer answer) {
        usual.put(action, answer);
        return this;
    }

    /** The next calls get these answers, one each, and later ones the usual one. */
    FakeDynamo next(String action, Answer... each) {
        next.put(action, new ConcurrentLinkedQueue<>(List.of(each)));
        return this;
    }

    int count(String action) {
        return counts.getOrDefault(action, new AtomicInteger()).get();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String action = target.substring(target.indexOf('.') + 1);
            counts.computeIfAbsent(action, a -> new AtomicInteger()).incrementAndGet();
            Answer answer =
                    next.getOrDefault(action, new ConcurrentLinkedQueue<>()).poll();
            if (answer == null) {
                answer = usual.getOrDefault(action, EMPTY);
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            // So that a test knows which connection a call takes: a new one.
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
