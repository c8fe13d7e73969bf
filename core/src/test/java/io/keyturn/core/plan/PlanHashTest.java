package io.keyturn.core.plan;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.keyId;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person approves by a plan's hash is that plan and no other. */
class PlanHashTest {
    private static final String ACCOUNT = "111122223333";
    private static final Principal ANN = ann("ann", "AIDA1");
    private static final CredentialId KEY = key(ACCOUNT, ANN, null, keyId(1), NOW);
    private static final List<Reason> WHY = List.of(new Reason.PastIdle(days(60), days(45), false));
    private static final Owner SEC = new Owner("sec", "default");
    private static final Deadline OFF = new Deadline(Step.DEACTIVATE, "idle", NOW);

    private static Principal ann(String name, String id) {
        return new Principal.OfUser(new UserName(name), new UserId(id), "arn");
    }

    private static CredentialId key(
            String account,
            Principal principal,
            @Nullable Integer slot,
            @Nullable KeyId id,
            @Nullable Instant created) {
        return new CredentialId(CredentialId.Kind.ACCESS_KEY, new AccountId(account), principal, slot, id, created);
    }

    private static String hash(Action... actions) {
        return PlanHash.of(List.of(actions), List.of());
    }

    private static String deferred(Action action, String cap, int limit, int selected, int total) {
        return PlanHash.of(List.of(), List.of(new Plan.Deferred(action, cap, limit, selected, total)));
    }

    private static List<String> hashes(Stream<Action> actions) {
        return actions.map(PlanHashTest::hash).toList();
    }

    @Test
    void every_part_of_a_credential_makes_another_hash() {
        Stream<CredentialId> keys = Stream.of(
                KEY,
                key("444455556666", ANN, null, keyId(1), NOW),
                key(ACCOUNT, Principal.ROOT, null, keyId(1), NOW),
                key(ACCOUNT, ann("bob", "AIDA1"), null, keyId(1), NOW),
                key(ACCOUNT, ann("ann", "AIDA2"), null, keyId(1), NOW),
                key(ACCOUNT, ANN, 1, keyId(1), NOW),
                key(ACCOUNT, ANN, 2, keyId(1), NOW),
                key(ACCOUNT, ANN, null, null, NOW),
                key(ACCOUNT, ANN, null, keyId(2), NOW),
                key(ACCOUNT, ANN, null, keyId(1), null),
                key(ACCOUNT, ANN, null, keyId(1), NOW.plusSeconds(1)));

        assertThat(hashes(keys.map(key -> new Action.Delete(key, WHY)))).doesNotHaveDuplicates();
    }

    @Test
    void what_is_done_and_every_reason_for_it_make_another_hash() {
        Reason other = new Reason.SwitchedOff();
        Stream<Action> actions = Stream.of(
                new Action.CreateKey(KEY, WHY),
                new Action.Deactivate(KEY, WHY),
                new Action.Reactivate(KEY, WHY),
                new Action.Delete(KEY, WHY),
                new Action.Delete(KEY, List.of()),
                new Action.Delete(KEY, List.of(other)),
                new Action.Delete(KEY, List.of(WHY.getFirst(), other)),
                new Action.Delete(KEY, List.of(other, WHY.getFirst())));

        assertThat(hashes(actions)).doesNotHaveDuplicates();
    }

    @Test
    void whom_a_message_goes_to_and_what_it_announces_make_another_hash() {
        List<Action> actions = new ArrayList<>();
        for (@Nullable Owner owner : new Owner[] {SEC, new Owner("ops", "default"), null}) {
            actions.add(new Action.Remind(KEY, WHY, owner, OFF));
            actions.add(new Action.OpenTicket(KEY, WHY, owner, OFF, "OPS-1"));
        }
        for (@Nullable
        Deadline announced : new Deadline[] {
            new Deadline(Step.ROTATE, "idle", NOW), new Deadline(Step.DEACTIVATE, "idle", NOW.plus(days(1))), null
        }) {
            actions.add(new Action.Remind(KEY, WHY, SEC, announced));
            actions.add(new Action.OpenTicket(KEY, WHY, SEC, announced, "OPS-1"));
        }

        assertThat(hashes(actions.stream())).doesNotHaveDuplicates();
    }

