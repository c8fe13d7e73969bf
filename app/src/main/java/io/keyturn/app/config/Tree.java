package io.keyturn.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** A file being read: collects problems with their places. */
final class Tree {
    final String file;
    final Path folder;
    final List<ConfigProblem> problems = new ArrayList<>();
    final List<ConfigProblem> warnings = new ArrayList<>();

    Tree(Path file) {
        this.file = String.valueOf(file.getFileName());
        Path absolute = file.toAbsolutePath().getParent();
        this.folder = absolute == null ? file.toAbsolutePath() : absolute;
    }

    void bad(Node at, String path, String what, String read, String right) {
        problems.add(problem(at, path, what, read, right));
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
        return new ConfigProblem(file, line(at), column(at), path, what, read, right);
    }
}
