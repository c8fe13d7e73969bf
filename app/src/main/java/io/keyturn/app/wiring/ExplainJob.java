package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.store.SqliteKeyIds;
import io.keyturn.app.config.Settings;
import io.keyturn.core.explain.Explainer;
import io.keyturn.core.explain.KeyStory;
import io.keyturn.core.explain.Sought;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Stages;
import io.keyturn.core.plan.SwitchedOnAgain;
import io.keyturn.core.policy.Step;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.JournalStore.Query;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.KeyUseSearch;
import io.keyturn.engine.run.Lookup;
import io.keyturn.engine.run.OwnerSearch;
import io.keyturn.engine.run.Watching;
import io.keyturn.engine.run.WhoSwitchedOn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds a user or key and tells its story. */
public final class ExplainJob {
    private final Settings configured;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final boolean around;
    private final Meter meter = new Meter();

    /** @param around whether it is looked for other automation too, where Keyturn may change keys */
    public ExplainJob(Settings configured, Map<String, String> environment, InstantSource clock, boolean around) {
        this.around = around;
        this.configured = configured;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** Counts while it runs. */
    public Meter meter() {
        return meter;
    }

    /**
     * What was found.
     *
     * @param stories of all users that fit
     * @param lookup how it was found
     * @param around what is said of other automation on the keys of these accounts, a sentence each
     * @param past what was done, said and decided, where one user fits; null where there is no journal yet
     * @param uses where its keys are used from, where one user fits and the configuration asks for that
     */
    public record Result(
            List<UserStory> stories,
            Lookup.Result lookup,
            List<String> around,
            @Nullable List<Entry> past,
            Map<KeyId, Fact<KeyUses>> uses) {
        public Result {
            uses = Map.copyOf(uses);
            around = List.copyOf(around);
            stories = List.copyOf(stories);
            past = past == null ? null : List.copyOf(past);
        }
    }

    /** Looks in the accounts that pass {@code asked}. */
    public Result run(Sought sought, Predicate<AccountEntry> asked) throws StoreFailure, InterruptedException {
        Optional<JournalStore> journal = Stores.openIfThere(configured, environment);
        try {
            return run(sought, asked, Lowered.by(journal, configured), journal);
        } finally {
            journal.ifPresent(JournalStore::close);
        }
    }

    private Result run(Sought sought, Predicate<AccountEntry> asked, Settings settings, Optional<JournalStore> journal)
            throws StoreFailure, InterruptedException {
        Needs needs = needs(settings);
        try (SqliteKeyIds keyIds = SqliteKeyIds.in(settings.keyIds());
                AwsAccounts accounts = new AwsAccounts(
                        Surveys.awsSettings(settings, environment, RunName.of(clock.instant())),
                        keyIds,
                        meter,
                        clock)) {
            Lookup.Result found = new Lookup(accounts, needs, meter).find(sought, asked);
            List<UserStory> stories = new ArrayList<>();
            OwnerSearch owners = new OwnerSearch(settings.rules(), accounts.witness());
            for (Snapshot snapshot : found.found()) {
                // The story says why a clue is missing.
                owners.ask(snapshot, clock.instant());
                stories.addAll(stories(snapshot, settings, journal, owners, new WhoSwitchedOn(accounts.witness())));
            }
            Map<KeyId, Fact<KeyUses>> uses =
                    stories.size() == 1 && settings.acting().manner().evidence().trail()
                            ? uses(stories.getFirst(), Surveys.uses(settings, accounts, clock))
                            : Map.of();
            return new Result(
                    stories.stream().map(story -> usedFrom(story, uses)).toList(),
                    found,
                    around(found.found(), settings, accounts),
                    journal.isEmpty()
                            ? null
                            : stories.size() == 1 ? past(journal.get(), stories.getFirst()) : List.of(),
                    uses);
        }
    }

    private static Map<KeyId, Fact<KeyUses>> uses(UserStory story, KeyUseSearch search) throws InterruptedException {
        Map<KeyId, Fact<KeyUses>> uses = new HashMap<>();
        for (KeyStory key : story.keys()) {
            KeyId id = key.finding().credential().keyId();
            if (id != null) {
                uses.put(id, search.of(story.account(), story.user(), key.finding()));
            }
        }
        return uses;
    }

    private static UserStory usedFrom(UserStory story, Map<KeyId, Fact<KeyUses>> uses) {
        return story.of(story.keys().stream()
                .map(key -> {
                    KeyId id = key.finding().credential().keyId();
                    Fact<KeyUses> found = id == null ? null : uses.get(id);
                    return found == null ? key : key.usedFrom(found);
                })
                .toList());
    }

    private List<String> around(List<Snapshot> found, Settings settings, AwsAccounts accounts)
            throws InterruptedException {
        Crowd crowd = new Crowd();
        CodeKept code = new CodeKept();
        Set<AccountId> looked = new LinkedHashSet<>();
        for (Snapshot snapshot : found) {
            Account account = snapshot.account();
            boolean changes =
                    Stages.of(account, settings.rules(), clock.instant()).allows(Step.ROTATE);
            if (around && changes && looked.add(account.id())) {
                crowd.look(account, Surveys.others(settings, accounts), clock.instant());
                code.look(account, names(found, account), Surveys.code(settings, accounts), clock.instant());
            }
        }
        List<String> sentences = new ArrayList<>(crowd.held(looked));
        sentences.addAll(crowd.unseen(looked));
        sentences.addAll(code.sentences());
        return sentences;
    }

    private static Set<UserName> names(List<Snapshot> found, Account account) {
        return found.stream()
                .filter(snapshot -> snapshot.account().id().equals(account.id()))
                .flatMap(snapshot -> snapshot.users().stream())
                .map(User::name)
                .collect(Collectors.toSet());
    }

    private List<UserStory> stories(
            Snapshot snapshot,
            Settings settings,
            Optional<JournalStore> journal,
            OwnerSearch owners,
            WhoSwitchedOn search)
            throws StoreFailure, InterruptedException {
        History history = journal.isEmpty()
                ? History.NONE
                : new JournalMemory(
                                journal.get(), Voice.enough(settings.acting().channels()))
                        .of(snapshot.account().id());
        try (Keeping.Uses uses = Seen.of(settings, journal)) {
            List<UserStory> stories = new ArrayList<>();
            for (UserStory story : new Explainer(settings.rules(), history, new Watching(uses.memory()), owners)
                    .explain(snapshot, clock.instant())) {
                stories.add(withWhoSwitchedOn(story, history, search));
            }
            return stories;
        }
    }

    /** Of keys that work although Keyturn switched them off, who did that. */
    private static UserStory withWhoSwitchedOn(UserStory story, History history, WhoSwitchedOn search)
            throws InterruptedException {
        List<KeyStory> keys = new ArrayList<>();
        for (KeyStory key : story.keys()) {
            Instant off = SwitchedOnAgain.heldSince(history, key.finding());
            KeyId id = key.finding().credential().keyId();
            keys.add(
                    off == null || id == null
                            ? key
                            : key.held(new Hold(false, search.told(story.account(), id, off), null)));
        }
        return story.of(keys);
    }

    private static List<Entry> past(JournalStore store, UserStory story) throws StoreFailure {
        List<Line> lines = new ArrayList<>();
        String stream = Streams.of(story.account().id());
        store.find(new Query(stream, story.user().id().value(), null, null), lines::add);
        List<Entry> entries = new ArrayList<>();
        for (Line line : lines) {
            entries.add(Entries.of(line));
        }
        return entries;
    }

    /** What the rules ask for, and all else that a user tells: of one user it costs a handful of calls. */
    private static Needs needs(Settings settings) {
        Set<FactName> facts =
                EnumSet.copyOf(settings.rules().needs(Needs.Identify.ALL).facts());
        facts.addAll(Set.of(
                FactName.LAST_USE,
                FactName.TAGS,
                FactName.GROUPS,
                FactName.POLICIES,
                FactName.BOUNDARY,
                FactName.CONSOLE,
                FactName.MFA));
        facts.remove(FactName.ROOT);
        return new Needs(facts, Needs.Identify.ALL);
    }
}
