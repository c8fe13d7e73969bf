package io.keyturn.app.cli;

import io.keyturn.app.render.HistoryLines;
import io.keyturn.app.wiring.HistoryJob;
import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.JournalStore.Query;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what was done, said and decided, and proves that nobody changed it since. */
@Command(
        name = "history",
        description = "Show what was done, said and decided.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn history",
            "  keyturn history --user billing-reader --since 2026-11-01",
            "  keyturn history --output jsonl > journal.jsonl",
            "  keyturn history verify",
            "  keyturn history anchor s3://keyturn-anchors/production",
            "",
            "In JSON Lines every line names the SHA-256 of the one before: what is exported proves its own order.",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 the store could not be read."
        })
final class HistoryCommand implements Callable<Integer> {
    /** Forms of the journal. */
    enum Form {
        TABLE,
        JSONL
    }

    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--user", paramLabel = "NAME", description = "Only what is about this user, by name or user ID.")
    private @Nullable String user;

    @Option(names = "--key", paramLabel = "ID", description = "Only what is about this key.")
    private @Nullable String key;

    @Option(names = "--account", paramLabel = "ID", description = "Only what is about this account.")
    private @Nullable String account;

    @Option(names = "--since", paramLabel = "DAY", description = "Only from this day on, UTC, such as 2026-11-01.")
    private @Nullable LocalDate since;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table or jsonl (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Form form = Form.TABLE;

    @Override
    public Integer call() throws StoreFailure {
        PrintWriter out = spec.commandLine().getOut();
        LocalDate from = since;
        Instant at = from == null ? null : from.atStartOfDay().toInstant(ZoneOffset.UTC);
        List<Line> lines = new ArrayList<>();
        job(store).find(new Query(account, null, key, at), lines::add);
        HistoryLines table = new HistoryLines(out);
        boolean any = false;
        for (Line line : lines) {
            if (isWanted(line)) {
                any = true;
                if (form == Form.JSONL) {
                    out.println(line.text());
                } else {
                    table.print(line);
                }
            }
        }
        out.flush();
        if (!any) {
            spec.commandLine()
                    .getErr()
                    .println("keyturn: nothing " + (isOfAll() ? "" : "that fits ") + "was done, said or decided yet");
        }
        return 0;
    }

    private boolean isOfAll() {
        return user == null && key == null && account == null && since == null;
    }

    private HistoryJob job(StoreOptions where) {
        return new HistoryJob(
                where.settings(keyturn.environment, spec.commandLine().getErr()), keyturn.environment);
    }

    /** A user goes by name here, and the store finds by ID alone. */
    private boolean isWanted(Line line) throws StoreFailure {
        if (user == null || user.equals(line.user())) {
            return true;
        }
        Entry entry = Entries.of(line);
        return entry.target() != null && entry.target().name().value().equals(user);
    }

    /** Follows every chain. */
    @Command(
            name = "verify",
            description = "Prove that no line was changed, removed or moved since it was written.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  keyturn history verify",
                "",
                "Exit codes: 0 every chain holds, and agrees with every anchor; 3 one does not: the first bad line is named."
            })
    int verify(
            @Mixin StoreOptions where,
            @Option(
                            names = "--anchors",
                            paramLabel = "S3",
                            description =
                                    "Hold it against the anchors in this folder too: s3://bucket/folder. See history anchor.")
                    @Nullable
                    String anchors)
            throws StoreFailure {
        PrintWriter out = spec.commandLine().getOut();
        HistoryJob job = job(where);
        job.verify((stream, head) ->
                out.println(stream + ": " + head.sequence() + " lines hold, the last is " + head.hash()));
        int[] loose = {0};
        if (anchors != null) {
            int[] count = {0};
            job.compare(anchors, (name, anchor, lockedUntil) -> {
                count[0]++;
                if (lockedUntil == null) {
                    loose[0]++;
                    out.println(name + ": agrees, but is not locked, so anybody could have changed it");
                }
            });
            out.println(
                    switch (count[0]) {
                        case 0 -> "no anchor is there yet";
                        case 1 -> "1 anchor agrees";
                        default -> count[0] + " anchors agree";
                    });
        }
        out.flush();
        return loose[0] == 0 ? 0 : Keyturn.NOT_READ;
    }

    /** Keeps the heads of the chains out of its own reach. */
    @Command(
            name = "anchor",
            description = {
                "Keep the last line's hash of every stream in a bucket with Object Lock, where nobody can change it before its",
                "time, whoever can write the journal among them. Once a day is enough."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  keyturn history anchor s3://keyturn-anchors/production",
                "  keyturn history verify --anchors s3://keyturn-anchors/production",
                "",
                "Exit codes: 0 done, 2 usage or configuration, 3 the journal cannot be trusted, or the bucket refused."
            })
    int anchor(
            @Mixin StoreOptions where,
            @Parameters(paramLabel = "S3", description = "The folder: s3://bucket/folder.") String folder,
            @Option(
                            names = "--keep",
                            paramLabel = "DAYS",
                            defaultValue = "400",
                            description =
                                    "Days for which it can be neither changed nor taken away (default: ${DEFAULT-VALUE}).")
                    int keep)
            throws StoreFailure {
        if (keep < 1) {
            throw new CommandLine.ParameterException(
                    spec.subcommands().get("anchor"), "--keep is at least 1 day, not " + keep);
        }
        PrintWriter out = spec.commandLine().getOut();
        HistoryJob.Anchored made = job(where).anchor(folder, Duration.ofDays(keep), InstantSource.system());
        out.println("anchored " + made.anchor().lines() + " lines of "
                + made.anchor().heads().size() + " streams in " + made.name() + ", locked until "
                + LocalDate.ofInstant(made.until(), ZoneOffset.UTC));
        out.flush();
        return 0;
    }
}
