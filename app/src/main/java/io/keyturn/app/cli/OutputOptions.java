package io.keyturn.app.cli;

import io.keyturn.app.render.CsvRenderer;
import io.keyturn.app.render.JsonRenderer;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.Screen;
import io.keyturn.app.render.TableRenderer;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** How a result is shown. */
final class OutputOptions {
    /** Forms of the result. */
    enum Form {
        TABLE,
        JSON,
        CSV
    }

    /** When to use colours. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table, json or csv (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    Form form = Form.TABLE;

    @Option(names = "--all", description = "List every key, not only those that need a decision.")
    boolean all;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto, always or never (default: ${DEFAULT-VALUE}); NO_COLOR is honoured.",
            defaultValue = "auto")
    Colour colour = Colour.AUTO;

    Renderer renderer(PrintWriter out, Map<String, String> environment, Instant now, List<String> hints) {
        return switch (form) {
            case TABLE -> new TableRenderer(out, screen(environment), now, all, hints);
            case JSON -> new JsonRenderer(out);
            case CSV -> new CsvRenderer(out);
        };
    }

    private Screen screen(Map<String, String> environment) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        boolean coloured = switch (colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
        };
        return new Screen(width(environment), coloured, unicode(environment), terminal, ZoneId.systemDefault());
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

    /** A writer of standard output in UTF-8, buffered. */
    static PrintWriter stdout() {
        return new PrintWriter(new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8), 1 << 16));
    }
}
