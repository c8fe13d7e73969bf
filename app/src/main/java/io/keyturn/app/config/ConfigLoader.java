package io.keyturn.app.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/** Loads {@code keyturn.yaml}. */
public final class ConfigLoader {
    private final Function<String, Optional<String>> environment;
    private final ConditionCompiler compiler;
    private final Path homeDirectory;

    public ConfigLoader(
            Function<String, Optional<String>> environment, ConditionCompiler compiler, Path homeDirectory) {
        this.environment = environment;
        this.compiler = compiler;
        this.homeDirectory = homeDirectory;
    }

    /** Loads {@code file} for a run; every problem is reported at once. */
    public Loaded load(Path file) {
        return load(file, SecretReader.Resolve.NEEDED);
    }

    /**
     * Loads {@code file} to look at it. The result is for no run: a secret in it is its reference.
     *
     * @param secrets whether each secret that this machine holds is looked up, and missed where it is not there
     */
    public Loaded check(Path file, boolean secrets) {
        return load(file, secrets ? SecretReader.Resolve.ALL : SecretReader.Resolve.NONE);
    }

    private Loaded load(Path file, SecretReader.Resolve resolve) {
        Tree tree = new Tree(file, String.valueOf(file.getFileName()));
        Optional<Node> root =
                YamlFile.read(file, tree, YamlFile.Size.CONFIGURATION, "write one with: keyturn config init");
        if (root.isEmpty()) {
            return new Loaded.Bad(tree.problems);
        }
        SecretReader secrets = new SecretReader(new LocalSecrets(environment), resolve);
        Settings settings = new TopReader(tree, compiler, secrets, defaults()).read(root.get());
        tree.problems.sort(Comparator.comparing((ConfigProblem p) -> !p.file().equals(tree.file))
                .thenComparing(ConfigProblem::file)
                .thenComparingInt(ConfigProblem::line)
                .thenComparingInt(ConfigProblem::column));
        return tree.problems.isEmpty() ? new Loaded.Ok(settings, tree.warnings) : new Loaded.Bad(tree.problems);
    }

    /** What holds without a file. */
    public Settings defaults() {
        Path state = environment
                .apply("XDG_STATE_HOME")
                .filter(s -> !s.isBlank())
                .map(Path::of)
                .orElse(homeDirectory.resolve(".local").resolve("state"));
        return Settings.defaults(state.resolve("keyturn").resolve("keyturn.db"));
    }
}
