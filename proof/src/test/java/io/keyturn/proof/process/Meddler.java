package io.keyturn.proof.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.proof.moto.AgedMoto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a process and its AWS, and refuses, loses or watches what a test tells it to. */
final class Meddler implements AutoCloseable {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

    private final String target;
    private final Rule rule;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What a request is about. */
    record Call(String method, String path, String body) {
        /** Whether it is this action of IAM, about this user. */
        boolean is(String action, String user) {
            return body.contains("Action=" + action + "&") && (body + "&").contains("UserName=" + user + "&");
        }

        /** Whether an object below this path is written. */
        boolean writes(String below) {
            return method.equals("PUT") && path.contains(below);
        }
    }

    /** What becomes of it. */
    enum Deed {
        PASS,
        DENY,
        THROTTLE,
        /** It has its effect, and nobody hears of it. */
        ANSWER_LOST
    }

    /** Decides over each request, before it has its effect. */
    interface Rule {
        Deed of(Call call);
    }

    Meddler(AgedMoto moto, Rule rule) throws IOException {
        this.target = moto.url();
        this.rule = rule;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Call call = new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    new String(body, StandardCharsets.ISO_8859_1));
            switch (rule.of(call)) {
                case PASS -> pass(exchange, body);
                case DENY -> refuse(exchange, 403, "AccessDenied");
                case THROTTLE -> refuse(exchange, 400, "Throttling");
                case ANSWER_LOST -> forward(exchange, body);
            }
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        String error = "<Error><Code>" + code + "</Code><Message>so it was ordained</Message></Error>";
        // S3 answers so; what is posted is to IAM, and wrapped.
        boolean posted = exchange.getRequestMethod().equals("POST");
        byte[] answer =
                (posted ? "<ErrorResponse>" + error + "</ErrorResponse>" : error).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException {
        HttpResponse<byte[]> answer = forward(exchange, body);
        answer.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, List.copyOf(values));
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
