package io.keyturn.adapters.aws.rotator;

import static io.keyturn.adapters.aws.rotator.Tagged.ACCOUNT;
import static io.keyturn.adapters.aws.rotator.Tagged.NOW;
import static io.keyturn.adapters.aws.rotator.Tagged.id;
import static io.keyturn.adapters.aws.rotator.Tagged.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Told;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Both ways: what the tags say as a past, and what is done as tags. */
class RotatorLedgerTest {
    private static final KeyId A = id('A');
    private static final KeyId B = id('B');
    private static final Instant DAY = Instant.parse("2026-11-10T00:00:00Z");
    private static final Map<String, String> DATED = Map.of("date", "2026-11-10", "old", A.value());
    private static final Entry.Stamp STAMP = new Entry.Stamp(NOW, "run", "worker");
    private static final Problem DENIED = new Problem("tag the user", "ann", "AWS answered AccessDenied", "");

    private final List<String> said = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final OneUser live = new OneUser();
    private final RotatorLedger ledger = new RotatorLedger(Tagged.NAMES, said::add, failed::add);

    private AccountPast past(String keys, Map<String, String> tags) {
        live.user = Tagged.user(keys, tags);
        ledger.reach(account -> live);
        AccountPast past = new AccountPast(Set.of());
        ledger.recall(new Snapshot(
                        ACCOUNT, ReadVia.LIVE, NOW, Reading.COMPLETE, List.of(), Fact.notRead(), List.of(live.user)))
                .forEach(past);
        live.calls.clear();
        return past;
    }

    private static Target target(@Nullable KeyId key) {
        User ann = Tagged.user("", Map.of());
        return new Target(ACCOUNT.id(), ann.id(), ann.name(), key);
    }

    private static CredentialId credential(KeyId key) {
        User ann = Tagged.user("", Map.of());
        Principal principal = new Principal.OfUser(ann.name(), ann.id(), ann.arn());
        return new CredentialId(CredentialId.Kind.ACCESS_KEY, ACCOUNT.id(), principal, null, key, NOW);
    }

    private static Entry.Intent intent(Verb verb, KeyId key, KeyId... present) {
        return new Entry.Intent(STAMP, "i", verb, target(key), List.of(present), null);
    }

    private static Entry.Outcome outcome(Verb verb, KeyId key, Entry.Result result, @Nullable KeyId made) {
        return new Entry.Outcome(STAMP, "i", verb, target(key), result, made, null, "");
    }

    private static Entry.Notice notice(Step step, KeyId key, Placement placement) {
        return new Entry.Notice(STAMP, "n", target(key), step, NOW, "email", "ann@example.com", placement, null);
    }

    private void take(Entry... entries) throws StoreFailure {
        ledger.take(List.of(entries));
    }

    // What the tags say.

    @Test
    void a_key_in_its_grace_has_a_successor_that_was_delivered_and_told() {
        AccountPast past = past("AB", DATED);

        Succession succession = past.of(A);
        assertThat(succession).isNotNull();
        assertThat(Objects.requireNonNull(succession).successor()).isEqualTo(B);
        assertThat(Objects.requireNonNull(succession.delivery()))
                .isEqualTo(new Succession.Delivery(DAY, "arn:aws:s3:::creds/credential/ann/ann_" + B.value() + ".csv"));
        assertThat(past.told(credential(A)))
                .containsExactly(new Told(DAY, Step.DEACTIVATE, Instant.parse("2026-11-21T00:00:00Z")));
        assertThat(past.hold(credential(A), NOW)).isNull();
        assertThat(Objects.requireNonNull(past.hold(credential(B), NOW)).quiet())
                .isTrue();
        assertThat(past.left()).as("nothing is taken from the bucket").isEmpty();
    }

    @Test
    void whoever_was_not_told_of_the_new_key_is_told_by_the_next_run() {
        Map<String, String> tags = new HashMap<>(DATED);
        tags.put(RotatorTags.MARK, mark(Mark.Step.UNTOLD, A));

        assertThat(past("AB", tags).said(credential(A))).isEmpty();
        assertThat(past("aB", tags).said(credential(A))).isEmpty();
    }

