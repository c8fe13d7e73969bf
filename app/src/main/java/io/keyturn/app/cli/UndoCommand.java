package io.keyturn.app.cli;

import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.UndoJob;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Switches keys on again that Keyturn switched off. */
@Command(
        name = "undo",
        description = {
            "Switch keys on again that Keyturn switched off, until they are deleted.",
            "By the run that did it, by user name, or by key (its ID or last four characters).",
            "A key that was declared compromised stays off unless you name the compromise, and say why."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn undo billing-reader",
            "  keyturn undo AKIAIOSFODNN7EXAMPLE",
            "  keyturn undo keyturn-2026-11-23T120000Z-1f9ac03b",
            "",
            "Exit codes: 0 all of them work again, 2 nothing there to undo, 3 some do not."
        })
final class UndoCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Option(names = "--account", paramLabel = "ID", description = "Only in this account: its twelve digits.")
    private @Nullable String account;

    @Option(
            names = "--compromise",
            paramLabel = "ID",
            description = "The compromise that is over, by the name that the refusal gives; with --why.")
    private @Nullable String compromise;

    @Option(names = "--why", paramLabel = "TEXT", description = "Why the compromise is over; kept in the journal.")
    private @Nullable String why;

    @Parameters(paramLabel = "RUN|USER|KEY", description = "What to undo.")
    private String what = "";

    @Override
    public Integer call() throws StoreFailure, Refused {
        if ((compromise == null) != (why == null)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--compromise ID and --why TEXT go together: nobody undoes a compromise unawares");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        UndoJob job =
                new UndoJob(source.settings(keyturn.environment, errors), keyturn.environment, InstantSource.system());
        if (compromise != null && why != null && !job.withdraw(this::isWanted, compromise, who(job), why)) {
            errors.println("keyturn: no compromise of that name holds off a key that fits \"" + Safe.text(what)
                    + "\"; run undo without --compromise to see its name");
            return Keyturn.USAGE;
        }
        try (Interruption watch = Interruption.watch()) {
            return watch.guard(errors, "what is said to work again does; run undo once more for the rest", () -> {
                Told told = new Told(out);
                int count = job.run(this::isWanted, told);
                if (count == 0 && !told.anything) {
                    errors.println("keyturn: nothing that Keyturn switched off fits \"" + Safe.text(what)
                            + "\"; see `keyturn history`");
                    return Keyturn.USAGE;
                }
                return told.whole ? 0 : Keyturn.NOT_READ;
            });
        } finally {
            out.flush();
        }
    }

    private static String who(UndoJob job) {
        try {
            return job.who();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadConfiguration("interrupted; nothing was undone");
        }
    }

    private boolean isWanted(Entry.Outcome deactivation) {
        Target target = deactivation.target();
        KeyId key = target.key();
        return (account == null || target.account().value().equals(account))
                && (deactivation.stamp().run().equals(what)
                        || target.name().value().equals(what)
                        || (key != null
                                && (key.value().equals(what) || key.lastFour().equals(what))));
    }

    /** Prints a line for each key. */
    private static final class Told implements UndoJob.Desk {
        private final PrintWriter out;
        private boolean whole = true;
        private boolean anything;

        Told(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void ended(Target target, boolean done, String why) {
            KeyId key = target.key();
            anything = true;
            whole &= done;
            out.println((done ? "works again  " : "not undone   ")
                    + Safe.text(target.name().value())
                    + (key == null ? "" : " · " + key.lastFour()) + " · " + target.account()
                    + (why.isEmpty() ? "" : ": " + Safe.text(why)));
            out.flush();
        }

        @Override
        public void troubled(String account, String sentence) {
            anything = true;
            whole = false;
            out.println("trouble      " + Safe.text(account) + ": " + Safe.text(sentence));
            out.flush();
        }
    }
}
