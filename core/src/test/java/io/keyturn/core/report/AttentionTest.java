package io.keyturn.core.report;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Memories;
import io.keyturn.core.Samples;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.plan.Silence;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the list of keys says is to be done, and by when. */
class AttentionTest {
    private static final Reason PAST_AGE = new Reason.PastAge(days(99), days(90));
    private static final Reason PAST_IDLE = new Reason.PastIdle(days(50), days(45), false);
    private static final CredentialId KEY = new CredentialId(
            CredentialId.Kind.ACCESS_KEY,
            ACCOUNT.id(),
            new Principal.OfUser(new UserName("ann"), new UserId("AIDAANN"), "arn:aws:iam::111122223333:user/ann"),
            null,
            keyId(1),
            NOW);

    private static Finding finding(Standing standing, List<Reason> reasons, Deadline... deadlines) {
        return new Finding(
                KEY,
                true,
                days(99),
                LastUse.NEVER_USED,
                null,
                standing,
                "people",
                reasons,
                known(new Owner("ann", "tag")),
                List.of(deadlines),
                List.of());
    }

    private static @Nullable Scheduled next(@Nullable Step step, @Nullable Stage heldBy) {
        return step == null ? null : new Scheduled(KEY, step, NOW, heldBy, null);
    }

    private static Attention of(Finding finding, @Nullable Step next) {
        return new Attention(finding, "production", next(next, null));
    }

    private static Deadline passed(Step step, String limit) {
        return new Deadline(step, limit, NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "ROTATE, , Approve the rotation",
        "DEACTIVATE, , Approve the deactivation",
        "DELETE, , Approve the deletion",
        "ROTATE, NOTIFY, Rotate it",
        "DEACTIVATE, NOTIFY, Deactivate it",
        "DELETE, NOTIFY, Delete it",
        "REMIND, , Decide what becomes of it",
        "TICKET, , Decide what becomes of it",
        ", , Decide what becomes of it"
    })
    void whatIsToBeDecidedIsTheNextStep(@Nullable Step step, @Nullable Stage heldBy, String said) {
        Finding finding = finding(Standing.WARNED, List.of(PAST_AGE));
        assertThat(new Attention(finding, "production", next(step, heldBy)).decision())
                .isEqualTo(said);
    }

    @Test
    void aNewKeyThatIsNotInUseIsToBeInstalled() {
        Reason unused = new Reason.Succeeded(keyId(2), NOW, "vault", false);
        Reason used = new Reason.Succeeded(keyId(2), NOW, "vault", true);
        assertThat(of(finding(Standing.ROTATING, List.of(unused)), Step.DEACTIVATE)
                        .decision())
                .isEqualTo("See that the new key is installed");
        assertThat(of(finding(Standing.ROTATING, List.of(used)), Step.DEACTIVATE)
                        .decision())
                .isEqualTo("Approve the deactivation");
    }

    @Test
    void theKeyOfTheRootUserIsToBeDeletedWhateverElseIsSaid() {
        Attention root = of(finding(Standing.EXPIRED, List.of(new Reason.RootKey(), new Reason.NoOwner())), null);
        assertThat(root.decision()).isEqualTo("Delete the key of the root user");
        assertThat(root.todo()).isEqualTo("delete");
    }

    @Test
    void whatAPersonHasToSayFirstComesFirst() {
        Attention two = of(finding(Standing.EXPIRED, List.of(PAST_AGE, new Reason.TwoKeys())), Step.REMIND);
        assertThat(two.decision()).isEqualTo("Choose which of the two keys goes");
        assertThat(two.todo()).isEqualTo("choose key");
        assertThat(two.at()).isEqualTo(Instant.MIN);

        Attention nobody = of(finding(Standing.EXPIRED, List.of(PAST_AGE, new Reason.NoOwner())), Step.ROTATE);
        assertThat(nobody.decision()).isEqualTo("Name an owner");
        assertThat(nobody.todo()).isEqualTo("name owner");

        Attention warned = of(finding(Standing.WARNED, List.of(new Reason.TwoKeys())), Step.DEACTIVATE);
        assertThat(warned.decision()).as("nothing is overdue").isEqualTo("Approve the deactivation");
    }

