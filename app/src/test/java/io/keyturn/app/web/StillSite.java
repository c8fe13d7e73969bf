package io.keyturn.app.web;

import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Settings;
import io.keyturn.app.link.OwnerLinks;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.CatalogFiller;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.MemoryCatalog;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.ApprovedSteps;
import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.journal.PlanVerdict;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A site whose clock stands still: one account of users with hostile names, a journal in memory, and no runs. */
final class StillSite implements Site {
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    /** Names and tags of an attacker. */
    static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "{{ 7 * 7 }}{% include \"x\" %}",
            "\u202Egnp.exe",
            "x".repeat(5_000));

    final MemoryJournalStore store = new MemoryJournalStore();
    Optional<OwnerLinks> links = Optional.empty();
    final List<Boolean> begun = new ArrayList<>();
    final List<String> begunBy = new ArrayList<>();
    final List<String> applied = new ArrayList<>();
    /** Whether any page was made. */
    final CountDownLatch drawn = new CountDownLatch(1);

    private final MemoryCatalog catalog = new MemoryCatalog();
    private final Settings settings;
    /** How many times something is decided before the journal is held by another process. */
    int decisionsUntilLocked = -1;

    private final AtomicInteger ids = new AtomicInteger();

    StillSite(Approval approval) throws StoreFailure {
        Acting none = Acting.NONE;
        settings = Settings.defaults(Path.of("keyturn.db"))
                .acting(new Acting(
                        none.channels(), none.manner(), none.window(), approval, none.handOver(), none.credstash()));
        fill();
    }

    private void fill() throws StoreFailure {
        Account account = new Account(
                new AccountId("111122223333"), "<b>prod</b>", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
        List<User> users = new ArrayList<>();
        for (int i = 0; i < HOSTILE.size(); i++) {
            users.add(user(i, HOSTILE.get(i)));
        }
        Snapshot snapshot = new Snapshot(
                account,
                ReadVia.LIVE,
                NOW,
                Reading.COMPLETE,
                List.of("<i>note</i>"),
                Fact.known(RootKeys.NONE, NOW),
                users);
        List<Finding> findings = new Assessor(settings.rules()).assess(snapshot, NOW);
        List<Scheduled> next = findings.stream()
                .map(finding -> new Scheduled(finding.credential(), Step.DEACTIVATE, NOW, null, null))
                .toList();
        CatalogFiller filler = new CatalogFiller(catalog, NOW);
        filler.account(new AccountOutcome.Surveyed(
                snapshot, findings, new AccountPlan(account, Stage.ENFORCE, 5, List.of(), next, Map.of())));
        List<Action> actions = findings.stream()
                .<Action>map(finding -> new Action.Deactivate(finding.credential(), finding.reasons()))
                .toList();
        filler.end(new Plan(actions, List.of(), "ab".repeat(32)), "run-1", true);
    }

    private static User user(int number, String name) {
        AccessKey key = new AccessKey(
                null,
                new KeyId("AKIA00000000000" + number),
                true,
                NOW.minus(Duration.ofDays(400)),
                LastUse.NEVER_USED,
                NOW);
        return new User(
                new UserName(name),
                new UserId("AIDA" + number),
                "arn:aws:iam::111122223333:user/" + name,
                "/",
                NOW.minus(Duration.ofDays(900)),
                Fact.known(List.of(key), NOW),
                Fact.known(Map.of("Owner", name), NOW),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
    }

    SeenKey anyKey() {
        return catalog.keys(KeyQuery.ALL).keys().getFirst();
    }

    @Override
    public Optional<OwnerLinks> links() {
        return links;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public String title() {
        return "";
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public Optional<String> stopped() {
        drawn.countDown();
        return new StopFlag(store).raised();
    }

    @Override
    public List<Entry> entries(JournalStore.Query query) throws StoreFailure {
        List<JournalStore.Line> lines = new ArrayList<>();
        store.find(query, lines::add);
        List<Entry> entries = new ArrayList<>();
        for (JournalStore.Line line : lines) {
            entries.add(Entries.of(line));
        }
        return entries;
    }

    @Override
    public List<Hold> holds(CredentialId credential) throws StoreFailure {
        return new JournalMemory(store, Set.of()).of(credential.account()).holds(credential, NOW);
    }

    /** Who approved the plan of that hash as a whole. */
    List<String> approvers(String hash) throws StoreFailure {
        return PlanWords.approvers(PlanVerdict.of(store, hash, null, NOW));
    }

    @Override
    public PlanVerdict verdict(SeenPlan.Brief plan) throws StoreFailure {
        return PlanVerdict.of(store, plan.hash(), plan.fingerprint(), NOW);
    }

    @Override
    public void decide(Deciding deciding) throws StoreFailure, Refused {
        if (decisionsUntilLocked-- == 0) {
            throw new StoreFailure(
                    StoreFailure.Kind.UNAVAILABLE,
                    new Problem("write the lines", "the journal", "another process holds it", ""));
        }
        deciding.decide(new Decisions(store, InstantSource.fixed(NOW), () -> "d-" + ids.incrementAndGet(), "page"));
    }

    @Override
    public String vouched(Person person) {
        return Approval.ofPage(person.name());
    }

    @Override
    public Work work() {
        return new Work(null, null, false, null, "<b>trouble</b>");
    }

    @Override
    public List<SeenPlan.Row> approved(SeenPlan plan) throws StoreFailure {
        return ApprovedSteps.of(store, settings.acting().approval(), plan, NOW);
    }

    @Override
    public Optional<String> apply(String hash, Set<Decisions.KeyStep> steps, String by) throws StoreFailure, Refused {
        decide(decisions -> decisions.apply(hash, by, "what was approved of it", "run-2"));
        steps.forEach(step -> applied.add(step.key().key() + " " + step.step()));
        return Optional.empty();
    }

    @Override
    public Optional<String> begin(boolean acts, @Nullable String by) {
        begun.add(acts);
        begunBy.add(String.valueOf(by));
        return Optional.empty();
    }
}
