package io.keyturn.app.cli;

import io.keyturn.app.render.Screen;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** What text is shown on. */
final class ScreenOptions {
    /** When to use colours. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto, always or never (default: ${DEFAULT-VALUE}); NO_COLOR is honoured.",
            defaultValue = "auto")
    Colour colour = Colour.AUTO;

    Screen screen(Map<String, String> environment) {
        boolean terminal = terminal();
        boolean coloured = switch (colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
        };
        return new Screen(width(environment), coloured, unicode(environment), terminal, ZoneId.systemDefault());
    }

    /** Whether a person reads standard output as it is written. */
    static boolean terminal() {
        return System.console() != null && System.console().isTerminal();
    }

    private static int width(Map<String, String> environment) {
        try {
            return Math.clamp(Integer.parseInt(environment.getOrDefault("COLUMNS", "")), 40, 200);
        } catch (NumberFormatException e) {
            return Screen.WIDTH;
        }
    }

    private static boolean unicode(Map<String, String> environment) {
        for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            String locale = environment.getOrDefault(variable, "");
            if (!locale.isEmpty()) {
                return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }
}
