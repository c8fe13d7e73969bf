package io.keyturn.app.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A section of the explained configuration.
 *
 * @param path of the section in the file
 * @param origins where each value that is no default came from, by its path
 */
record Explained(ObjectNode node, String path, Map<String, String> origins) {
    static final String VALUE = "value";
    static final String FROM = "from";

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean isWritten(String key) {
        return origins.containsKey(at(key));
    }

    Explained group(String key) {
        return new Explained(node.putObject(key), at(key), origins);
    }

    <T> void items(String key, List<T> items, BiConsumer<Explained, T> each) {
        if (items.isEmpty()) {
            leaf(key, List.of());
            return;
        }
        ArrayNode array = node.putArray(key);
        for (int i = 0; i < items.size(); i++) {
            each.accept(new Explained(array.addObject(), at(key) + "[" + i + "]", origins), items.get(i));
        }
    }

    /** The same as a leaf, and nothing where there is no value. */
    void present(String key, @Nullable Object value) {
        if (value != null) {
            leaf(key, value);
        }
    }

    /** A text, a truth, a number, a duration, a list of texts, or null for none. */
    void leaf(String key, @Nullable Object value) {
        ObjectNode leaf = node.putObject(key);
        switch (value) {
            case null -> leaf.putNull(VALUE);
            case Boolean truth -> leaf.put(VALUE, truth);
            case Integer number -> leaf.put(VALUE, number);
            case Duration duration -> leaf.put(VALUE, Durations.write(duration));
            case List<?> texts -> {
                ArrayNode array = leaf.putArray(VALUE);
                texts.forEach(text -> array.add(String.valueOf(text)));
            }
            default -> leaf.put(VALUE, value.toString());
        }
        leaf.put(FROM, origins.getOrDefault(at(key), "default"));
    }
}
