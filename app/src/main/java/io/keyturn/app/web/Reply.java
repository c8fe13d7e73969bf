package io.keyturn.app.web;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An answer, not yet sent. */
record Reply(int status, String type, byte[] body, Map<String, String> headers) {
    Reply {
        headers = Map.copyOf(headers);
    }

    /** The same with one header more. */
    Reply with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, type, body, more);
    }

    static Reply html(int status, String text) {
        return new Reply(status, "text/html; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Reply json(int status, String text) {
        return new Reply(status, "application/json", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Reply text(int status, String text) {
        return new Reply(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** To another page of this server, which is asked for anew. */
    static Reply to(String path) {
        return new Reply(303, "text/plain; charset=utf-8", new byte[0], Map.of("Location", path));
    }
}
