package io.keyturn.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** A file being read: collects problems with their places, and where each value stands. */
final class Tree {
    /** Where a secret may have been written: what stands there is never repeated, whatever is wrong with it. */
    private static final Pattern SECRET =
            Pattern.compile("(?:.*\\.)?external-id|channels\\..*\\.token|channels\\.webhook\\.url");

    final String file;
    final Path folder;
    final List<ConfigProblem> problems = new ArrayList<>();
    final List<ConfigProblem> warnings = new ArrayList<>();
    final Map<String, String> origins = new TreeMap<>();
    /** The whole text, by code points: the places of nodes count in these. */
    private int[] source = {};

    /** {@code name} is how messages call the file. */
    Tree(Path file, String name) {
        this.file = name;
        Path absolute = file.toAbsolutePath().getParent();
        this.folder = absolute == null ? file.toAbsolutePath() : absolute;
    }

    void source(String text) {
        source = text.codePoints().toArray();
    }

    int[] source() {
        return source;
    }

    /** Remembers that the value at {@code path} is written at {@code at}. */
    void origin(String path, Node at) {
        origins.put(path, file + ":" + line(at) + ":" + column(at));
    }

    void bad(Node at, String path, String what, String read, String right) {
        ConfigProblem found = problem(at, path, what, read, right);
        // A section that several readers look at is wrong once.
        if (!problems.contains(found)) {
            problems.add(found);
        }
    }

    void warn(Node at, String path, String what, String right) {
        warnings.add(problem(at, path, what, "", right));
    }

    /** Says something of the whole file. */
    void whole(String what, String right) {
        problems.add(new ConfigProblem(file, 0, 0, "", what, "", right));
    }

    int line(Node at) {
        return at.getStartMark().map(m -> m.getLine() + 1).orElse(0);
    }

    int column(Node at) {
        return at.getStartMark().map(m -> m.getColumn() + 1).orElse(0);
    }

    private ConfigProblem problem(Node at, String path, String what, String read, String right) {
        boolean shown = read.startsWith("${") || !SECRET.matcher(path).matches();
        return new ConfigProblem(file, line(at), column(at), path, what, shown ? read : "", right);
    }
}
