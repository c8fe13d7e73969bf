package io.keyturn.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The keys that a schema describes, with their paths in a file: in the order of the schema. */
final class SchemaKeys {
    private final JsonNode schema;
    private final List<Key> keys = new ArrayList<>();

    private SchemaKeys(JsonNode schema) {
        this.schema = schema;
    }

    /** A key; {@code fallback} is null where it has no default. */
    record Key(String path, String description, String values, JsonNode fallback) {}

    static List<Key> of(JsonNode schema) {
        SchemaKeys reading = new SchemaKeys(schema);
        reading.section(schema, "");
        return reading.keys;
    }

    private void section(JsonNode at, String path) {
        JsonNode properties = at.get("properties");
        if (properties == null) {
            return;
        }
        for (var entry : properties.properties()) {
            String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            JsonNode own = entry.getValue();
            JsonNode meant = meant(own);
            keys.add(new Key(key, own.path("description").asString(""), values(own), own.get("default")));
            section(meant, key);
            if (meant.has("items")) {
                section(meant(meant.get("items")), key + "[]");
            }
        }
    }

    private JsonNode meant(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : schema.get("$defs").get(reference.substring("#/$defs/".length()));
    }

    /** What may be written, in a few words. */
    private String values(JsonNode own) {
        JsonNode node = meant(own);
        if (node.has("enum")) {
            return node.get("enum")
                    .valueStream()
                    .map(v -> "`" + v.asString() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (node.has("items")) {
            JsonNode item = node.get("items");
            boolean words = meant(item).has("enum") || !meant(item).has("properties");
            return words ? "list of " + values(item) : "list";
        }
        if (own.has("$ref")) {
            String name = own.get("$ref").asString().substring("#/$defs/".length());
            return switch (name) {
                case "duration" -> "duration";
                case "notice-time" -> "duration or `none`";
                case "secret" -> "reference";
                case "external-id" -> "text or reference";
                case "cap" -> "count";
                case "limit" -> "count, or mapping";
                case "account-id" -> "twelve digits";
                case "mail", "plain-mail" -> "mail address";
                default -> "text";
            };
        }
        return switch (node.path("type").isString() ? node.get("type").asString() : "") {
            case "boolean" -> "`true`, `false`";
            case "integer" -> "number";
            case "object" -> "mapping";
            case "string" -> "text";
            default -> node.has("properties") ? "text, or mapping" : "text";
        };
    }
}
