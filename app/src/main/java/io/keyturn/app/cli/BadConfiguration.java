package io.keyturn.app.cli;

import io.keyturn.app.config.ConfigProblem;
import java.util.List;

/** The configuration cannot be used; the message has a line for every problem. */
final class BadConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadConfiguration(List<ConfigProblem> problems) {
        super(String.join("\n", problems.stream().map(ConfigProblem::sentence).toList()));
    }

    BadConfiguration(String message) {
        super(message);
    }
}
