package io.keyturn.app.cli;

import io.keyturn.app.config.Fingerprint;
import io.keyturn.app.config.Report;
import io.keyturn.app.config.Settings;
import io.keyturn.app.planfile.BadPlan;
import io.keyturn.app.planfile.PlanFile;
import io.keyturn.app.planfile.PlanFileReader;
import io.keyturn.app.render.Ending;
import io.keyturn.app.render.OutcomeLines;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.Making;
import io.keyturn.app.wiring.ActJob;
import io.keyturn.app.wiring.Keeping;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.apply.Agreement;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What every command that carries out a plan does around a run. */
final class ActRuns {
    private final Map<String, String> environment;
    private final CommandLine command;
    private final PrintWriter out;
    private final PrintWriter errors;

    ActRuns(Map<String, String> environment, CommandLine command) {
        this.command = command;
        this.environment = environment;
        this.out = command.getOut();
        this.errors = command.getErr();
    }

    /** Asks whether a plan that was shown is to be carried out. */
    interface Approval {
        boolean approves(Plan plan);

        /** Whether a person looks on, or nothing is done. */
        default boolean attended() {
            return true;
        }
    }

    /** Runs, shows the plan, carries it out where it is approved, and says what came of it. */
    int run(SurveyOptions survey, OutputOptions output, Set<Verb> verbs, @Nullable Path planned, Approval approval)
            throws StoreFailure {
        if (survey.policy != null) {
            throw new CommandLine.ParameterException(
                    command, "--policy narrows what is shown, not what is done; narrow with --user or --account");
        }
        if (planned != null && survey.shard != null) {
            throw new CommandLine.ParameterException(
                    command, "--shard: a plan in a file is carried out by one process; leave --shard out");
        }
        output.refuseScreen(command, ScreenOptions.terminal());
        Settings settings = survey.settings(environment, errors);
        Making making = output.making(command, settings, environment, true, survey.narrowedTo());
        PlanFile file = planned == null ? null : file(planned, settings, survey, verbs);
        ActJob job = new ActJob(
                settings,
                environment,
                InstantSource.system(),
                Keeping.configured(settings, environment),
                survey.limit());
        OutcomeLines lines = new OutcomeLines(output.form == OutputOptions.Form.TABLE ? out : errors);
        try (Interruption watch = Interruption.watch()) {
            return watch.guard(
                    errors,
                    "what is said to be done is done; the next run finds out what came of an act under way",
                    () -> run(job, survey, output, verbs, file, approval, making, lines));
        } finally {
            out.flush();
        }
    }

    private int run(
            ActJob job,
            SurveyOptions survey,
            OutputOptions output,
            Set<Verb> verbs,
            @Nullable PlanFile file,
            Approval approval,
            Making making,
            OutcomeLines lines)
            throws StoreFailure, InterruptedException {
        AccountChoice chosen = survey.accounts();
        NamedUser user = survey.namedUser();
        Ending ending = new Ending(
                InstantSource.system(), job.meter(), sentence -> errors.println("keyturn: " + Safe.text(sentence)));
        Renderer renderer =
                output.renderer(out, environment, InstantSource.system().instant(), making, List.of());
        try (Progress progress = new Progress(job.meter(), errors)) {
            ActJob.End end = job.run(
                    user.watching(progress.endingAt(renderer)),
                    survey.taken(),
                    survey.view(),
                    survey.narrowed(action -> verbs.contains(action.kind())),
                    file,
                    new ActJob.Desk() {
                        @Override
                        public boolean approves(Plan plan) {
                            progress.close();
                            out.flush();
                            return approval.approves(plan);
                        }

                        @Override
                        public boolean attended() {
                            return approval.attended();
                        }

                        @Override
                        public void posted(Report report, Channel.Sending sending) {
                            notPosted(sending).ifPresent(problem -> lines.notPosted(problem.sentence()));
                        }

                        @Override
                        public void restrained(String sentence) {
                            progress.close();
                            errors.println("keyturn: " + sentence);
                        }

                        @Override
                        public void refused(Agreement.Refused refused) {
                            progress.close();
                            lines.refused(
                                    file == null
                                            ? ""
                                            : file.nameOf(refused.planned().account()),
                                    refused);
                            out.flush();
                        }

                        @Override
                        public void ended(Account account, Outcome outcome) {
                            lines.ended(account, outcome);
                            out.flush();
                        }

                        @Override
                        public void troubled(Account account, String sentence) {
                            lines.troubled(account, sentence);
                            out.flush();
                        }
                    });
            int exit = exit(end, chosen, file, lines);
            if (exit == 0 && file == null && user.unknown().isPresent()) {
                throw new BadConfiguration(user.unknown().get());
            }
            return ending.tell(renderer, lines.counts()) || exit != 0 ? exit : Keyturn.NOT_READ;
        }
    }

    /** Why what was posted may not have been taken; empty where it was. */
    static Optional<Problem> notPosted(Channel.Sending sending) {
        return switch (sending) {
            case Channel.Sending.Taken taken -> Optional.empty();
            case Channel.Sending.Unreachable(Problem problem) -> Optional.of(problem);
            case Channel.Sending.Refused(Problem problem) -> Optional.of(problem);
            case Channel.Sending.InDoubt(Problem problem) -> Optional.of(problem);
        };
    }

    /** The plan of the file, as far as it is asked for. */
    private static PlanFile file(Path file, Settings settings, SurveyOptions survey, Set<Verb> verbs) {
        try {
            PlanFile plan = PlanFileReader.read(
                    file, Fingerprint.of(settings), InstantSource.system().instant());
            return plan.only(planned -> verbs.contains(planned.verb())
                    && (survey.user == null || planned.name().value().equals(survey.user))
                    && survey.accounts().takes(planned.account().value(), plan.nameOf(planned.account())));
        } catch (BadPlan e) {
            throw new BadConfiguration(String.valueOf(e.getMessage()));
        }
    }

    private int exit(ActJob.End end, AccountChoice chosen, @Nullable PlanFile file, OutcomeLines lines) {
        return switch (end) {
            case ActJob.End.NoSuchAccount unknown ->
                throw new BadConfiguration(
                        file == null || chosen.text() != null
                                ? chosen.unknown(unknown.labels())
                                : others(file, unknown.labels()));
            case ActJob.End.Stopped stopped -> {
                errors.println("keyturn: " + stopped.why());
                yield Keyturn.STOPPED;
            }
            case ActJob.End.Declined declined -> {
                errors.println("keyturn: nothing was changed");
                yield declined.complete() ? 0 : Keyturn.NOT_READ;
            }
            case ActJob.End.Carried carried -> {
                lines.end();
                yield carried.complete() && lines.whole() ? 0 : Keyturn.NOT_READ;
            }
        };
    }

    private static String others(PlanFile file, Set<String> labels) {
        return "the plan is of "
                + file.accounts().stream()
                        .map(account -> account.name() + " (" + account.id() + ")")
                        .collect(Collectors.joining(", "))
                + ", and the configuration reaches " + String.join(", ", new TreeSet<>(labels))
                + "; nothing was done: apply it where these accounts are configured";
    }
}
