package io.keyturn.app.cli;

import io.keyturn.app.render.Preview;
import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.NextNoticeJob;
import io.keyturn.app.wiring.NextNoticeJob.Foretold;
import io.keyturn.app.wiring.NotifyJob;
import io.keyturn.app.words.Kind;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what would go out: of a real user, or of a key that is made up. */
@Command(
        name = "preview",
        description = {
            "Show exactly what would go out next to the owner of a user's keys, or, without --user, a message about a"
                    + " key that is made up. Nothing is sent."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn notify preview --channel email --kind rotate",
            "  keyturn notify preview --sample --channel slack",
            "  keyturn notify preview --demo --user build-agent-40 --sample --channel email",
            "  keyturn notify preview --sample --output html > messages.html",
            "",
            "Exit codes: 0 done, 2 usage or configuration, nobody or several found, 3 something could not be read."
        })
final class PreviewCommand implements Callable<Integer> {
    /** Forms of the result. */
    enum Form {
        TEXT,
        JSON,
        HTML
    }

    @CommandLine.ParentCommand
    private NotifyCommand parent = new NotifyCommand();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(
            names = "--user",
            paramLabel = SoughtOptions.LABEL,
            description = "Of this user's keys, or of this key: a name or ARN, a key ID, or its last four characters.")
    private @Nullable String user;

