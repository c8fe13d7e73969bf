package io.keyturn.app.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line within another process, for doors that have none of their own.
 *
 * @param environment what stands for the process environment
 */
public record Embedded(Map<String, String> environment, InstantSource clock) {
    /** The exit codes that such a door tells apart. */
    public static final int DONE = 0;

    public static final int FOUND = 1;
    public static final int USAGE = Keyturn.USAGE;

    public Embedded {
        environment = Map.copyOf(environment);
    }

    /** In this process, with its environment and clock. */
    public static Embedded here() {
        return new Embedded(System.getenv(), InstantSource.system());
    }

    /** The same where some of the environment is otherwise. */
    public Embedded with(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(others);
        return new Embedded(all, clock);
    }

    /** Runs a command; its exit code. */
    public int run(List<String> arguments, PrintWriter out, PrintWriter errors) {
        String[] words = arguments.toArray(String[]::new);
        int exit = Keyturn.commandLine(environment, words)
                .setOut(out)
                .setErr(errors)
                .execute(words);
        out.flush();
        errors.flush();
        return exit;
    }
}
