package io.keyturn.app.config;

import io.keyturn.core.policy.OwnerRule;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a file of owners outside of a configuration. */
public final class OwnerFiles {
    private OwnerFiles() {}

    /**
     * The owners by user name.
     *
     * @param name how the file is called where it is named
     * @param problems takes each thing that is wrong with it, a sentence
     */
    public static OwnerRule.Listed read(Path file, String name, Consumer<String> problems) {
        Tree tree = new Tree(file, name);
        OwnerRule.Listed owners = OwnerFile.read(file, tree, name);
        tree.problems.forEach(problem -> problems.accept(problem.sentence()));
        return owners;
    }
}