    @Test
    void the_ticket_the_sink_the_end_and_the_time_make_another_hash() {
        Stream<Action> actions = Stream.of(
                new Action.OpenTicket(KEY, WHY, SEC, OFF, "OPS-1"),
                new Action.OpenTicket(KEY, WHY, SEC, OFF, "OPS-2"),
                new Action.OpenTicket(KEY, WHY, SEC, OFF, ""),
                new Action.OpenTicket(KEY, WHY, SEC, OFF, "-"),
                new Action.OpenTicket(KEY, WHY, SEC, OFF, null),
                new Action.CloseTicket(KEY, WHY, "OPS-1", Settled.HEALTHY),
                new Action.CloseTicket(KEY, WHY, "OPS-2", Settled.HEALTHY),
                new Action.CloseTicket(KEY, WHY, "OPS-1", Settled.GONE),
                new Action.CloseNotice(KEY, WHY, Settled.HEALTHY),
                new Action.CloseNotice(KEY, WHY, Settled.EXEMPT),
                new Action.DeliverSecret(KEY, WHY, "secrets-manager"),
                new Action.DeliverSecret(KEY, WHY, "vault"),
                new Action.Brownout(KEY, WHY, Duration.ofMinutes(15)),
                new Action.Brownout(KEY, WHY, Duration.ofHours(4)));

        assertThat(hashes(actions)).doesNotHaveDuplicates();
    }

    @Test
    void what_is_put_off_and_by_which_figures_makes_another_hash() {
        Action off = new Action.Deactivate(KEY, WHY);
        Action gone = new Action.Delete(KEY, WHY);

        assertThat(List.of(
                        hash(off),
                        deferred(off, "deactivate global", 5, 4, 9),
                        deferred(gone, "deactivate global", 5, 4, 9),
                        deferred(off, "deactivate percent", 5, 4, 9),
                        deferred(off, "deactivate global", 6, 4, 9),
                        deferred(off, "deactivate global", 5, 5, 9),
                        deferred(off, "deactivate global", 5, 4, 8)))
                .doesNotHaveDuplicates();
    }

    @Test
    void the_order_of_what_is_done_makes_another_hash() {
        Action off = new Action.Deactivate(KEY, WHY);
        Action gone = new Action.Delete(KEY, WHY);

        assertThat(hash(off, gone)).isNotEqualTo(hash(gone, off));
    }

    @Test
    void what_moves_with_the_run_makes_no_other_hash() {
        List<Reason> aDayLater = List.of(new Reason.PastIdle(days(61), days(45), false));
        Deadline atNoonAndOneSecond = new Deadline(Step.DEACTIVATE, "idle", NOW.plusSeconds(1));

        assertThat(hash(new Action.Remind(KEY, aDayLater, SEC, atNoonAndOneSecond)))
                .isEqualTo(hash(new Action.Remind(KEY, WHY, SEC, OFF)));
    }

    /** Approvals name hashes, and a plan that is applied may have been made by the version before. */
    @Test
    void hashes_stay_the_same_over_versions() {
        Action off = new Action.Deactivate(KEY, WHY);

        assertThat(hash()).isEqualTo("4795f28ed8b0b1117f61f7fe1ff49883f7919862fd4c5f0aca67d5c8f3ccb819");
        assertThat(hash(off)).isEqualTo("b2dceb83d3300a138426cd49df9effa0786b342c9f4a30f2cd6ad751938c26fb");
        assertThat(hash(new Action.Deactivate(key(ACCOUNT, Principal.ROOT, null, keyId(1), NOW), WHY)))
                .isEqualTo("64bbb478741f2261b2f807e2fe0da2e36bbaaae35a4fef6b73925519fa8734f8");
        assertThat(deferred(off, "deactivate global", 5, 4, 9))
                .isEqualTo("e2429aa4981b01209fec85fab191727bbac8dcb796bec5debea5ab249d45fe3d");
    }

    @Test
    void a_part_of_a_plan_is_a_plan_of_its_own() {
        Action off = new Action.Deactivate(KEY, WHY);
        Action gone = new Action.Delete(KEY, WHY);
        Plan.Deferred later = new Plan.Deferred(off, "deactivate global", 5, 4, 9);
        Plan.Deferred never = new Plan.Deferred(gone, "delete global", 0, 0, 1);
        Plan whole = new Plan(List.of(off, gone), List.of(later, never), "whole");

        Plan part = whole.only(action -> action.kind() == Verb.DEACTIVATE);

        assertThat(part.actions()).containsExactly(off);
        assertThat(part.deferred()).containsExactly(later);
        assertThat(part.hash()).isEqualTo(PlanHash.of(List.of(off), List.of(later)));
    }
}
