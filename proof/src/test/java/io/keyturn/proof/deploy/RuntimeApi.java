package io.keyturn.proof.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The Runtime API of AWS Lambda (2018-06-01), and a function under Lambda's own runtime interface client. */
final class RuntimeApi implements AutoCloseable {
    private static final String BASE = "/2018-06-01/runtime/";

    private final HttpServer server;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Process function;
    private int count;

    private record Event(String id, String json, long deadlineMillis) {}

    /** What came of an event. */
    record Answer(boolean failed, String body) {}

    /** @param log takes what the function writes */
    RuntimeApi(Map<String, String> environment, Path log) throws IOException {
        this(environment, log, System.getProperty("java.class.path"));
    }

    /** @param classPath where the function and the runtime are */
    RuntimeApi(Map<String, String> environment, Path log, String classPath) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(BASE, this::serve);
        server.start();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                        "io.keyturn.app.lambda.KeyturnFunction::handleRequest"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        "127.0.0.1:" + server.getAddress().getPort(),
                        "AWS_LAMBDA_LOG_FORMAT",
                        "JSON",
                        "AWS_LAMBDA_FUNCTION_NAME",
                        "keyturn",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        "512",
                        "LAMBDA_TASK_ROOT",
                        log.getParent().toString(),
                        "_HANDLER",
                        "io.keyturn.app.lambda.KeyturnFunction::handleRequest"));
        function = builder.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(BASE.length());
            if (path.equals("invocation/next")) {
                next(exchange);
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answers.add(new Answer(!path.endsWith("/response"), body));
            exchange.sendResponseHeaders(202, -1);
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            Event event = events.take();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", event.id());
            exchange.getResponseHeaders()
                    .add(
                            "Lambda-Runtime-Deadline-Ms",
                            Long.toString(System.currentTimeMillis() + event.deadlineMillis()));
            exchange.getResponseHeaders()
                    .add(
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "arn:aws:lambda:eu-west-1:111122223333:function:keyturn");
            byte[] json = event.json().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Invokes the function. */
    Answer invoke(String event, int seconds) throws InterruptedException {
        events.add(new Event("request-" + ++count, event, seconds * 1000L));
        while (true) {
            Answer answer = answers.poll(100, TimeUnit.MILLISECONDS);
            if (answer != null) {
                return answer;
            }
            if (!function.isAlive()) {
                return new Answer(true, "the process ended with " + function.exitValue());
            }
        }
    }

    @Override
    public void close() {
        function.destroyForcibly();
        server.stop(0);
    }
}
