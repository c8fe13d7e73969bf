package io.keyturn.adapters.aws.keycheck;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Ledger;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table in which Lacework's keycheck keeps when it last told somebody of a key: a row for each time. A row is written
 * before the message goes out, and taken away where it surely did not, so that a fault on either side is never a second
 * message; one of which nobody knows keeps its row. It holds reminders alone: nothing else of a journal outlives the run.
 */
public final class KeycheckTable implements Ledger {
    /** What the tables are called: the one that keycheck makes, and the one that its manual names. */
    public static final List<String> NAMES = List.of(PingTable.NAME, PingTable.AS_DOCUMENTED);

    /** What is done with it, and to make it. */
    public static final Set<String> PERMISSIONS = Set.of(
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:CreateTable",
            "dynamodb:DescribeTable");

    /** Clocks of machines differ; a key that is nearly old enough is looked up too. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final KeycheckSettings settings;
    private final InstantSource clock;
    private final PingRows rows;
    /** The rows of intents whose end is not known yet. */
    private final Map<String, PingRows.Row> open = new HashMap<>();

    /** Opens no connection yet. */
    public KeycheckTable(KeycheckSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.rows = new PingRows(settings);
    }

    @Override
    public List<Entry> recall(Snapshot snapshot) throws StoreFailure {
        Map<KeyId, Target> asked = new HashMap<>();
        Instant now = clock.instant();
        Instant born = now.minus(settings.from()).plus(MARGIN);
        for (User user : snapshot.users()) {
            if (settings.users().contains(user.name().value())
                    && user.keys() instanceof Fact.Known<List<AccessKey>>(List<AccessKey> keys, Instant asOf)) {
                keys.stream()
                        .filter(key -> key.active() && !key.created().isAfter(born) && key.id() != null)
                        .map(AccessKey::id)
                        .forEach(id ->
                                asked.put(id, new Target(snapshot.account().id(), user.id(), user.name(), id)));
            }
        }
        List<Entry> entries = new ArrayList<>();
        Map<KeyId, LocalDateTime> newest = rows.newest(asked.keySet());
        asked.forEach((key, target) -> {
            LocalDateTime written = newest.get(key);
            if (written != null) {
                entries.add(told(target, key, PingTime.read(written, settings.zone(), now)));
            }
        });
        return entries;
    }

    private static Entry told(Target target, KeyId key, Instant at) {
        return new Entry.Notice(
                new Entry.Stamp(at, "keycheck", "keycheck"),
                "keycheck-" + key.value(),
                target,
                Step.REMIND,
                at,
                "slack",
                target.name().value(),
                Placement.PLACED,
                null);
    }

    @Override
    public synchronized void take(List<Entry> entries) throws StoreFailure {
        Map<String, PingRows.Row> begun = new HashMap<>();
        List<PingRows.Row> over = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Intent intent && intent.verb() == Verb.REMIND) {
                row(intent).ifPresent(row -> begun.put(intent.id(), row));
            } else if (entry instanceof Entry.Outcome outcome && open.containsKey(outcome.intent())) {
                PingRows.Row row = open.remove(outcome.intent());
                switch (outcome.result()) {
                    case FAILED, SKIPPED -> over.add(row);
                    case DONE, IN_DOUBT -> {
                        // It went out, or may have.
                    }
                }
            }
        }
        rows.put(begun.values());
        open.putAll(begun);
        rows.remove(over);
    }

    private static Optional<PingRows.Row> row(Entry.Intent intent) {
        return Optional.ofNullable(intent.target().key())
                .map(key -> new PingRows.Row(key, intent.stamp().at()));
    }

    @Override
    public void close() {
        rows.close();
    }
}