    @Test
    void aStepThatIsOverdueByItsOwnLimitWaitsForNothingElse() {
        Attention idle = of(
                finding(
                        Standing.EXPIRED,
                        List.of(PAST_IDLE, new Reason.TwoKeys()),
                        passed(Step.DEACTIVATE, "idle"),
                        passed(Step.DELETE, "age")),
                Step.DEACTIVATE);
        assertThat(idle.todo()).isEqualTo("deactivate");
        assertThat(idle.at()).isEqualTo(NOW);

        Attention other = of(
                finding(Standing.EXPIRED, List.of(PAST_AGE, new Reason.TwoKeys()), passed(Step.DEACTIVATE, "idle")),
                Step.DEACTIVATE);
        assertThat(other.todo()).as("its idle limit is not passed").isEqualTo("choose key");

        Attention age = of(
                finding(Standing.EXPIRED, List.of(PAST_AGE, new Reason.TwoKeys()), passed(Step.DEACTIVATE, "age")),
                Step.DEACTIVATE);
        assertThat(age.todo()).isEqualTo("deactivate");
    }

    @Test
    void whatIsToBeDoneIsAVerb() {
        assertThat(of(finding(Standing.EXPIRED, List.of(PAST_AGE)), null).todo())
                .isEqualTo("decide");
        assertThat(of(finding(Standing.EXPIRED, List.of(PAST_AGE)), Step.ROTATE).todo())
                .isEqualTo("rotate");
        assertThat(of(finding(Standing.UNKNOWN, List.of()), Step.ROTATE).todo()).isEqualTo("read again");
        assertThat(of(finding(Standing.WARNED, List.of()), Step.REMIND).todo()).isEqualTo("remind");
        assertThat(of(finding(Standing.HEALTHY, List.of()), null).todo()).isEqualTo("–");
        assertThat(of(finding(Standing.HEALTHY, List.of()), null).at()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "LEAKED, , 0, true",
        "EXPIRED, , 0, true",
        "WARNED, , 0, false",
        "WARNED, REMIND, 0, false",
        "WARNED, ROTATE, 7, true",
        "WARNED, ROTATE, 8, false"
    })
    void whoHasToDecideWithinAWeekIsListed(Standing standing, @Nullable Step step, int inDays, boolean needs) {
        Scheduled next = step == null ? null : new Scheduled(KEY, step, NOW.plus(days(inDays)), null, null);
        assertThat(new Attention(finding(standing, List.of()), "production", next).needsDecision(NOW))
                .isEqualTo(needs);
    }

    @Test
    void whyAKeyStandsSoIsSaidBriefly() {
        Reason nobody = new Reason.NoOwner();
        assertThat(Words.brief(finding(Standing.HEALTHY, List.of()))).isEqualTo("within its limits");
        assertThat(Words.brief(finding(Standing.EXPIRED, List.of(PAST_AGE, nobody))))
                .isEqualTo("no owner, 90 d");
        assertThat(Words.brief(finding(Standing.EXPIRED, List.of(PAST_IDLE, nobody))))
                .isEqualTo("unused, limit 45 d");
        assertThat(Words.brief(finding(Standing.WARNED, List.of(PAST_AGE, nobody))))
                .isEqualTo("limit 90 d");
        assertThat(Words.brief(finding(Standing.EXPIRED, List.of(PAST_AGE, new Reason.TwoKeys()))))
                .isEqualTo("two keys already");
        assertThat(Words.brief(finding(Standing.WARNED, List.of(PAST_AGE, new Reason.TwoKeys()))))
                .isEqualTo("limit 90 d");
    }

    @Test
    void whyAKeyStandsSoIsSaidInASentence() {
        Reason nobody = new Reason.NoOwner();
        assertThat(Words.why(finding(Standing.HEALTHY, List.of()))).isEqualTo("–");
        assertThat(Words.why(finding(Standing.EXPIRED, List.of(PAST_AGE, nobody))))
                .isEqualTo("99 days old, limit 90, and nobody owns it");
        assertThat(Words.why(finding(Standing.EXPIRED, List.of(PAST_AGE, new Reason.TwoKeys()))))
                .isEqualTo("99 days old, limit 90; its user has two keys already");
        assertThat(Words.why(finding(Standing.EXPIRED, List.of(PAST_AGE, PAST_IDLE))))
                .isEqualTo("99 days old, limit 90");
        assertThat(Words.why(finding(Standing.WARNED, List.of(PAST_AGE, nobody))))
                .isEqualTo("99 days old, limit 90");
        assertThat(Words.why(finding(Standing.EXPIRED, List.of(new Reason.RootKey(), nobody))))
                .isEqualTo("the root user has an access key; nobody should");
    }

    @ParameterizedTest
    @CsvSource({
        "REMIND, 1, 1 reminder",
        "REMIND, 2, 2 reminders",
        "TICKET, 0, 0 tickets",
        "ROTATE, 1, 1 rotation",
        "DEACTIVATE, 3, 3 deactivations",
        "DELETE, 1, 1 deletion"
    })
    void stepsAreCountedInWords(Step step, int count, String said) {
        assertThat(Words.counted(step, count)).isEqualTo(said);
    }

