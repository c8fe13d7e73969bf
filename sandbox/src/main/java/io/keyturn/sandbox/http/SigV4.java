package io.keyturn.sandbox.http;

import io.keyturn.sandbox.world.ServiceError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks AWS Signature Version 4 in the Authorization header. Source: AWS general reference, "Signing AWS API requests". Of
 * a body in pieces the first signature is checked, on which those of the pieces rest, and theirs are not.
 */
final class SigV4 {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** What the Authorization header says. */
    record Signed(
            String keyId, String scope, String date, String region, String service, String headers, String signature) {}

    private final Map<String, byte[]> keys = new ConcurrentHashMap<>();

    /** The parts of the header. */
    static Signed parse(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("AWS4-HMAC-SHA256 ")) {
            throw new ServiceError(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
        }
        String credential = part(authorization, "Credential=");
        String[] scope = credential.split("/", -1);
        if (scope.length != 5) {
            throw new ServiceError(
                    403, "IncompleteSignature", "Credential must have exactly 5 slash-delimited elements");
        }
        return new Signed(
                scope[0],
                credential.substring(scope[0].length() + 1),
                scope[1],
                scope[2],
                scope[3],
                part(authorization, "SignedHeaders="),
                part(authorization, "Signature="));
    }

    private static String part(String authorization, String name) {
        int from = authorization.indexOf(name);
        if (from < 0) {
            throw new ServiceError(403, "IncompleteSignature", "Authorization header requires '" + name + "'");
        }
        int to = authorization.indexOf(',', from);
        return authorization
                .substring(from + name.length(), to < 0 ? authorization.length() : to)
                .trim();
    }

    /** Refuses a request whose signature does not fit, or is older or younger than five minutes. */
    void verify(Signed signed, String secret, Inbound request, Instant wall, Instant world) {
        String stamp = request.header("x-amz-date");
        if (stamp == null) {
            throw new ServiceError(
                    403, "IncompleteSignature", "Authorization header requires existence of 'X-Amz-Date'");
        }
        refuseSkew(stamp, wall, world);
        String toSign = "AWS4-HMAC-SHA256\n" + stamp + "\n" + signed.scope() + "\n" + hash(canonical(signed, request));
        byte[] key = keys.computeIfAbsent(
                secret + signed.scope(), k -> signingKey(secret, signed.date(), signed.region(), signed.service()));
        String expected = HexFormat.of().formatHex(hmac(key, toSign));
        if (!MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), signed.signature().getBytes(StandardCharsets.US_ASCII))) {
            throw new ServiceError(
                    403,
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you provided."
                            + " Check your AWS Secret Access Key and signing method.");
        }
    }

    /** A client that goes by the Date of the answers signs in the world's time, and is as right as one that does not. */
    private static void refuseSkew(String stamp, Instant wall, Instant world) {
        Instant at;
        try {
            at = LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new ServiceError(403, "IncompleteSignature", "Date must be in ISO-8601 'basic format', not " + stamp);
        }
        if (isFar(at, wall) && isFar(at, world)) {
            throw new ServiceError(
                    403, "SignatureDoesNotMatch", "Signature expired: " + stamp + " is too far from the current time");
        }
    }

    private static boolean isFar(Instant at, Instant now) {
        return Duration.between(at, now).abs().compareTo(SKEW) > 0;
    }

    private static String canonical(Signed signed, Inbound request) {
        StringBuilder text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        text.append(request.path().isEmpty() ? "/" : request.path()).append('\n');
        List<String> query = Arrays.asList(request.query().split("&"));
        query.replaceAll(pair -> pair.isEmpty() || pair.contains("=") ? pair : pair + "=");
        query.sort(null);
        text.append(String.join("&", query)).append('\n');
        for (String name : signed.headers().split(";")) {
            String value = request.header(name);
            text.append(name)
                    .append(':')
                    .append(value == null ? "" : squeeze(value))
                    .append('\n');
        }
        String given = request.header("x-amz-content-sha256");
        if (given != null
                && !given.equals("UNSIGNED-PAYLOAD")
                && !given.startsWith("STREAMING-")
                && !given.equals(hash(request.body()))) {
            throw new ServiceError(
                    400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' does not match the body.");
        }
        return text.append('\n')
                .append(signed.headers())
                .append('\n')
                .append(given != null ? given : hash(request.body()))
                .toString();
    }

    /** Trimmed, with runs of spaces made one. */
    private static String squeeze(String value) {
        String trimmed = value.trim();
        while (trimmed.contains("  ")) {
            trimmed = trimmed.replace("  ", " ");
        }
        return trimmed;
    }

    private static byte[] signingKey(String secret, String date, String region, String service) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(date, region, service, "aws4_request")) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
