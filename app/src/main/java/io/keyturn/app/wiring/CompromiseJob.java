package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.app.config.Channels;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.report.Words;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.apply.Tools;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.port.Belongings;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.port.Witness;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Aftermath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way of a key that is in others' hands: declared, switched off by an ordinary run that is narrowed to it, and after a
 * while looked at again with all else its user can log in with.
 */
public final class CompromiseJob {
    /** A key that is switched off may work some seconds longer. Source: public measurements of IAM's propagation. */
    public static final Duration PROPAGATION = Duration.ofSeconds(30);

    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Tools.Pause pause;
    private final List<String> told = new ArrayList<>();
    private String why = "";

    /** @param pause waits until AWS has forgotten a key that was switched off */
    public CompromiseJob(Settings settings, Map<String, String> environment, InstantSource clock, Tools.Pause pause) {
        // A report may be hours old.
        this.settings = settings.reading(ReadMode.LIVE, settings.fast());
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.pause = pause;
    }

    /** How a key that was declared compromised ended. */
    public sealed interface End {
        /** Switched off just now. */
        record Off() implements End {}

        /** It was off already. */
        record WasOff() implements End {}

        /** Something that bounds every run holds it; a sentence. */
        record Held(String why) implements End {}

        /** It was tried, and is not known to be off; a sentence. */
        record Failed(String why) implements End {}
    }

    /** Declares the keys compromised; the decision that stands for each of them. */
    public Map<KeyId, Compromise> declare(UserStory story, List<KeyId> keys, String by, String why)
            throws StoreFailure, Refused {
        this.why = why;
        Map<KeyId, Compromise> said = new HashMap<>();
        for (KeyId key : keys) {
            Target target = new Target(
                    story.account().id(), story.user().id(), story.user().name(), key);
            Compromise before = said(target);
            if (before == null || !before.by().equals(by)) {
                new Decided(settings, environment, clock).make(decisions -> decisions.compromised(target, by, why));
            }
            Compromise now = said(target);
            if (now != null) {
                said.put(key, now);
            }
        }
        return said;
    }

    private @Nullable Compromise said(Target target) throws StoreFailure {
        try (JournalStore store = Stores.open(settings, environment)) {
            KeyId key = target.key();
            return key == null
                    ? null
                    : new JournalMemory(store, Set.of()).of(target.account()).compromise(key);
        }
    }

    /** Switches these keys off, as far as everything that bounds a run lets it; how each of them ended. */
    public Map<KeyId, End> cut(UserStory story, List<KeyId> keys) throws StoreFailure, InterruptedException {
        Course course = new Course();
        Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Predicate<Action> only = action -> action instanceof Action.Deactivate
                && action.credential().keyId() != null
                && keys.contains(action.credential().keyId());
        ActJob.End end = new ActJob(settings, environment, clock)
                .run(course, entry -> entry.id().equals(story.account().id().value()), finding -> true, only, course);
        if (end instanceof ActJob.End.Stopped(boolean complete, String why)) {
            course.restrained.add(why);
        }
        Map<KeyId, End> ends = new HashMap<>();
        keys.forEach(key -> ends.put(key, course.endOf(key)));
        told(story, ends, since, course);
        return ends;
    }

    /** Who heard of what {@link #cut} did, and who did not and why, a sentence each. */
    public List<String> told() {
        return List.copyOf(told);
    }

    private void told(UserStory story, Map<KeyId, End> ends, Instant since, Course course)
            throws StoreFailure, InterruptedException {
        List<KeyId> off = ends.keySet().stream()
                .filter(key -> ends.get(key) instanceof End.Off)
                .toList();
        if (off.isEmpty()) {
            return;
        }
        try (JournalStore store = Stores.open(settings, environment)) {
            for (KeyId key : off) {
                told.addAll(CompromiseWord.told(store, story.account(), key, since));
            }
        }
        if (told.isEmpty() && course.troubles.isEmpty()) {
            told.add("nobody was told: no channel is configured, or nobody is known to own it");
        }
        course.troubles.forEach(sentence -> told.add("somebody was not told: " + sentence));
        Channels.PagerDuty pager = settings.acting().channels().pagerDuty();
        if (pager != null) {
            try (Secrets secrets = new RunSecrets(environment, settings.acting().credstash());
                    JournalStore store = Stores.open(settings, environment)) {
                told.add(CompromiseWord.wake(
                        pager, environment, secrets, clock, store, story.account(), story.user(), off, why));
            }
        }
    }