    @Test
    void a_key_in_its_cool_down_is_inactive_since_the_day_of_the_tag() {
        AccountPast past = past("aB", DATED);

        assertThat(past.inactiveSince(credential(A))).isEqualTo(DAY);
        assertThat(past.told(credential(A)))
                .containsExactly(new Told(DAY, Step.DELETE, Instant.parse("2026-12-01T00:00:00Z")));
        assertThat(Objects.requireNonNull(past.of(A)).successor()).isEqualTo(B);
    }

    @Test
    void a_making_that_nobody_saw_end_is_unresolved_and_names_the_keys_there_were() {
        AccountPast past = past("AB", Map.of(RotatorTags.MARK, mark(Mark.Step.MAKING, A)));

        assertThat(past.unresolved()).singleElement().satisfies(intent -> {
            assertThat(intent.verb()).isEqualTo(Verb.CREATE_KEY);
            assertThat(intent.target().key()).isEqualTo(A);
            assertThat(intent.present()).containsExactly(A);
            assertThat(intent.stamp().at()).isEqualTo("2026-11-20T08:00:00Z");
        });
    }

    @Test
    void a_lost_key_was_delivered_to_nobody_and_its_secret_is_taken_away() {
        AccountPast past = past("AB", Map.of(RotatorTags.MARK, mark(Mark.Step.LOST, A, B)));

        assertThat(Objects.requireNonNull(past.by(B)).delivery()).isNull();
        assertThat(past.left())
                .singleElement()
                .satisfies(left -> assertThat(left.key()).isEqualTo(B));
        assertThat(past.unresolved()).isEmpty();
    }

    @Test
    void a_lost_key_that_is_off_is_off_since_the_instant_of_the_mark() {
        AccountPast past = past("Ab", Map.of(RotatorTags.MARK, mark(Mark.Step.OFF, A, B)));

        assertThat(past.inactiveSince(credential(B))).isEqualTo("2026-11-20T08:00:00Z");
        assertThat(past.left()).isEmpty();
        assertThat(past.deactivated()).as("nobody ever held it").isEmpty();
    }

    @Test
    void of_what_is_over_or_unreadable_nothing_is_done_and_nothing_said() {
        for (Map<String, String> tags : List.of(DATED, Map.of("date", "soon"))) {
            AccountPast past = past("A", tags);
            assertThat(Objects.requireNonNull(past.hold(credential(A), NOW)).quiet())
                    .isTrue();
        }
    }

    @Test
    void who_has_no_tags_has_no_past() {
        AccountPast past = past("AB", Map.of());
        assertThat(past.of(A)).isNull();
        assertThat(past.hold(credential(A), NOW)).isNull();
    }

    // What is done.

    @Test
    void a_whole_rotation_leaves_the_tools_own_tags_between_its_steps() throws Exception {
        past("A", Map.of());
        take(intent(Verb.CREATE_KEY, A, A));
        assertThat(live.tags()).containsOnly(Map.entry(RotatorTags.MARK, "making 2026-11-21T08:00:00Z " + A.value()));

        take(outcome(Verb.CREATE_KEY, A, Entry.Result.DONE, B));
        take(intent(Verb.DELIVER_SECRET, B), outcome(Verb.DELIVER_SECRET, B, Entry.Result.DONE, null));
        assertThat(live.tags())
                .containsEntry("date", "2026-11-21")
                .containsEntry("old", A.value())
                .containsEntry(RotatorTags.MARK, "untold 2026-11-21T08:00:00Z " + A.value());
        take(notice(Step.DEACTIVATE, A, Placement.HANDED_OVER));
        assertThat(live.tags()).isEqualTo(Map.of("date", "2026-11-21", "old", A.value()));
        assertThat(live.calls).hasSize(3);

        past("AB", DATED);
        take(intent(Verb.DEACTIVATE, A));
        assertThat(live.tags()).containsEntry("date", "2026-11-21").containsKey(RotatorTags.MARK);
        take(outcome(Verb.DEACTIVATE, A, Entry.Result.DONE, null), notice(Step.DELETE, A, Placement.HANDED_OVER));
        assertThat(live.tags()).isEqualTo(Map.of("date", "2026-11-21", "old", A.value()));

        past("aB", DATED);
        take(intent(Verb.DELETE, A), outcome(Verb.DELETE, A, Entry.Result.DONE, null));
        assertThat(live.tags()).isEmpty();
        assertThat(failed).isEmpty();
    }

