package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.keyId;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Step;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannedTest {
    private static final LocalDate DAY = LocalDate.parse("2026-12-01");
    private static final Planned REMIND = planned(Verb.REMIND, "ann", 1, "ann@example.com", Step.DEACTIVATE, DAY, null);

    private static Planned planned(
            Verb verb,
            String name,
            int key,
            @Nullable String owner,
            @Nullable Step step,
            @Nullable LocalDate day,
            @Nullable String sink) {
        return new Planned(
                verb, ACCOUNT.id(), new UserId("AIDAANN"), new UserName(name), keyId(key), owner, step, day, sink);
    }

    private static CredentialId credential(Principal principal, @Nullable KeyId key) {
        return new CredentialId(CredentialId.Kind.ACCESS_KEY, ACCOUNT.id(), principal, null, key, NOW);
    }

    private static final CredentialId ANN = credential(
            new Principal.OfUser(new UserName("ann"), new UserId("AIDAANN"), "arn:aws:iam::111122223333:user/ann"),
            keyId(1));

    @Test
    void everyActionOnAUsersKeyCanBeKept() {
        Owner owner = new Owner("ann@example.com", "tag Owner");
        Deadline end = new Deadline(Step.DEACTIVATE, "idle", NOW.plus(days(30)));
        assertThat(Planned.of(new Action.Remind(ANN, List.of(), owner, end)))
                .contains(planned(Verb.REMIND, "ann", 1, "ann@example.com", Step.DEACTIVATE, DAY, null));
        assertThat(Planned.of(new Action.Remind(ANN, List.of(), null, null)))
                .contains(planned(Verb.REMIND, "ann", 1, null, null, null, null));
        assertThat(Planned.of(new Action.OpenTicket(ANN, List.of(), owner, null, null)))
                .contains(planned(Verb.OPEN_TICKET, "ann", 1, "ann@example.com", null, null, null));
        assertThat(Planned.of(new Action.DeliverSecret(ANN, List.of(), "s3")))
                .contains(planned(Verb.DELIVER_SECRET, "ann", 1, null, null, null, "s3"));
        assertThat(Planned.of(new Action.Delete(ANN, List.of())))
                .contains(planned(Verb.DELETE, "ann", 1, null, null, null, null));
    }

    @Test
    void whatNoPlanCanNameIsNotKept() {
        assertThat(Planned.of(new Action.Delete(credential(Principal.ROOT, keyId(1)), List.of())))
                .isEmpty();
        assertThat(Planned.of(new Action.Delete(credential(ANN.principal(), null), List.of())))
                .isEmpty();
    }

    @Test
    void aLaterDayIsStillTheSameAndAnEarlierOneIsNot() {
        assertThat(REMIND.isStill(REMIND)).isTrue();
        assertThat(REMIND.isStill(
                        planned(Verb.REMIND, "ann", 1, "ann@example.com", Step.DEACTIVATE, DAY.plusDays(1), null)))
                .isTrue();
        assertThat(REMIND.isStill(
                        planned(Verb.REMIND, "ann", 1, "ann@example.com", Step.DEACTIVATE, DAY.minusDays(1), null)))
                .isFalse();
        assertThat(REMIND.isStill(planned(Verb.REMIND, "ann", 1, "ann@example.com", Step.DEACTIVATE, null, null)))
                .isFalse();
        Planned dayless = planned(Verb.REMIND, "ann", 1, "ann@example.com", Step.DEACTIVATE, null, null);
        assertThat(dayless.isStill(dayless)).isTrue();
        assertThat(dayless.isStill(REMIND)).isFalse();
    }

    @Test
    void whateverElseDiffersIsAnotherAction() {
        assertThat(List.of(
                        planned(Verb.DELETE, "ann", 1, "ann@example.com", Step.DEACTIVATE, DAY, null),
                        planned(Verb.REMIND, "anna", 1, "ann@example.com", Step.DEACTIVATE, DAY, null),
                        planned(Verb.REMIND, "ann", 2, "ann@example.com", Step.DEACTIVATE, DAY, null),
                        planned(Verb.REMIND, "ann", 1, "bob@example.com", Step.DEACTIVATE, DAY, null),
                        planned(Verb.REMIND, "ann", 1, "ann@example.com", Step.DELETE, DAY, null),
                        planned(Verb.REMIND, "ann", 1, "ann@example.com", Step.DEACTIVATE, DAY, "s3")))
                .noneMatch(REMIND::isStill);
        Planned elsewhere = new Planned(
                Verb.REMIND,
                new AccountId("444455556666"),
                REMIND.user(),
                REMIND.name(),
                REMIND.key(),
                null,
                null,
                null,
                null);
        Planned recreated = new Planned(
                Verb.REMIND,
                REMIND.account(),
                new UserId("AIDAOTHER"),
                REMIND.name(),
                REMIND.key(),
                null,
                null,
                null,
                null);
        assertThat(REMIND.isLike(elsewhere)).isFalse();
        assertThat(REMIND.isLike(recreated)).isFalse();
    }
}
