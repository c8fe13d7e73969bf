package io.keyturn.app.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a YAML or JSON file into nodes that know their places; JSON is YAML. */
final class YamlFile {
    /** How much of a file is read: beyond that the parser would only burn time. */
    enum Size {
        CONFIGURATION(1, "a configuration is a few kilobytes"),
        /** A hundred thousand users take some three. */
        OWNERS(16, "leave out whoever has no keys");

        private final int mebibytes;
        private final String advice;

        Size(int mebibytes, String advice) {
            this.mebibytes = mebibytes;
            this.advice = advice;
        }
    }

    /** Aliases of aliases multiply: a few lines can stand for billions of values. */
    private static final int MOST_ALIASES = 50;

    private YamlFile() {}

    /** The one document of {@code file}; empty where there is none, with the reason among the problems of {@code tree}. */
    static Optional<Node> read(Path file, Tree tree, Size size, String whereEmpty) {
        Optional<String> text = text(file, tree, size);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        tree.source(text.get());
        Optional<Node> root = compose(text.get(), tree);
        if (root.isEmpty() && tree.problems.isEmpty()) {
            tree.whole("is empty", whereEmpty);
        }
        return root;
    }

    /** The text of {@code file} without a byte order mark; empty where it cannot be read, with the reason. */
    static Optional<String> text(Path file, Tree tree, Size size) {
        try {
            if (Files.isDirectory(file)) {
                tree.whole("is a directory", "name a file");
            } else if (Files.size(file) > (long) size.mebibytes << 20) {
                tree.whole("is larger than " + size.mebibytes + " MiB", size.advice);
            } else {
                String text = Files.readString(file);
                return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
            }
        } catch (CharacterCodingException e) {
            tree.whole("is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            tree.whole("cannot be read: " + FileFault.why(e), "check its name and permissions");
        }
        return Optional.empty();
    }

    private static Optional<Node> compose(String text, Tree tree) {
        try {
            LoadSettings how = LoadSettings.builder()
                    .setLabel(tree.file)
                    .setMaxAliasesForCollections(MOST_ALIASES)
                    // The file was measured before it was read.
                    .setCodePointLimit(Integer.MAX_VALUE)
                    .build();
            return new Compose(how).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
            int column = e.getProblemMark().map(m -> m.getColumn() + 1).orElse(0);
            String what = "this is not YAML: " + e.getProblem();
            tree.problems.add(new ConfigProblem(tree.file, line, column, "", what, "", right(e.getProblem())));
        } catch (StackOverflowError e) {
            // The parser descends by recursion; hostile nesting ends it before anything is read.
            tree.whole("nests too deeply", "a configuration has a few levels");
        } catch (YamlEngineException e) {
            if (String.valueOf(e.getMessage()).startsWith("Number of aliases")) {
                tree.whole("has more than " + MOST_ALIASES + " aliases (*name)", "write out what they repeat");
            } else {
                tree.whole("is not YAML: " + e.getMessage(), "save it as plain text");
            }
        }
        return Optional.empty();
    }

    private static String right(String problem) {
        if (problem.contains("TAB") || problem.contains("\\t")) {
            return "indent with spaces, never tabs";
        }
        return problem.contains("another document")
                ? "a configuration is one document, without \"---\" in between"
                : "check the indentation, and close every bracket and quote";
    }
}
