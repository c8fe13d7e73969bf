package io.keyturn.app.compare;

import io.keyturn.adapters.aws.rotator.RotatorLedger;
import io.keyturn.adapters.aws.rotator.RotatorTags;
import io.keyturn.app.presets.BadSettings;
import io.keyturn.app.presets.Presets;
import io.keyturn.app.presets.Translation;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.Ledger;
import io.keyturn.engine.journal.LedgerStore;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** An account as a tool left it, and what Keyturn, with that tool's settings, says of it. */
final class Beside {
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Account ACCOUNT = new Account(
            new AccountId("111122223333"), "shop", Partition.AWS, Fact.notRead(), Fact.known(Map.of(), NOW), false);

    private final String preset;
    private final Translation translation;
    private final List<User> users = new ArrayList<>();
    private final List<Entry> told = new ArrayList<>();
    private int number;

    private Beside(String preset, Translation translation) {
        this.preset = preset;
        this.translation = translation;
    }

    static Beside of(String preset, Map<String, String> environment, String... arguments) throws BadSettings {
        return new Beside(preset, Presets.named(preset).translate(environment, List.of(arguments)));
    }

    static Instant ago(double days) {
        return NOW.minus(Duration.ofSeconds((long) (days * 86_400)));
    }

    /** A key of that age in days, last used so many days ago; never where that is negative. */
    AccessKey key(boolean active, double age, double used) {
        LastUse use = used < 0 ? LastUse.NEVER_USED : new LastUse.Used(ago(used), "s3", "eu-west-1");
        return new AccessKey(null, new KeyId("AKIA%016d".formatted(++number)), active, ago(age), use, NOW);
    }

    AccessKey on(double age) {
        return key(true, age, 1);
    }

    AccessKey off(double age) {
        return key(false, age, 1);
    }

    Beside user(String name, Map<String, String> tags, AccessKey... keys) {
        return user(name, Fact.known(tags, NOW), keys);
    }

    Beside user(String name, Fact<Map<String, String>> tags, AccessKey... keys) {
        users.add(new User(
                new UserName(name),
                new UserId("AIDA" + name.toUpperCase(Locale.ROOT)),
                "arn:aws:iam::111122223333:user/" + name,
                "/",
                ago(800),
                Fact.known(List.of(keys), NOW),
                tags,
                Fact.known(List.of(), NOW),
                Fact.known(List.of(), NOW),
                Fact.known("", NOW),
                Fact.known(false, NOW),
                Fact.known(false, NOW)));
        return this;
    }

    /** A row of keycheck's table. */
    Beside told(String user, AccessKey key, Duration ago) {
        told.add(new Entry.Notice(
                new Entry.Stamp(NOW.minus(ago), "keycheck", "keycheck"),
                "keycheck-" + told.size(),
                new Target(
                        ACCOUNT.id(), new UserId("AIDA" + user.toUpperCase(Locale.ROOT)), new UserName(user), key.id()),
                Step.REMIND,
                NOW.minus(ago),
                "slack",
                user,
                Placement.PLACED,
                null));
        return this;
    }

    Comparison compared() throws Exception {
        return compared(Comparer.of(translation));
    }

    Comparison compared(Comparer comparer) throws Exception {
        Rules rules = translation.settings().rules();
        Snapshot snapshot = new Snapshot(
                ACCOUNT, ReadVia.LIVE, NOW, Reading.COMPLETE, List.of(), Fact.known(RootKeys.NONE, NOW), users);
        Comparison comparison = new Comparison(preset, comparer, InstantSource.fixed(NOW));
        Ledger ledger = ledger(comparison);
        LedgerStore store = new LedgerStore(ledger, line -> {});
        store.recall(snapshot);
        History past = new JournalMemory(store, Set.of(), seen -> {}).of(ACCOUNT.id());
        List<Finding> findings = new Assessor(rules).assess(snapshot, past, NOW);
        AccountPlan plan = new Planner(rules, past).plan(ACCOUNT, findings, true, NOW);
        comparison.account(new AccountOutcome.Surveyed(snapshot, findings, plan), finding -> true);
        return comparison;
    }

    private Ledger ledger(Comparison comparison) {
        Function<Snapshot, List<Entry>> recall = translation.state() instanceof Translation.State.RotatorTags tags
                ? new RotatorLedger(
                        new RotatorTags(
                                tags.email(), tags.date(), tags.oldKey(), tags.bucket(), tags.grace(), tags.coolDown()),
                        said -> {},
                        failed -> {})::recall
                : snapshot -> told;
        return new Ledger() {
            @Override
            public List<Entry> recall(Snapshot snapshot) {
                List<Entry> entries = recall.apply(snapshot);
                comparison.recalled(snapshot.account().id(), entries);
                return entries;
            }

            @Override
            public void take(List<Entry> entries) {
                throw new IllegalStateException("a comparison writes nothing");
            }
        };
    }

    /** A line for each act: verdict, user, act, what the tool did, what Keyturn does. */
    static List<String> lines(Comparison comparison) {
        return comparison.rows().stream()
                .map(row -> row.verdict().label() + " " + row.user() + " "
                        + row.act().label() + ": " + row.tool() + " / " + row.keyturn())
                .toList();
    }

    static String table(Comparison comparison) {
        StringWriter text = new StringWriter();
        new ComparisonPrinter(comparison, new PrintWriter(text)).table(true);
        return text.toString();
    }

    static String json(Comparison comparison) {
        StringWriter text = new StringWriter();
        new ComparisonPrinter(comparison, new PrintWriter(text)).json();
        return text.toString();
    }
}
