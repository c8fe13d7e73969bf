package io.keyturn.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.engine.journal.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** CloudTrail's events against the journal's acts. */
class TrailSheetTest {
    private static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Account ACCOUNT =
            new Account(new AccountId("111122223333"), "one", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
    private static final KeyId OLD = new KeyId("AKIAEXAMPLE000000OLD");
    private static final KeyId NEW = new KeyId("AKIAEXAMPLE000000NEW");

    private final TrailSheet trail =
            new TrailSheet(event -> event.actor().name().startsWith("keyturn-"));

    private void event(String action, KeyId key, String session, long minutes, @Nullable String error) {
        TrailActor by = new TrailActor(
                "AssumedRole", "arn:aws:sts::1:x", session, "arn:aws:iam::1:role/act", "1", "ASIA1", false);
        Instant at = AT.plus(Duration.ofMinutes(minutes));
        trail.take(
                ACCOUNT,
                new TrailEvent(
                        "event-" + minutes, at, action, "iam.amazonaws.com", by, "ann", key.value(), error, List.of()));
    }

    private static Entry.Intent intent(Verb verb, String id, @Nullable KeyId key) {
        Target target = new Target(ACCOUNT.id(), new UserId("AIDA1"), new UserName("ann"), key);
        return new Entry.Intent(new Entry.Stamp(AT, "keyturn-run", "worker"), id, verb, target, List.of(), null);
    }

    private static Entry.Outcome outcome(Entry.Intent of, Entry.Result result, @Nullable KeyId made) {
        return new Entry.Outcome(of.stamp(), of.id(), of.verb(), of.target(), result, made, null, "");
    }

    private List<String> verdicts(Entry.Intent act, Entry.Outcome outcome) throws IOException {
        EvidenceFile file = trail.sheet(List.of(act), Map.of(act.id(), outcome)).jsonLines("trail.jsonl");
        return new String(file.open().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll(".*\"verdict\":\"([^\"]*)\",\"intent\":(?:\"([^\"]*)\"|null).*", "$1 $2"))
                .toList();
    }

    @Test
    void an_event_confirms_the_act_on_its_key_and_what_else_keyturns_role_did_is_a_violation() throws IOException {
        Entry.Intent off = intent(Verb.DEACTIVATE, "i-1", OLD);
        event("UpdateAccessKey", OLD, "keyturn-run", 1, null);
        event("UpdateAccessKey", OLD, "keyturn-run", 2, null);
        event("DeleteAccessKey", OLD, "keyturn-run", 3, null);
        event("DeleteAccessKey", OLD, "m.lund", 4, null);
        event("DeleteAccessKey", NEW, "keyturn-run", 5, "AccessDenied");

        assertThat(verdicts(off, outcome(off, Entry.Result.DONE, null)))
                .containsExactly("confirms i-1", "violation ", "violation ", "by others ");
    }

    @Test
    void a_key_that_was_made_is_known_by_the_outcome_and_a_skipped_act_is_confirmed_by_nothing() throws IOException {
        Entry.Intent make = intent(Verb.CREATE_KEY, "i-2", null);
        event("CreateAccessKey", NEW, "keyturn-run", 1, null);

        assertThat(verdicts(make, outcome(make, Entry.Result.DONE, NEW))).containsExactly("confirms i-2");
        assertThat(verdicts(make, outcome(make, Entry.Result.SKIPPED, NEW))).containsExactly("violation ");
    }

    @Test
    void an_event_of_another_day_confirms_nothing() throws IOException {
        Entry.Intent off = intent(Verb.DEACTIVATE, "i-1", OLD);
        event("UpdateAccessKey", OLD, "m.lund", 24 * 60, null);

        assertThat(verdicts(off, outcome(off, Entry.Result.DONE, null))).containsExactly("by others ");
    }
}
