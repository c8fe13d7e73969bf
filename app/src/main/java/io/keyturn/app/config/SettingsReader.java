package io.keyturn.app.config;

import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.ReadMode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the file into a tree of nodes with their places, and hands it to {@link TopReader}. */
final class SettingsReader {
    private static final long MOST_BYTES = 1 << 20;

    private SettingsReader() {}

    static Loaded load(Path file, Function<String, Optional<String>> env, ConditionCompiler compiler, Path home) {
        Tree tree = new Tree(file);
        Optional<Node> root = parse(file, tree);
        if (root.isEmpty()) {
            return new Loaded.Bad(tree.problems);
        }
        Settings settings = new TopReader(tree, compiler, store(env, home), env).read(root.get());
        tree.problems.sort(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column));
        return tree.problems.isEmpty() ? new Loaded.Ok(settings, tree.warnings) : new Loaded.Bad(tree.problems);
    }

    private static Optional<Node> parse(Path file, Tree tree) {
        try {
            if (Files.isDirectory(file)) {
                tree.whole("is a directory", "name a file");
            } else if (Files.size(file) > MOST_BYTES) {
                tree.whole("is larger than 1 MiB", "a configuration is a few kilobytes");
            } else {
                LoadSettings how = LoadSettings.builder().setLabel(tree.file).build();
                Optional<Node> root = new Compose(how).composeString(Files.readString(file));
                if (root.isEmpty()) {
                    tree.whole("is empty", "write one with: keyturn config init");
                }
                return root;
            }
        } catch (CharacterCodingException e) {
            tree.whole("is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            tree.whole("cannot be read: " + e.getMessage(), "check its name and permissions");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(m -> m.getLine() + 1).orElse(0);
            int column = e.getProblemMark().map(m -> m.getColumn() + 1).orElse(0);
            String right = "indent with spaces, never tabs, and close every bracket and quote";
            tree.problems.add(
                    new ConfigProblem(tree.file, line, column, "", "this is not YAML: " + e.getProblem(), "", right));
        } catch (StackOverflowError e) {
            // The parser descends by recursion; hostile nesting ends it before anything is read.
            tree.whole("nests too deeply", "a configuration has a few levels");
        } catch (YamlEngineException e) {
            tree.whole("is not YAML: " + e.getMessage(), "");
        }
        return Optional.empty();
    }

    static Path store(Function<String, Optional<String>> env, Path home) {
        Path state = env.apply("XDG_STATE_HOME")
                .filter(s -> !s.isBlank())
                .map(Path::of)
                .orElse(home.resolve(".local/state"));
        return state.resolve("keyturn/keyturn.db");
    }

    static List<Policy> policies() {
        Limit age = new Limit(
                Duration.ofDays(75), Duration.ofDays(90), List.of(Step.REMIND), List.of(Step.REMIND, Step.TICKET));
        Limit idle = new Limit(
                Duration.ofDays(30), Duration.ofDays(45), List.of(Step.REMIND), List.of(Step.REMIND, Step.TICKET));
        return List.of(new Policy(
                "default",
                Condition.ALWAYS,
                age,
                idle,
                Policy.DEFAULT_REMIND_EVERY,
                null,
                Policy.DEFAULT_IN_USE_WINDOW,
                false));
    }

    static List<OwnerRule> owners() {
        return List.of(
                new OwnerRule.Tag("Slack"),
                new OwnerRule.Tag("Email"),
                new OwnerRule.Tag("Owner"),
                new OwnerRule.MailName());
    }

    static Loaded defaults(Function<String, Optional<String>> env, Path home) {
        Rules rules = new Rules(policies(), List.of(), List.of(), owners(), Map.of(), Rules.DEFAULT_FIRST_NOTICE, true);
        Settings settings = new Settings(
                List.of(new AccountSource.Ambient(null, false)),
                rules,
                ReadMode.AUTO,
                false,
                Duration.ofMinutes(10),
                store(env, home),
                Map.of());
        return new Loaded.Ok(settings, List.of());
    }
}