    /** Waits until the keys are off everywhere, and looks at the user again and at what was done with the keys. */
    public Aftermath look(UserStory story, List<KeyId> keys, boolean wait) throws InterruptedException {
        if (wait) {
            pause.pause(PROPAGATION);
        }
        Needs needs = new Needs(EnumSet.of(FactName.KEYS, FactName.LAST_USE, FactName.POLICIES), Needs.Identify.ALL);
        try (AwsAccounts accounts = new AwsAccounts(
                Surveys.awsSettings(settings, environment, RunName.of(clock.instant()), false),
                KeyIdMemory.NONE,
                new Meter(),
                clock)) {
            accounts.each(entry -> {});
            LiveAccount live = accounts.open(story.account());
            Optional<User> user = live.user(story.user().name(), needs);
            return new Aftermath(
                    user.orElse(null),
                    live.belongings(story.user().name()),
                    did(accounts.witness(), story.account(), keys),
                    null);
        } catch (ReadFailure e) {
            return new Aftermath(null, Belongings.NOT_READ, Fact.notRead(), e.problem());
        }
    }

    private Fact<TrailEvents> did(Witness witness, Account account, List<KeyId> keys) throws InterruptedException {
        Instant now = clock.instant();
        List<TrailEvent> all = new ArrayList<>();
        boolean whole = true;
        for (KeyId key : keys) {
            Fact<TrailEvents> told =
                    witness.events(account, TrailQuery.signedWith(key.value()), now.minus(Duration.ofDays(90)));
            if (!(told instanceof Fact.Known<TrailEvents>(TrailEvents events, Instant asOf))) {
                return told;
            }
            all.addAll(events.events());
            whole &= events.whole();
        }
        all.sort(Comparator.comparing(TrailEvent::at).reversed());
        return Fact.known(new TrailEvents(all, whole), now);
    }

    /** What a run shows and tells of the keys. */
    private static final class Course implements Renderer, ActJob.Desk {
        private final Map<KeyId, Finding> findings = new HashMap<>();
        private final Map<KeyId, Scheduled> next = new HashMap<>();
        private final Map<KeyId, Outcome> outcomes = new HashMap<>();
        private final List<String> restrained = new ArrayList<>();
        private final List<String> troubles = new ArrayList<>();
        private @Nullable Plan plan;

        @Override
        public void account(AccountOutcome outcome, Predicate<Finding> view) {
            switch (outcome) {
                case AccountOutcome.Surveyed found -> {
                    found.findings()
                            .forEach(finding -> note(finding.credential().keyId(), finding, findings));
                    found.plan().next().forEach(one -> note(one.credential().keyId(), one, next));
                }
                case AccountOutcome.Failed failed ->
                    troubles.add(failed.problem().sentence());
                case AccountOutcome.Skipped skipped -> restrained.add("the account is left out: " + skipped.why());
            }
        }

        private static <T> void note(@Nullable KeyId key, T value, Map<KeyId, T> into) {
            if (key != null) {
                into.put(key, value);
            }
        }

        @Override
        public void end(Plan made, boolean planAsked) {
            plan = made;
        }

        @Override
        public boolean approves(Plan made) {
            return true;
        }

        @Override
        public void restrained(String sentence) {
            restrained.add(sentence);
        }

        @Override
        public void ended(Account account, Outcome outcome) {
            note(outcome.action().credential().keyId(), outcome, outcomes);
        }

        @Override
        public void troubled(Account account, String sentence) {
            troubles.add(sentence);
        }

        End endOf(KeyId key) {
            Outcome outcome = outcomes.get(key);
            if (outcome != null) {
                return of(outcome);
            }
            Finding finding = findings.get(key);
            if (finding == null) {
                return new End.Failed(troubles.isEmpty() ? "the key is gone" : troubles.getFirst());
            }
            if (Boolean.FALSE.equals(finding.active())) {
                return new End.WasOff();
            }
            return new End.Held(whatHolds(key, finding));
        }

        private static End of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Done done -> new End.Off();
                case Outcome.Skipped(Action action, String why) -> new End.Held(why);
                case Outcome.NotTried(Action action, String why) -> new End.Held(why);
                case Outcome.Failed(Action action, Problem problem) -> new End.Failed(problem.sentence());
                case Outcome.InDoubt(Action action, Problem problem) ->
                    new End.Failed(problem.sentence() + "; it may be off: run this once more to know");
            };
        }

        private String whatHolds(KeyId key, Finding finding) {
            for (Reason reason : finding.reasons()) {
                if (reason instanceof Reason.Exempted) {
                    return Words.sentence(reason) + "; end the exemption in the configuration first";
                }
            }
            Scheduled step = next.get(key);
            if (step != null && step.heldBy() != null) {
                return "the stage of its account is " + step.heldBy().label() + ", where Keyturn switches nothing off";
            }
            if (step != null && step.hold() != null && !step.hold().quiet()) {
                return step.hold().sentence() + "; thaw it first";
            }
            for (Plan.Deferred later : plan == null ? List.<Plan.Deferred>of() : plan.deferred()) {
                if (key.equals(later.action().credential().keyId())) {
                    return "the cap \"" + later.cap() + "\" is full: limit " + later.limit() + ", selected "
                            + later.selected() + ", total " + later.total() + "; raise limits.deactivate";
                }
            }
            return restrained.isEmpty() ? "the run did not plan it" : restrained.getFirst();
        }
    }
}
