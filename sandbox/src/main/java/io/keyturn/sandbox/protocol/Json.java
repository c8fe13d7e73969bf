package io.keyturn.sandbox.protocol;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON 1.1 as AWS speaks it. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The body of a request; an empty one is an empty object. */
    public static JsonNode read(String body) {
        return MAPPER.readTree(body.isBlank() ? "{}" : body);
    }

    /** The body of an error. */
    public static String error(String code, String message) {
        return write(Map.of("__type", code, "message", message, "Message", message));
    }
}
