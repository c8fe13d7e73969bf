package io.keyturn.app.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who decides something, and why: kept in the journal with the decision. */
final class WhoAndWhy {
    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why; kept in the journal.")
    String why = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who decides (default: the user of this session).")
    @Nullable
    String by;

    /** Who decides. */
    String who(Map<String, String> environment) {
        return named(by, environment);
    }

    /** Whoever is named, else the user of this session. */
    static String named(@Nullable String named, Map<String, String> environment) {
        if (named != null && !named.isBlank()) {
            return named;
        }
        for (String variable : new String[] {"SUDO_USER", "USER", "LOGNAME"}) {
            String user = environment.getOrDefault(variable, "");
            if (!user.isBlank()) {
                return user;
            }
        }
        return "somebody";
    }
}
