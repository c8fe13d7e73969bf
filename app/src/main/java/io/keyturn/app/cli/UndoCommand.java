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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
            "Without any of these it changes nothing, and lists what could be undone.",
            "A key that was declared compromised stays off unless you name the compromise, and say why."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn undo",
            "  keyturn undo billing-reader",
            "  keyturn undo AKIAIOSFODNN7EXAMPLE",
            "  keyturn undo keyturn-2026-11-23T120000Z-1f9ac03b",
            "",
            "Exit codes: 0 all of them work again, or listed; 2 nothing there to undo, 3 some do not."
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

    @Parameters(
            paramLabel = "RUN|USER|KEY",
            arity = "0..1",
            description = "What to undo (default: nothing; what could be undone is listed).")
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
        if (what.isEmpty() && compromise != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--compromise is over for a RUN, USER or KEY: name it");
        }
        UndoJob job =
                new UndoJob(source.settings(keyturn.environment, errors), keyturn.environment, InstantSource.system());
        if (what.isEmpty()) {
            list(job.open(), out);
            return 0;
        }
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

    /** Tells what could be undone, by the runs that did it. */
    private void list(List<UndoJob.Off> all, PrintWriter out) {
        Map<String, List<UndoJob.Off>> runs = new LinkedHashMap<>();
        for (UndoJob.Off off : all) {
            if (isOfAccount(off.deactivation().target())) {
                runs.computeIfAbsent(off.deactivation().stamp().run(), run -> new ArrayList<>())
                        .add(off);
            }
        }
        if (runs.isEmpty()) {
            out.println("nothing that Keyturn switched off is still off, by its journal");
        }
        runs.forEach((run, offs) -> {
            out.println(run);
            offs.forEach(off -> out.println("  " + line(off)));
        });
        if (!runs.isEmpty()) {
            out.println();
            out.println("Switch them on again with: keyturn undo RUN, USER or KEY");
        }
        out.flush();
    }

    private static String line(UndoJob.Off off) {
        Target target = off.deactivation().target();
        KeyId key = target.key();
        return off.deactivation().stamp().at().truncatedTo(ChronoUnit.SECONDS) + "  "
                + Safe.text(target.name().value())
                + (key == null ? "" : " · " + key.lastFour()) + " · " + target.account()
                + (off.certain() ? "" : ", if that took effect")
                + (off.compromised() ? ", declared compromised" : "");
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
        return isOfAccount(target)
                && (deactivation.stamp().run().equals(what)
                        || target.name().value().equals(what)
                        || (key != null
                                && (key.value().equals(what) || key.lastFour().equals(what))));
    }

    private boolean isOfAccount(Target target) {
        return account == null || target.account().value().equals(account);
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
