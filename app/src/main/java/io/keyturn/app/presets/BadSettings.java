package io.keyturn.app.presets;

import java.util.List;

/** The settings of a tool cannot be used; every problem is in it, a sentence each. */
public final class BadSettings extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    BadSettings(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