    @Option(names = "--key", paramLabel = "KEY", description = "Only this key of the user: ID or last four characters.")
    private @Nullable String key;

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "Only this channel; without it, all.")
    private @Nullable String channel;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            completionCandidates = NotifyCommand.Kinds.class,
            converter = NotifyCommand.Kinds.class,
            description = {
                "What is said: ${COMPLETION-CANDIDATES}",
                "(default: deactivate; of a real user, whatever comes next)."
            })
    private @Nullable Kind kind;

    @Option(
            names = "--to",
            paramLabel = "RECIPIENT",
            description = "To whom, of a made-up key (default: ${DEFAULT-VALUE}).",
            defaultValue = "b.khan@example.com")
    private String to = "";

    @Option(names = "--sample", description = "Show channels that are not configured too, with made-up addresses.")
    private boolean sample;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text, json, or html for a browser (default: ${DEFAULT-VALUE}).",
            defaultValue = "text")
    private Form form = Form.TEXT;

    @Mixin
    private SoughtOptions sought = new SoughtOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() throws StoreFailure {
        Map<String, String> environment = parent.environment();
        CommandLine command = spec.commandLine();
        if (user == null && key != null) {
            throw new CommandLine.ParameterException(command, "--key asks for a key of a user: add --user");
        }
        try (Ground ground = source.ground(environment, command.getErr())) {
            NotifyJob job = new NotifyJob(ground.settings(), ground.environment(), InstantSource.system());
            if (user == null) {
                print(made(job));
                return 0;
            }
            return sought.find(user, ground, environment, command, found -> {
                NextNoticeJob next = new NextNoticeJob(ground.settings(), ground.environment());
                print(real(
                        ground,
                        found.story(),
                        next.of(found.story(), key(found), found.result().uses())
                                .orElse(null)));
                return found.unread() ? Keyturn.NOT_READ : 0;
            });
        }
    }

    private Preview made(NotifyJob configured) {
        NotifyJob job = sample ? configured.withEveryChannel() : configured;
        List<Notice> notices = List.of(job.sample(to, kind == null ? Kind.DEACTIVATE : kind));
        return new Preview(null, kinds(notices), shown(job, notices, to, name -> null, null), List.of());
    }

    /** The key that was asked for by either option; null for all. */
    private @Nullable KeyId key(SoughtOptions.Found found) {
        if (key == null) {
            return found.key();
        }
        Set<String> there = new LinkedHashSet<>();
        for (var story : found.story().keys()) {
            KeyId id = story.finding().credential().keyId();
            if (id != null && (id.value().equals(key) || id.lastFour().equals(key))) {
                return id;
            }
            there.add(id == null ? "one whose ID is not known" : id.lastFour());
        }
        throw new BadConfiguration(found.story().user().name().value() + " has no key \"" + Safe.text(key) + "\"; "
                + (there.isEmpty() ? "it has none at all" : "it has " + String.join(" and ", there)));
    }

    private Preview real(Ground ground, UserStory story, @Nullable Foretold next) {
        String name = story.user().name().value();
        if (next == null) {
            throw new BadConfiguration("nothing will be said of " + Safe.text(name)
                    + ": no policy reminds anybody of its keys; see `keyturn explain " + Safe.text(name) + "`");
        }
        if (next.notices().isEmpty()) {
            throw new BadConfiguration("nobody is known to own the keys of " + Safe.text(name)
                    + ", so nobody would be told; add a link to owners, such as default: {slack: \"#cloud-security\"}");
        }
        if (kind != null && next.notices().stream().noneMatch(notice -> Kind.of(notice) == kind)) {
            throw new BadConfiguration("what is said next of " + Safe.text(name) + ", on " + day(next.at()) + ", is "
                    + String.join(" and ", kinds(next.notices())) + ", not " + kind.label()
                    + "; leave --kind out, or leave --user out for a key that is made up");
        }
        NotifyJob configured = new NotifyJob(ground.settings(), ground.environment(), InstantSource.fixed(next.at()));
        NotifyJob job = sample ? configured.withEveryChannel() : configured;
        String owner = next.notices().getFirst().owner().name();
        OwnerClock clock = OwnerClock.of(next.notices().getFirst().owner(), configured, ground.settings());
        return new Preview(
                next.at(),
                kinds(next.notices()),
                shown(job, next.notices(), owner, next.threads(), clock.zone()),
                remarks(story, next, job, owner, clock));
    }

    private List<String> remarks(UserStory story, Foretold next, NotifyJob job, String owner, OwnerClock clock) {
        List<String> remarks = new ArrayList<>();
        remarks.add(
                next.at().isAfter(story.now())
                        ? "nothing is due now: this goes out on " + day(next.at()) + ", if nothing changes until then"
                        : "this is due now");
        if (!story.stage().allows(Step.REMIND)) {
            remarks.add("the stage " + story.stage().label() + " of the account keeps it back; see `keyturn stages`");
        }
        if (channel == null && !job.channels().isEmpty() && job.channelOf(owner).isEmpty()) {
            remarks.add("no channel to single people knows the name " + owner + ", so nobody would be told");
        }
        if (!story.holds().isEmpty()) {
            remarks.add("held back: " + story.holds().getFirst().sentence());
        }
        if (clock.remark() != null) {
            remarks.add(clock.remark());
        }
        return remarks;
    }

    private List<Preview.Shown> shown(
            NotifyJob job,
            List<Notice> notices,
            String recipient,
            NextNoticeJob.Threads threads,
            @Nullable ZoneId clock) {
        List<String> channels = channel == null ? job.channels() : List.of(channel);
        if (channels.isEmpty()) {
            return List.of(job.words(notices));
        }
        List<Preview.Shown> shown = new ArrayList<>();
        for (String name : channels) {
            shown.add(job.preview(name, recipient, notices, threads.of(name), clock)
                    .orElseThrow(
                            () -> NotifyCommand.noSuchChannel(job, name, ", and --sample shows what it would be")));
        }
        return shown;
    }

    private static List<String> kinds(List<Notice> notices) {
        return notices.stream().map(notice -> Kind.of(notice).label()).collect(Collectors.toList());
    }

    private static String day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private void print(Preview preview) {
        PrintWriter out = spec.commandLine().getOut();
        switch (form) {
            case TEXT -> preview.text(out);
            case JSON -> preview.json(out);
            case HTML -> preview.html(out);
        }
        preview.remarks().forEach(remark -> spec.commandLine().getErr().println("keyturn: " + Safe.text(remark)));
    }
}
