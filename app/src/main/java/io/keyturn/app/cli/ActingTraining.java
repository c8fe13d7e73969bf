package io.keyturn.app.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimBucket;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The part of {@link Training} that tells owners and acts: by a configuration, and in the place of two earlier tools. */
final class ActingTraining {
    private static final String CONFIGURATION = """
            policies:
              - name: everybody
                age: {warn: 75d, expire: 90d, on-warn: [remind], on-expire: [remind, rotate]}
                rotate:
                  deliver: {to: secrets-manager, readers: ["arn:${partition}:iam::${account}:role/keyturn-read"]}
                  deactivate-after: 2d
            first-notice: 2d
            owners: [{default: {email: security@example.com}}]
            stages: [{stage: enforce}]
            channels:
              email: {from: keyturn@example.com, region: us-east-1}
            """;
    private static final String BUCKET = "keyturn-training";
    private static final Map<String, String> ROTATOR = Map.ofEntries(
            Map.entry("KEYTURN_PRESET", "rotator"),
            Map.entry("LAMBDA_FUNCTION_NAME", "rotate"),
            Map.entry("SES_EMAIL", "keys@example.com"),
            Map.entry("SES_REGION", "us-east-1"),
            Map.entry("IAM_EMAIL_TAG_KEY", "email"),
            Map.entry("S3_CSV_BUCKET", BUCKET),
            Map.entry("LAST_CHECK_DATE_TAG_KEY", "last-check-date"),
            Map.entry("LAST_CHECK_OLD_KEY_TAG_KEY", "last-check-old-key"),
            Map.entry("WARNING_DAYS", "30"),
            Map.entry("OVERDUE_DAYS", "60"),
            Map.entry("DEACTIVATE_DAYS", "10"),
            Map.entry("DELETION_DAYS", "10"));
    private static final Map<String, String> SLEUTH = Map.of(
            "KEYTURN_PRESET", "sleuth",
            "EXPIRATION_AGE", "90",
            "WARNING_AGE", "80",
            "INACTIVITY_AGE", "30",
            "INACTIVITY_WARNING_AGE", "20",
            "EXPIRE_NOTIFICATION_TITLE", "Renew",
            "EXPIRE_NOTIFICATION_TEXT", "your key",
            "SNS_TOPIC", "arn:aws:sns:us-east-1:123456789012:Keys",
            "KEYTURN_ALLOW_LOOPBACK", "1");

    private ActingTraining() {}

    /** How many commands failed, in that world and the environment that leads there. */
    static int run(World world, Map<String, String> environment, Path folder) throws IOException {
        SimAccount account = world.management();
        Instant since = world.spec().now().minus(Duration.ofDays(61));
        SimUser user = new SimUser(
                "trained",
                "AIDAEXAMPLETRAINED",
                "/",
                since,
                true,
                true,
                Map.of("email", "trained@example.com"),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of());
        account.add(user, since);
        new AccessKeys(world).create(account, user.name(), since);
        world.buckets().add(new SimBucket(BUCKET, account.id(), since, false));
        String configuration =
                Files.writeString(folder.resolve("acting.yaml"), CONFIGURATION).toString();
        String store = folder.resolve("acting.db").toString();
        HttpServer told = told();
        try {
            String url = "http://127.0.0.1:" + told.getAddress().getPort();
            Map<String, String> acting = new HashMap<>(environment);
            acting.putAll(
                    Map.of("AWS_ENDPOINT_URL_SESV2", url, "AWS_ENDPOINT_URL_SNS", url, "SLACK_URL", url + "/slack"));
            int failures = Training.run(
                            acting, List.of("run", "--config", configuration, "--output", "json", "--store", store))
                    + Training.run(acting, List.of("run", "--config", configuration, "--store", store))
                    + Training.run(acting, List.of("history", "verify", "--store", store));
            for (Map<String, String> tool : List.of(SLEUTH, ROTATOR)) {
                Map<String, String> preset = new HashMap<>(acting);
                preset.putAll(tool);
                failures += Training.run(preset, List.of("run"));
            }
            return failures;
        } finally {
            told.stop(0);
        }
    }

    /** Takes every letter, topic's message and line of chat, and knows no suppressed address. */
    private static HttpServer told() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/email/outbound-emails", exchange -> answer(exchange, 200, "{\"MessageId\":\"1\"}"));
        server.createContext("/v2/email/suppression/addresses/", exchange -> {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "NotFoundException");
            answer(exchange, 404, "{}");
        });
        server.createContext(
                "/",
                exchange -> answer(
                        exchange,
                        200,
                        "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"));
        server.createContext("/slack", exchange -> answer(exchange, 200, "ok"));
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
