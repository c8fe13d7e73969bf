package io.keyturn.app.config;

import java.util.List;

/** What came of loading a configuration. */
public sealed interface Loaded {
    /** It can be used; {@code warnings} say what has no effect. */
    record Ok(Settings settings, List<ConfigProblem> warnings) implements Loaded {
        public Ok {
            warnings = List.copyOf(warnings);
        }
    }

    /** It cannot be used; {@code problems} are all that were found, in the order of the file. */
    record Bad(List<ConfigProblem> problems) implements Loaded {
        public Bad {
            problems = List.copyOf(problems);
        }
    }
}