    @Test
    void without_room_for_all_tags_nothing_is_intended() {
        past("A", numbered(48));
        assertThatThrownBy(() -> take(intent(Verb.CREATE_KEY, A, A)))
                .isInstanceOfSatisfying(StoreFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.REFUSED);
                    assertThat(failure)
                            .hasMessage("could not note the rotation in tags of the user of ann: it has 49 tags, a"
                                    + " rotation takes 3 more, and IAM allows 50; take some of its tags away");
                });
        assertThat(live.calls).isEmpty();
    }

    private static Map<String, String> numbered(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "t" + i, i -> "x"));
    }

    @Test
    void with_room_to_the_last_tag_it_is() throws Exception {
        past("A", numbered(46));
        take(intent(Verb.CREATE_KEY, A, A));
        assertThat(live.tags()).containsKey(RotatorTags.MARK);
    }

    @Test
    void a_mark_that_cannot_be_set_lets_no_key_be_made() {
        past("A", Map.of());
        for (LiveAccount.Answer answer :
                List.of(new LiveAccount.Answer.Refused(DENIED), new LiveAccount.Answer.InDoubt(DENIED, true))) {
            live.answers.add(answer);
            assertThatThrownBy(() -> take(intent(Verb.CREATE_KEY, A, A)))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("AccessDenied");
        }
    }

    @Test
    void tags_that_cannot_be_read_let_no_key_be_made() {
        past("A", Map.of());
        live.user = Tagged.with(live.user, Fact.unknown("throttled"));
        assertThatThrownBy(() -> take(intent(Verb.CREATE_KEY, A, A)))
                .hasMessageContaining("its tags could not be read");
        assertThat(live.calls).isEmpty();
    }

    @Test
    void a_key_that_was_refused_leaves_nothing_behind() throws Exception {
        past("A", Map.of());
        take(intent(Verb.CREATE_KEY, A, A), outcome(Verb.CREATE_KEY, A, Entry.Result.FAILED, null));
        assertThat(live.tags()).isEmpty();
    }

    @Test
    void a_making_in_doubt_stays_marked_for_the_next_run() throws Exception {
        past("A", Map.of());
        take(intent(Verb.CREATE_KEY, A, A), outcome(Verb.CREATE_KEY, A, Entry.Result.IN_DOUBT, null));
        assertThat(live.tags()).containsOnlyKeys(RotatorTags.MARK);
    }

    @Test
    void a_key_whose_secret_did_not_arrive_is_marked_until_it_is_deleted() throws Exception {
        past("A", Map.of());
        take(
                intent(Verb.CREATE_KEY, A, A),
                outcome(Verb.CREATE_KEY, A, Entry.Result.DONE, B),
                outcome(Verb.DELIVER_SECRET, B, Entry.Result.FAILED, null),
                intent(Verb.DEACTIVATE, B),
                outcome(Verb.DEACTIVATE, B, Entry.Result.DONE, null));
        assertThat(live.tags())
                .containsOnly(Map.entry(RotatorTags.MARK, "off 2026-11-21T08:00:00Z " + A.value() + " " + B.value()));

        past("Ab", live.tags());
        take(intent(Verb.DELETE, B), outcome(Verb.DELETE, B, Entry.Result.DONE, null));
        assertThat(live.tags()).isEmpty();
    }

    @Test
    void a_key_that_a_later_run_finds_is_marked_by_its_id() throws Exception {
        past("AB", Map.of(RotatorTags.MARK, mark(Mark.Step.MAKING, A)));
        take(outcome(Verb.CREATE_KEY, A, Entry.Result.DONE, B));
        assertThat(live.tags())
                .containsOnly(Map.entry(RotatorTags.MARK, "lost 2026-11-21T08:00:00Z " + A.value() + " " + B.value()));
    }

    @Test
    void an_end_that_is_refused_leaves_the_day_as_it_was() throws Exception {
        past("AB", DATED);
        take(intent(Verb.DEACTIVATE, A), outcome(Verb.DEACTIVATE, A, Entry.Result.FAILED, null));
        assertThat(live.tags()).isEqualTo(DATED);
    }

    @Test
    void where_there_is_no_room_for_the_mark_the_day_moves_all_the_same() throws Exception {
        past("AB", DATED);
        live.answers.add(new LiveAccount.Answer.Refused(DENIED));
        take(intent(Verb.DEACTIVATE, A), outcome(Verb.DEACTIVATE, A, Entry.Result.DONE, null));
        assertThat(live.tags()).isEqualTo(Map.of("date", "2026-11-21", "old", A.value()));
    }

    @Test
    void where_not_even_the_day_can_move_the_key_is_not_switched_off() {
        past("AB", DATED);
        live.answers.add(new LiveAccount.Answer.Refused(DENIED));
        live.answers.add(new LiveAccount.Answer.Refused(DENIED));
        assertThatThrownBy(() -> take(intent(Verb.DEACTIVATE, A))).isInstanceOf(StoreFailure.class);
    }

    @Test
    void whoever_hears_late_has_the_whole_grace_still() throws Exception {
        Map<String, String> tags = new HashMap<>(DATED);
        tags.put(RotatorTags.MARK, mark(Mark.Step.UNTOLD, A));
        past("AB", tags);
        take(notice(Step.DEACTIVATE, A, Placement.FAILED));
        assertThat(live.tags()).isEqualTo(tags);
        take(notice(Step.DEACTIVATE, A, Placement.HANDED_OVER));
        assertThat(live.tags()).isEqualTo(Map.of("date", "2026-11-21", "old", A.value()));
    }

    @Test
    void what_could_not_be_noted_after_the_deed_is_said_and_holds_nobody_up() throws Exception {
        past("aB", DATED);
        live.answers.add(new LiveAccount.Answer.Refused(DENIED));
        take(outcome(Verb.DELETE, A, Entry.Result.DONE, null));
        assertThat(failed).containsExactly("could not tag the user of ann: AWS answered AccessDenied");
    }

    @Test
    void tags_that_are_over_go_when_a_run_acts_and_not_when_it_looks() throws Exception {
        past("A", DATED);
        assertThat(live.tags()).isEqualTo(DATED);
        ledger.tidy();
        assertThat(live.tags()).isEmpty();
        assertThat(said)
                .containsExactly("the tags of a rotation of ann that was ended by hand are taken away: there should be"
                        + " two keys, and there is one");
    }

    @Test
    void tags_that_somebody_put_right_meanwhile_stay() throws Exception {
        past("A", DATED);
        live.user = Tagged.user("AB", DATED);
        ledger.tidy();
        assertThat(live.tags()).isEqualTo(DATED);
    }

    @Test
    void a_lost_key_that_somebody_switched_off_begins_its_cool_down_now() throws Exception {
        past("Ab", Map.of(RotatorTags.MARK, mark(Mark.Step.LOST, A, B)));
        ledger.tidy();
        assertThat(live.tags())
                .containsOnly(Map.entry(RotatorTags.MARK, "off 2026-11-21T08:00:00Z " + A.value() + " " + B.value()));
    }

    @Test
    void tags_that_cannot_be_understood_are_said_by_every_run() throws Exception {
        past("AB", Map.of("date", "soon"));
        ledger.tidy();
        assertThat(failed)
                .containsExactly("nothing is done about the keys of ann: its tag date says \"soon\", which is no day"
                        + " such as 2026-11-21; correct it, or take it away");
        assertThat(live.calls).isEmpty();
    }
}