    private static Finding governed(Standing standing, @Nullable String policy, Reason... reasons) {
        return new Finding(
                KEY,
                standing != Standing.INACTIVE,
                days(99),
                LastUse.NEVER_USED,
                null,
                standing,
                policy,
                List.of(reasons),
                known(new Owner("ann", "tag")),
                List.of(),
                List.of());
    }

    private static Planner planner(Policy... policies) {
        return new Planner(Samples.rules(policies), History.NONE);
    }

    private static Policy plain(String name, @Nullable Limit age, @Nullable Limit idle) {
        return new Policy(name, Condition.ALWAYS, age, idle, days(7), null, days(30), false);
    }

    @Test
    void onlyAPolicyThatRotatesOrDeletesEverDeletesAKeyThatIsOff() {
        Limit reminds = new Limit(days(1), days(2), List.of(Step.REMIND), List.of(Step.REMIND));
        Limit deletes = new Limit(days(1), days(2), List.of(Step.REMIND), List.of(Step.DELETE));
        Limit warns = new Limit(days(1), days(2), List.of(Step.DELETE), List.of(Step.REMIND));
        Planner planner = planner(
                Samples.people(),
                plain("reminds", reminds, reminds),
                plain("idle", null, deletes),
                plain("age", warns, null));
        assertThat(planner.mayDelete(governed(Standing.INACTIVE, "people"))).isTrue();
        assertThat(planner.mayDelete(governed(Standing.INACTIVE, "idle"))).isTrue();
        assertThat(planner.mayDelete(governed(Standing.INACTIVE, "age"))).isTrue();
        assertThat(planner.mayDelete(governed(Standing.INACTIVE, "reminds"))).isFalse();
        assertThat(planner.mayDelete(governed(Standing.INACTIVE, "gone"))).isFalse();
        assertThat(planner.mayDelete(governed(Standing.INACTIVE, null))).isFalse();
        assertThat(planner.mayDelete(governed(Standing.EXPIRED, "people"))).isFalse();
    }

    @Test
    void aRotationIsThatOfThePolicyThatGoverns() {
        Planner planner = planner(Samples.people(), plain("plain", null, null));
        assertThat(planner.rotation(governed(Standing.WARNED, "people"))).isEqualTo(Samples.ROTATION);
        assertThat(planner.rotation(governed(Standing.WARNED, "plain"))).isNull();
        assertThat(planner.rotation(governed(Standing.WARNED, null))).isNull();
    }

    @Test
    void onlyARotationThatNobodyTookUpWaitsForAPerson() {
        Planner planner = planner(Samples.people());
        Reason unused = new Reason.Succeeded(keyId(2), NOW.minus(days(400)), "vault", false);
        Reason fresh = new Reason.Succeeded(keyId(2), NOW, "vault", false);
        assertThat(planner.waitsForDecision(governed(Standing.ROTATING, "people", fresh), NOW))
                .isFalse();
        assertThat(planner.waitsForDecision(governed(Standing.WARNED, "people", unused), NOW))
                .isFalse();
        assertThat(planner.waitsForDecision(governed(Standing.ROTATING, null, unused), NOW))
                .isFalse();
    }

    private static Optional<Instant> silent(@Nullable Escalation escalation, @Nullable Deadline announced) {
        return Silence.since(
                escalation,
                governed(Standing.EXPIRED, "people", PAST_AGE),
                announced,
                Memories.of().spoken(NOW.minus(days(10))),
                NOW);
    }

    /** The owner was told ten days ago, and nothing came of it. */
    @Test
    void anOwnerIsSilentOnceTheTimeIsOverUnlessANewKeyComesAnyway() {
        Escalation week = new Escalation(days(7), List.of(new OwnerRule.Default("#leads")));
        Instant told = NOW.minus(days(10));
        assertThat(silent(null, null)).isEmpty();
        assertThat(silent(week, null)).contains(told);
        assertThat(silent(new Escalation(days(11), week.to()), null)).isEmpty();
        assertThat(silent(week, new Deadline(Step.ROTATE, "age", NOW.plus(days(1)))))
                .isEmpty();
        assertThat(silent(week, new Deadline(Step.ROTATE, "age", NOW))).contains(told);
        assertThat(silent(week, new Deadline(Step.DEACTIVATE, "age", NOW.plus(days(1)))))
                .contains(told);
    }
}
