package io.keyturn.app.config;

import io.keyturn.core.model.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The keys of one mapping, each read with its type; what does not fit is a problem with its place. */
final class Fields {
    /** Keys whose meaning comes with a later version: accepted, and said to have no effect. */
    private static final Set<String> LATER =
            Set.of("limits", "channels", "act-window", "hand-over", "approval", "rotate", "brownout");

    final Tree tree;
    final Node node;
    final String path;
    private final Map<String, Node> values = new LinkedHashMap<>();

    Fields(Tree tree, Node node, String path, List<String> known) {
        this.tree = tree;
        this.node = node;
        this.path = path;
        if (!(node instanceof MappingNode mapping)) {
            tree.bad(node, path, "is not a mapping", text(node), "write keys with values, one of " + known);
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            take(tuple, known);
        }
    }

    private void take(NodeTuple tuple, List<String> known) {
        Node keyNode = tuple.getKeyNode();
        String key = text(keyNode);
        if (values.containsKey(key)) {
            tree.bad(keyNode, at(key), "is written twice", key, "keep one of the two");
        } else if (LATER.contains(key) && (known.contains("policies") || known.contains("when"))) {
            tree.warn(keyNode, at(key), "has no effect in this version", "");
        } else if (!known.contains(key)) {
            String near = Spelling.nearest(key, known);
            String right =
                    near == null ? "the keys here are " + String.join(", ", known) : "did you mean \"" + near + "\"?";
            tree.bad(keyNode, at(""), "is not a key known here", key, right);
        } else {
            values.put(key, tuple.getValueNode());
        }
    }

    String at(String key) {
        return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
    }

    @Nullable
    Node get(String key) {
        return values.get(key);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The text of a scalar, or null where absent or wrong. */
    @Nullable
    String text(String key, String right) {
        Node value = values.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        tree.bad(value, at(key), "is not a text", text(value), right);
        return null;
    }

    @Nullable
    Duration duration(String key, @Nullable Duration fallback) {
        String text = text(key, "write for example 90d or 24h");
        if (text == null) {
            return fallback;
        }
        Duration read = Durations.parse(text);
        if (read == null) {
            tree.bad(node(key), at(key), "is not a duration", text, "write for example 90d or 24h");
            return fallback;
        }
        if (read.isNegative()) {
            tree.bad(node(key), at(key), "is negative", text, "write for example 90d or 24h");
            return fallback;
        }
        return read;
    }

    boolean truth(String key, boolean fallback) {
        String text = text(key, "write true or false");
        if (text == null || text.equals("true") || text.equals("false")) {
            return text == null ? fallback : text.equals("true");
        }
        tree.bad(node(key), at(key), "is neither true nor false", text, "write true or false");
        return fallback;
    }

    /** The entries of a list; empty where absent. */
    List<Node> list(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        tree.bad(value, at(key), "is not a list", text(value), "begin every entry with \"- \"");
        return List.of();
    }

    List<String> texts(String key) {
        List<String> out = new ArrayList<>();
        for (Node entry : list(key)) {
            if (entry instanceof ScalarNode scalar) {
                out.add(scalar.getValue());
            } else {
                tree.bad(entry, at(key), "is not a text", "", "write a list of texts");
            }
        }
        return out;
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private Node node(String key) {
        Node value = values.get(key);
        return value == null ? node : value;
    }
}
