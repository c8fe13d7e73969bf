package io.keyturn.engine.journal;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.List;

/** Entries for tests, one of each kind and more. */
final class JournalSamples {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");
    static final AccountId ACCOUNT = new AccountId("111122223333");
    static final KeyId KEY = new KeyId("AKIAEXAMPLE000000001");
    static final KeyId NEW_KEY = new KeyId("AKIAEXAMPLE000000002");
    static final Target TARGET = new Target(ACCOUNT, new UserId("AIDAEXAMPLE1"), new UserName("o'brien"), KEY);
    static final Entry.Stamp STAMP = new Entry.Stamp(NOON, "run-1", "host/1");

    private JournalSamples() {}

    static Entry.Intent intent(String id) {
        return new Entry.Intent(STAMP, id, Verb.CREATE_KEY, TARGET, List.of(KEY), "a".repeat(64));
    }

    static Entry.Outcome outcome(String intent) {
        return new Entry.Outcome(STAMP, intent, Verb.CREATE_KEY, TARGET, Entry.Result.DONE, NEW_KEY, null, "");
    }

    static Entry.Notice notice(String id, Instant at, Placement placement) {
        return new Entry.Notice(
                new Entry.Stamp(at, "run-1", "host/1"),
                id,
                TARGET,
                Step.DEACTIVATE,
                at.plusSeconds(86_400),
                "email",
                "o'brien@example.com",
                placement,
                null);
    }

    static Entry.Decision decision(Entry.Decision.Kind kind, Scope scope) {
        return new Entry.Decision(
                STAMP, "d-1", kind, scope, "alice", "\u001b[31m because \"reasons\"", NOON, "observe");
    }

    static List<Entry> oneOfEach() {
        return List.of(
                intent("i-1"),
                new Entry.Intent(STAMP, "i-2", Verb.DELETE, TARGET, List.of(), null),
                new Entry.Intent(STAMP, "i-3", Verb.OPEN_TICKET, TARGET, List.of(), null, null, "keyturn-1"),
                outcome("i-1"),
                new Entry.Outcome(
                        STAMP, "i-2", Verb.DELETE, TARGET, Entry.Result.IN_DOUBT, null, null, "AWS did not answer"),
                notice("n-1", NOON, Placement.PLACED),
                decision(Entry.Decision.Kind.FREEZE, new Scope.OfTarget(TARGET)),
                decision(Entry.Decision.Kind.LOWER_STAGE, new Scope.OfAccount(ACCOUNT)),
                decision(Entry.Decision.Kind.LOWER_STAGE, new Scope.OfUnit("Workloads/Dev")),
                decision(Entry.Decision.Kind.APPROVE, new Scope.OfPlan("b".repeat(64))),
                new Entry.Decision(
                        STAMP, "d-2", Entry.Decision.Kind.STOP, new Scope.All(), "bob", "drill", null, null));
    }
}
