package io.keyturn.app.config;

import io.keyturn.core.model.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The keys of one mapping, each read with its type; what does not fit is a problem with its place. */
final class Fields {
    /** Longer than any ARN or path: the patterns descend by recursion, and are asked nothing longer. */
    private static final int LONGEST = 2048;

    private static final String DURATION = "write for example 90d or 24h";

    final Tree tree;
    final Node node;
    final String path;
    private final Map<String, Node> values = new LinkedHashMap<>();

    Fields(Tree tree, Node node, String path, List<String> known) {
        this.tree = tree;
        this.node = node;
        this.path = path;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> take(tuple, known));
        } else {
            // What stands in the place of a channel may be its secret.
            String read = path.startsWith("channels") ? "" : text(node);
            tree.bad(node, path, "is not a mapping", read, "write keys with values, of " + String.join(", ", known));
        }
    }

    private void take(NodeTuple tuple, List<String> known) {
        Node keyNode = tuple.getKeyNode();
        String key = text(keyNode);
        if (values.containsKey(key)) {
            tree.bad(keyNode, at(key), "is written twice", key, "keep one of the two");
        } else if (known.contains(key)) {
            values.put(key, tuple.getValueNode());
            tree.origin(at(key), tuple.getValueNode());
        } else if (key.equals("<<")) {
            tree.bad(keyNode, at(""), "is not a key known here", key, "YAML 1.2 merges nothing: write the keys out");
        } else {
            String right = meant(key, known, "the keys here are ");
            tree.bad(keyNode, at(""), "is not a key known here", key, right);
        }
    }

    /** The nearest spelling, or all that would be right. */
    private static String meant(String word, Collection<String> known, String all) {
        String near = Spelling.nearest(word, known);
        return near == null ? all + String.join(", ", known) : "did you mean \"" + near + "\"?";
    }

    String at(String key) {
        return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The value of {@code key}, or the whole mapping where it is absent: a place to complain about. */
    Node node(String key) {
        Node value = values.get(key);
        return value == null ? node : value;
    }

    void bad(String key, String what, String right) {
        tree.bad(node(key), at(key), what, has(key) ? text(node(key)) : "", right);
    }

    /** Whether all of {@code keys} are there; each that is not is a problem. */
    boolean require(String right, String... keys) {
        if (!(node instanceof MappingNode)) {
            return false;
        }
        List<String> absent = Stream.of(keys).filter(key -> !has(key)).toList();
        absent.forEach(key -> tree.bad(node, at(key), "is missing", "", right));
        return absent.isEmpty();
    }

    /** The mapping at {@code key}; empty where absent. */
    Optional<Fields> mapping(String key, List<String> known) {
        return has(key) ? Optional.of(new Fields(tree, node(key), at(key), known)) : Optional.empty();
    }

    /** Reads each entry of a list of mappings. */
    <T> List<T> each(String key, List<String> known, Function<Fields, Optional<T>> reader) {
        List<T> out = new ArrayList<>();
        int i = 0;
        for (Node entry : list(key)) {
            reader.apply(new Fields(tree, entry, at(key) + "[" + i++ + "]", known))
                    .ifPresent(out::add);
        }
        return out;
    }

    /** The text at {@code key}, or null where absent or wrong. A number is no text: as one it loses its zeros. */
    @Nullable
    String text(String key, String right) {
        return has(key) && isText(node(key), at(key), right) ? text(node(key)) : null;
    }

    /** The text at {@code key} where it fits {@code pattern}, or null. */
    @Nullable
    String text(String key, Pattern pattern, String what, String right) {
        String text = text(key, right);
        if (text == null || fits(text, pattern)) {
            return text;
        }
        bad(key, what, right);
        return null;
    }

    static boolean fits(String text, Pattern pattern) {
        return text.length() <= LONGEST && pattern.matcher(text).matches();
    }

    private boolean isText(Node value, String at, String right) {
        boolean scalar = value instanceof ScalarNode;
        if (!scalar || value.getTag().equals(Tag.NULL) || text(value).isBlank()) {
            tree.bad(value, at, scalar ? "is empty" : "is not a text", "", right);
            return false;
        }
        if (!value.getTag().equals(Tag.STR)) {
            tree.bad(value, at, "is not a text", text(value), right + ", in quotes");
            return false;
        }
        return true;
    }

    Duration duration(String key, Duration fallback) {
        return duration(key).orElse(fallback);
    }

    Optional<Duration> duration(String key) {
        return has(key) ? duration(node(key), at(key)) : Optional.empty();
    }

    private Optional<Duration> duration(Node value, String at) {
        String text = text(value);
        Optional<Duration> read = Durations.parse(text);
        if (read.isEmpty()) {
            tree.bad(value, at, Durations.whyNot(text), text, DURATION);
        }
        return read;
    }

    /** The durations of a list. */
    List<Duration> durations(String key) {
        return list(key).stream()
                .flatMap(entry -> duration(entry, at(key)).stream())
                .toList();
    }

    boolean truth(String key, boolean fallback) {
        if (!has(key)) {
            return fallback;
        }
        String text = text(node(key));
        if (node(key).getTag().equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
            return text.equals("true");
        }
        bad(key, "is neither true nor false", "write true or false");
        return fallback;
    }

    /** One of some words, exactly as they are written. */
    <E> E word(String key, List<E> all, Function<E, String> label, E fallback) {
        return has(key) ? word(node(key), at(key), all, label).orElse(fallback) : fallback;
    }

    /** The words of a list. */
    <E> List<E> words(String key, List<E> all, Function<E, String> label) {
        return list(key).stream()
                .flatMap(entry -> word(entry, at(key), all, label).stream())
                .toList();
    }

    private <E> Optional<E> word(Node value, String at, List<E> all, Function<E, String> label) {
        Map<String, E> known = all.stream().collect(Collectors.toMap(label, e -> e, (a, b) -> a, LinkedHashMap::new));
        String text = text(value);
        E found = known.get(text);
        if (found == null || !value.getTag().equals(Tag.STR)) {
            String right = known.size() == 1 ? "write " : "write one of ";
            tree.bad(
                    value,
                    at,
                    "is not known here",
                    text,
                    text.isEmpty() ? right + String.join(", ", known.keySet()) : meant(text, known.keySet(), right));
            return Optional.empty();
        }
        return Optional.of(found);
    }

    /** The entries of a list; empty where absent. */
    List<Node> list(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (node(key) instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        bad(key, "is not a list", "begin every entry with \"- \"");
        return List.of();
    }

    boolean isEmptyList(String key) {
        return node(key) instanceof SequenceNode sequence
                && has(key)
                && sequence.getValue().isEmpty();
    }

    /** The texts of a list that fit {@code pattern}. */
    List<String> texts(String key, Pattern pattern, String what, String right) {
        List<String> out = new ArrayList<>();
        for (Node entry : list(key)) {
            if (isText(entry, at(key), right)) {
                if (fits(text(entry), pattern)) {
                    out.add(text(entry));
                } else {
                    tree.bad(entry, at(key), what, text(entry), right);
                }
            }
        }
        return out;
    }

    /** Whether it is a text that says something: no number, truth or null. */
    static boolean isText(Node node) {
        return node instanceof ScalarNode
                && node.getTag().equals(Tag.STR)
                && !text(node).isBlank();
    }

    static boolean isNumber(Node node) {
        return node.getTag().equals(Tag.INT);
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
