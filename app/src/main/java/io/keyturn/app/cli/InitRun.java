package io.keyturn.app.cli;

import io.keyturn.app.config.ConfigInit;
import io.keyturn.app.config.FileFault;
import io.keyturn.app.config.Seen;
import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.AccountLook;
import io.keyturn.engine.port.AccountSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;

/** Writes the first configuration: looks at the accounts, and writes the general file where it cannot. */
final class InitRun {
    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter errors;

    InitRun(Map<String, String> environment, CommandLine command) {
        this.environment = environment;
        this.out = command.getOut();
        this.errors = command.getErr();
    }

    int run(Path file, AccountSource source, boolean force) throws InterruptedException {
        if (!force && Files.exists(file)) {
            throw isThere(file);
        }
        write(file, ConfigInit.commented(source, look(source)), force);
        out.println("wrote " + Safe.text(file.toString()) + "; check it with: keyturn config check");
        out.flush();
        return 0;
    }

    private Seen look(AccountSource source) throws InterruptedException {
        AccountLook looking = new AccountLook();
        AccountLook.Result result;
        try (Progress progress = new Progress(looking.meter(), errors)) {
            result = looking.look(Configuration.defaults(environment).of(source), environment, InstantSource.system());
        }
        Seen seen = result.seen();
        int users = seen.users().values().stream().mapToInt(Integer::intValue).sum();
        if (!seen.accounts().isEmpty()) {
            out.println("looked at " + seen.accounts().size() + (seen.accounts().size() == 1 ? " account" : " accounts")
                    + " with " + users + " users");
        }
        if (!result.missed().isEmpty()) {
            int others = result.missed().size() - 1;
            String which = seen.accounts().isEmpty()
                    ? "; the file is the general one"
                    : "; so it was not looked at" + (others == 0 ? "" : ", nor were " + others + " others");
            errors.println("keyturn: " + Safe.text(result.missed().getFirst() + which));
        }
        return seen;
    }

    private static void write(Path file, String text, boolean force) {
        StandardOpenOption how = force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW;
        try {
            Files.writeString(
                    file,
                    text,
                    StandardCharsets.UTF_8,
                    how,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (FileAlreadyExistsException e) {
            throw isThere(file);
        } catch (IOException e) {
            throw new BadConfiguration(
                    "could not write " + file + ": " + FileFault.why(e) + "; name another place with --config");
        }
    }

    private static BadConfiguration isThere(Path file) {
        return new BadConfiguration(file
                + " is there already and is left as it is; name another with --config, or replace it with --force");
    }
}
