package io.keyturn.sandbox.http;

import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.world.Sessions;
import io.keyturn.sandbox.world.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A client with a signer of its own, written from AWS's description and not from the door's code. */
final class Client {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final VirtualClock clock;
    final URI endpoint;
    String keyId;
    String secret;

    @Nullable
    String token;

    String region = "us-east-1";

    /** What came back; {@code code} is AWS's error code, or empty. */
    record Answer(int status, String body, HttpResponse<String> raw) {
        String code() {
            String xml = text("Code");
            Matcher json = Pattern.compile("\"__type\":\"(\\w+)\"").matcher(body);
            return json.find() ? json.group(1) : xml;
        }

        /** The first element of that name, or empty. */
        String text(String element) {
            List<String> all = texts(element);
            return all.isEmpty() ? "" : all.getFirst();
        }

        /** A field of the answer's JSON at {@code path}, such as {@code /Tags/0/Key}; empty where there is none. */
        String field(String path) {
            return Json.read(body).at(path).asString("");
        }

        List<String> texts(String element) {
            Matcher found = Pattern.compile("<" + element + ">([^<]*)</" + element + ">")
                    .matcher(body);
            List<String> texts = new ArrayList<>();
            while (found.find()) {
                texts.add(found.group(1));
            }
            return texts;
        }
    }

    Client(SandboxServer server, VirtualClock clock) {
        this.clock = clock;
        this.endpoint = server.endpoint();
        this.keyId = server.accessKeyId();
        this.secret = server.secretAccessKey();
    }

    private Client(Client other) {
        this.clock = other.clock;
        this.endpoint = other.endpoint;
        this.keyId = other.keyId;
        this.secret = other.secret;
        this.region = other.region;
    }

    /** Another, signing with a user's key. */
    Client with(String id, String itsSecret) {
        Client other = new Client(this);
        other.keyId = id;
        other.secret = itsSecret;
        return other;
    }

    Client with(Sessions.Temporary session) {
        Client other = with(session.id(), session.secret());
        other.token = session.token();
        return other;
    }

    /** Another, with a session of a role; more parameters in pairs. */
    Client as(String roleArn, String... more) throws IOException {
        Answer answer = assume(roleArn, more);
        if (answer.status() != 200) {
            throw new AssertionError(answer.body());
        }
        Client other = with(answer.text("AccessKeyId"), answer.text("SecretAccessKey"));
        other.token = answer.text("SessionToken");
        return other;
    }

    Answer assume(String roleArn, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of("RoleArn", roleArn, "RoleSessionName", "test"));
        all.addAll(List.of(more));
        return query("sts", "AssumeRole", all.toArray(String[]::new));
    }

    Answer iam(String action, String... parameters) throws IOException {
        return query("iam", action, parameters);
    }

    /** A Query call; parameters in pairs. */
    Answer query(String service, String action, String... parameters) throws IOException {
        StringBuilder body = new StringBuilder("Action=" + action + "&Version=2010-05-08");
        for (int i = 0; i < parameters.length; i += 2) {
            body.append('&').append(parameters[i]).append('=');
            body.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return send(service, body.toString(), null, clock.instant());
    }

    Answer organizations(String action, String json) throws IOException {
        return send("organizations", json, "AWSOrganizationsV20161128." + action, clock.instant());
    }

    Answer secrets(String action, String json) throws IOException {
        return send("secretsmanager", json, "secretsmanager." + action, clock.instant());
    }

    Answer trail(String json) throws IOException {
        String target = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";
        return send("cloudtrail", json, target, clock.instant());
    }

    Answer send(String service, String body, @Nullable String target, Instant at) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint).POST(HttpRequest.BodyPublishers.ofString(body));
        if (target != null) {
            request.header("X-Amz-Target", target);
        }
        if (token != null) {
            request.header("X-Amz-Security-Token", token);
        }
        String stamp = STAMP.format(at);
        request.header("X-Amz-Date", stamp);
        request.header("Authorization", authorization(service, body, stamp, token, target));
        return send(request.build());
    }

    static Answer send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private String authorization(
            String service, String body, String stamp, @Nullable String sessionToken, @Nullable String target) {
        StringBuilder headers = new StringBuilder("host:" + endpoint.getAuthority() + "\nx-amz-date:" + stamp + "\n");
        String names = "host;x-amz-date";
        if (sessionToken != null) {
            headers.append("x-amz-security-token:").append(sessionToken).append('\n');
            names += ";x-amz-security-token";
        }
        if (target != null) {
            headers.append("x-amz-target:").append(target).append('\n');
            names += ";x-amz-target";
        }
        String canonical = "POST\n/\n\n" + headers + "\n" + names + "\n" + hash(body);
        String scope = stamp.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        String signature = HexFormat.of()
                .formatHex(hmac(key, "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + hash(canonical)));
        return "AWS4-HMAC-SHA256 Credential=" + keyId + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + signature;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
