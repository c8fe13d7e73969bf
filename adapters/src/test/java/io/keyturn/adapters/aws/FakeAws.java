package io.keyturn.adapters.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Answers each action as a test says, for cases that no real or simulated AWS can be made to show on demand. */
final class FakeAws implements AutoCloseable {
    static final String ACCOUNT = "111122223333";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Function<Map<String, String>, Answer>> actions = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    record Answer(int status, String body) {}

    FakeAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
        on(
                "GetCallerIdentity",
                r -> "<Account>" + ACCOUNT + "</Account><Arn>arn:aws:iam::" + ACCOUNT
                        + ":user/me</Arn><UserId>AIDAME</UserId>");
        on("ListAccountAliases", r -> "<AccountAliases/><IsTruncated>false</IsTruncated>");
        on("ListAccessKeys", r -> keys(r.get("UserName"), key(r.get("UserName"), 1, "2024-01-01T00:00:00Z")));
        on("GetUser", r -> "<User>" + user(r.get("UserName")) + "</User>");
        on(
                "GetAccountSummary",
                r -> "<SummaryMap><entry><key>AccountAccessKeysPresent</key><value>0</value></entry>"
                        + "</SummaryMap>");
    }

    /** The body of the action's result element. */
    FakeAws on(String action, Function<Map<String, String>, String> body) {
        return answer(action, request -> new Answer(200, result(action, body.apply(request))));
    }

    FakeAws answer(String action, Function<Map<String, String>, Answer> answer) {
        actions.put(action, answer);
        return this;
    }

    FakeAws denied(String action) {
        return answer(action, r -> error(403, "AccessDenied", "not authorized to perform: iam:" + action));
    }

    int count(String action) {
        return counts.getOrDefault(action, new AtomicInteger()).get();
    }

    static String result(String action, String body) {
        return "<" + action + "Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><" + action + "Result>"
                + body
                + "</" + action + "Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></" + action
                + "Response>";
    }

    static Answer error(int status, String code, String message) {
        return new Answer(
                status,
                "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error><RequestId>1</RequestId></ErrorResponse>");
    }

    /** An answer that comes only once {@code never} is released, or the server closed. */
    static Answer hanging(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return error(500, "Late", "late");
    }

    static String users(String marker, String... names) {
        StringBuilder xml = new StringBuilder("<Users>");
        for (String name : names) {
            xml.append("<member>").append(user(name)).append("</member>");
        }
        return xml + "</Users>" + more(marker);
    }

    static String more(String marker) {
        return marker == null
                ? "<IsTruncated>false</IsTruncated>"
                : "<IsTruncated>true</IsTruncated><Marker>" + marker + "</Marker>";
    }

    static String user(String name) {
        return "<UserName>" + name + "</UserName><UserId>AIDA" + name + "</UserId><Path>/</Path><Arn>arn:aws:iam::"
                + ACCOUNT + ":user/" + name + "</Arn><CreateDate>2023-01-01T00:00:00Z</CreateDate>";
    }

    static String key(String user, int number, String created) {
        return "<member><UserName>" + user + "</UserName><AccessKeyId>"
                + ("AKIA" + "%x".formatted(user.hashCode() & 0x7fffffff) + "0000000000").substring(0, 15) + "_" + number
                + "</AccessKeyId><Status>Active</Status><CreateDate>" + created + "</CreateDate></member>";
    }

    static String keys(String user, String... members) {
        return "<UserName>" + user + "</UserName><IsTruncated>false</IsTruncated><AccessKeyMetadata>"
                + String.join("", members) + "</AccessKeyMetadata>";
    }

    static String report(String account, String... rows) {
        String header = "user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,"
                + "access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active,"
                + "access_key_2_last_rotated,access_key_2_last_used_date";
        StringBuilder csv = new StringBuilder(header);
        for (String row : rows) {
            String user = row.substring(0, row.indexOf(','));
            csv.append('\n')
                    .append(user)
                    .append(",arn:aws:iam::")
                    .append(account)
                    .append(":user/")
                    .append(user);
            csv.append(",2023-01-01T00:00:00+00:00,false,false").append(row.substring(user.length()));
        }
        return "<Content>" + Base64.getEncoder().encodeToString(csv.toString().getBytes(StandardCharsets.UTF_8))
                + "</Content><ReportFormat>text/csv</ReportFormat><GeneratedTime>2026-11-20T00:00:00Z</GeneratedTime>";
    }

    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort(),
                "AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST",
                "AWS_SECRET_ACCESS_KEY", "secret");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            Map<String, String> request = new HashMap<>();
            if (target == null) {
                for (String pair : body.split("&")) {
                    String[] parts = pair.split("=", 2);
                    request.put(parts[0], URLDecoder.decode(parts.length < 2 ? "" : parts[1], StandardCharsets.UTF_8));
                }
            } else {
                request.put("Action", target.substring(target.indexOf('.') + 1));
                request.put("json", body);
            }
            String action = request.get("Action");
            counts.computeIfAbsent(action, a -> new AtomicInteger()).incrementAndGet();
            Answer answer = actions.getOrDefault(action, r -> error(400, "InvalidAction", "not prepared: " + action))
                    .apply(request);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", target == null ? "text/xml" : "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
