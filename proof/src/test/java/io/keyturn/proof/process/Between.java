package io.keyturn.proof.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Stands between Keyturn and moto: notes the calls, refuses those it is told to, and makes pages of users small. */
final class Between implements AutoCloseable {
    private static final Set<String> PASSED = Set.of("authorization", "x-amz-target", "content-type", "x-amz-date");

    final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final URI behind;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private int page = 1000;

    Between(String behind) throws IOException {
        this.behind = URI.create(behind);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on calls in which all of these stand, in operation or body, are denied. */
    void refuse(String... marks) {
        refused.add(String.join("\n", marks));
    }

    /** From now on a page of users has no more than these. */
    void pages(int users) {
        page = users;
    }

    /** Operations that were called, by their names. */
    List<String> operations() {
        return calls.stream()
                .map(call -> call.startsWith("Action=") ? call.substring(7).split("&", 2)[0] : call.split(" ", 2)[0])
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String call = target == null ? body : target.substring(target.indexOf('.') + 1) + " " + body;
            calls.add(call);
            boolean no = refused.stream().anyMatch(marks -> marks.lines().allMatch(call::contains));
            if (no) {
                refuse(exchange, target == null);
            } else {
                pass(exchange, body.replace("MaxItems=1000", "MaxItems=" + page));
            }
        }
    }

    private static void refuse(HttpExchange exchange, boolean xml) throws IOException {
        String answer = xml
                ? "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not allowed</Message>"
                        + "</Error></ErrorResponse>"
                : "{\"__type\":\"AccessDeniedException\",\"message\":\"not allowed\"}";
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(xml ? 403 : 400, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void pass(HttpExchange exchange, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (PASSED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, values.getFirst());
            }
        });
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            for (String name : new ArrayList<>(List.of("content-type", "x-amzn-requestid", "x-amz-crc32"))) {
                answer.headers()
                        .firstValue(name)
                        .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
            }
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
