package io.keyturn.app.lambda;

import io.keyturn.core.model.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an event asks for.
 *
 * @param what the command, or the preset
 * @param arguments of the command line, but for the configuration and the time
 * @param asked whether somebody waits for the answer; else a failure must be one of the function
 * @param whole whether the answer holds the result itself
 */
record Call(String what, List<String> arguments, boolean asked, boolean whole) {
    private static final List<String> COMMANDS = List.of("run", "plan", "scan", "doctor");
    private static final List<String> KEYS = List.of("do", "account", "shard", "user", "dry-run", "result");
    private static final String SHAPES = "send {\"do\": \"plan\"} (or scan, run, doctor; with \"account\", \"shard\","
            + " \"user\", \"dry-run\": true, \"result\": \"none\"), or a scheduled event of EventBridge";

    Call {
        arguments = List.copyOf(arguments);
    }

    /**
     * Reads an event.
     *
     * @param preset the earlier tool this function stands in for: then an event of any shape means to run
     * @throws UnknownEvent where it is of no known shape
     */
    static Call of(byte[] event, Optional<String> preset) {
        if (preset.isPresent()) {
            return new Call(preset.get(), List.of("run", "--preset", preset.get()), false, true);
        }
        JsonNode json = read(event);
        if (json.has("do")) {
            return asked(json);
        }
        if (json.path("source").asString("").equals("aws.events")
                || json.path("detail-type").asString("").equals("Scheduled Event")) {
            return new Call("run", List.of("run", "--output", "json"), false, false);
        }
        throw new UnknownEvent("the event says neither what to do nor that it is a schedule's; " + SHAPES);
    }

    private static JsonNode read(byte[] event) {
        try {
            JsonNode json = JsonMapper.shared().readTree(event);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            throw new UnknownEvent("the event is not JSON; " + SHAPES);
        }
        throw new UnknownEvent("the event is not a JSON object; " + SHAPES);
    }

    private static Call asked(JsonNode json) {
        for (String key : json.propertyNames()) {
            if (!KEYS.contains(key)) {
                throw new UnknownEvent("the event has \"" + key + "\", which is not known here" + near(key, KEYS));
            }
        }
        String command = text(json, "do").orElse("");
        if (!COMMANDS.contains(command)) {
            throw new UnknownEvent(
                    "the event asks to do \"" + command + "\", which is not known here" + near(command, COMMANDS));
        }
        List<String> arguments = new ArrayList<>(List.of(command, "--output", "json"));
        Map<String, String> options = new LinkedHashMap<>();
        for (String key : List.of("account", "shard", "user")) {
            text(json, key).ifPresent(value -> options.put("--" + key, value));
        }
        options.forEach((option, value) -> arguments.add(option + "=" + value));
        if (json.path("dry-run").asBoolean(false)) {
            arguments.add("--dry-run");
        }
        return new Call(
                command, arguments, true, !text(json, "result").orElse("").equals("none"));
    }

    private static Optional<String> text(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString() || value.asString().isBlank()) {
            throw new UnknownEvent("the event's \"" + key + "\" is not a text; put it in quotes");
        }
        return Optional.of(value.asString());
    }

    private static String near(String word, List<String> known) {
        String near = Spelling.nearest(word, known);
        return near == null ? "; known are " + String.join(", ", known) : "; did you mean \"" + near + "\"?";
    }
}
