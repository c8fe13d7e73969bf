package io.keyturn.app.config;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells whether two configurations judge alike: what is read, how fast, and where it is stored are not in it. */
public final class Fingerprint {
    private static final List<String> JUDGING = List.of(
            "policies",
            "owners",
            "exemptions",
            "stages",
            "limits",
            "first-notice",
            "act-window",
            "hand-over",
            "approval",
            "leaks",
            "count-days",
            "root-keys");

    private Fingerprint() {}

    /** SHA-256 of what is in effect, wherever it was written, in hexadecimal. */
    public static String of(Settings settings) {
        ObjectNode tree = ConfigExplain.tree(settings);
        ObjectNode judging = JsonMapper.shared().createObjectNode();
        JUDGING.forEach(key -> judging.set(key, values(tree.path(key))));
        return Sha256.of(judging.toString());
    }

    /** The whole configuration in effect as an archive of evidence holds it, with where each value was written. */
    public static String text(Settings settings) {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(ConfigExplain.tree(settings))
                + "\n";
    }

    /** SHA-256 of that text, in hexadecimal. */
    public static String ofAll(Settings settings) {
        return Sha256.of(text(settings));
    }

    /** Without where each came from. */
    private static JsonNode values(JsonNode node) {
        if (node.isObject() && node.has("value") && node.has("from")) {
            return node.get("value");
        }
        if (node.isArray()) {
            ArrayNode array = JsonMapper.shared().createArrayNode();
            node.forEach(entry -> array.add(values(entry)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = JsonMapper.shared().createObjectNode();
            node.properties().forEach(entry -> object.set(entry.getKey(), values(entry.getValue())));
            return object;
        }
        return node;
    }
}
