package io.keyturn.sandbox.http;

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

    /** Whether it speaks JSON, of version 1.1 or by path, and not the Query protocol. */
    boolean json() {
        return headers.containsKey("x-amz-target") || byPath();
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
