package io.keyturn.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.ServiceError;
import io.keyturn.sandbox.world.World;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it came in. */
record Inbound(HttpExchange exchange, byte[] body) {
    @Nullable
    String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    boolean json() {
        return header("x-amz-target") != null;
    }

    SigV4.Request toVerify() {
        String query = exchange.getRequestURI().getRawQuery();
        return new SigV4.Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                this::header,
                body);
    }

    Call call(SigV4.Signed signed, World.Caller caller, Instant now, Instant wall, String requestId) {
        String text = new String(body, StandardCharsets.UTF_8);
        String target = header("x-amz-target");
        if (target != null) {
            String action = target.substring(target.indexOf('.') + 1);
            return new Call(signed.service(), action, Map.of(), text, caller, now, wall, requestId);
        }
        Map<String, String> parameters = form(text);
        String action = parameters.get("Action");
        if (action == null) {
            throw new ServiceError(400, "MissingAction", "The request has no Action.");
        }
        return new Call(signed.service(), action, parameters, "", caller, now, wall, requestId);
    }

    private static Map<String, String> form(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
