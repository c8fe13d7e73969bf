package io.keyturn.sandbox.http;

import io.keyturn.sandbox.protocol.RestService;
import io.keyturn.sandbox.world.ServiceError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param path as it was sent, still encoded
 * @param query without the question mark; empty where there is none
 * @param headers by names in lower case
 */
record Inbound(String method, String path, String query, Map<String, String> headers, byte[] body) {
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** Whether it speaks JSON, of version 1.1 or by path. */
    boolean json() {
        return !rest() && (headers.containsKey("x-amz-target") || byPath());
    }

    /** Whether it speaks HTTP itself, as S3 does: it is signed for that. */
    boolean rest() {
        return headers.getOrDefault("authorization", "").contains("/s3/aws4_request");
    }

    /** Whether the answer to it has no body. */
    boolean asksForHead() {
        return method.equals("HEAD");
    }

    /** All parameters of a REST request. */
    Map<String, String> parts() {
        Map<String, String> parameters = new HashMap<>(headers);
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        parameters.put(RestService.METHOD, method);
        // In a path a plus is a plus.
        parameters.put(RestService.PATH, decoded(path.replace("+", "%2B")));
        return parameters;
    }

    /** The body of a REST request as ISO 8859-1, whole where it came in signed pieces. */
    String content() {
        boolean pieces = headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-");
        return new String(pieces ? AwsChunks.whole(body) : body, StandardCharsets.ISO_8859_1);
    }

    /** A service whose actions are paths, such as {@code /getAlternateContact}. */
    private boolean byPath() {
        return path.length() > 1;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The parameters of a Query request. */
    Map<String, String> form() {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : text().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** The action it asks for. */
    String action(Map<String, String> form) {
        String target = header("x-amz-target");
        if (target == null && byPath()) {
            return Character.toUpperCase(path.charAt(1)) + path.substring(2);
        }
        // What stands before may have dots of its own, as CloudTrail's has.
        String action = target == null ? form.get("Action") : target.substring(target.lastIndexOf('.') + 1);
        if (action == null) {
            throw new ServiceError(400, "MissingAction", "The request has no Action.");
        }
        return action;
    }

    private static String decoded(String text) {
        boolean plain = text.indexOf('%') < 0 && text.indexOf('+') < 0;
        return plain ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
