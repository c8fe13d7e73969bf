package io.keyturn.core.report;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RunNumbersTest {
    private final RunNumbers numbers = new RunNumbers(name -> name.replace("\n", "?"));

    private AccountNumbers.Read read(Reading reading, Predicate<Finding> view, User... users) {
        Snapshot snapshot = new Snapshot(
                ACCOUNT, ReadVia.LIVE, NOW, reading, List.of(), known(RootKeys.NONE), Arrays.asList(users));
        return numbers.read(snapshot, new Assessor(rules(people())).assess(snapshot, NOW), view);
    }

    private AccountNumbers.Read read(User... users) {
        return read(Reading.COMPLETE, finding -> true, users);
    }

    @Test
    void everyStandingHasItsCountAndNoneIsLeftOut() {
        AccountNumbers.Read read = read(
                user("healthy", key(1, 10, used(1))),
                user("old", key(2, 700, used(1)), key(3, 10, used(1))),
                user("nobody").withKeys(Fact.unknown("denied")));

        assertThat(read.keys()).hasSize(Standing.values().length);
        assertThat(read.keys(Standing.EXPIRED)).isEqualTo(1);
        assertThat(read.keys(Standing.UNKNOWN)).isEqualTo(1);
        assertThat(read.keys(Standing.LEAKED)).isZero();
        assertThat(read.allKeys()).isEqualTo(4);
        assertThat(read.holders()).isEqualTo(3);
    }

    @Test
    void agesAreThoseOfKeysThatWork() {
        AccountNumbers.Read read = read(
                user("a", key(1, 10, used(1))),
                user("b", key(2, 21, used(1))),
                user("c", inactive(key(3, 900, used(1)))));

        assertThat(read.oldestDays()).isEqualTo(21);
        assertThat(read.medianDays()).isEqualTo(15.5);
        assertThat(read(user("c", key(1, 4, used(1)), key(2, 8, used(1)), key(3, 800, used(1))))
                        .medianDays())
                .isEqualTo(8);
    }

    @Test
    void ages_are_in_order_whatever_the_order_of_users_is() {
        AccountNumbers.Read read =
                read(user("a", key(1, 21, used(1))), user("b", key(2, 4, used(1))), user("c", key(3, 10, used(1))));

        assertThat(read.oldestDays()).isEqualTo(21);
        assertThat(read.medianDays()).isEqualTo(10);
    }

    @Test
    void whereNoKeyWorksThereIsNoAge() {
        AccountNumbers.Read read = read(user("c", inactive(key(3, 900, used(1)))));

        assertThat(read.oldestDays()).isNull();
        assertThat(read.medianDays()).isNull();
    }

    @Test
    void overdueKeysAreCountedByPolicyAndAPolicyWithoutAnyIsZero() {
        assertThat(read(user("old", key(2, 700, used(1)))).overdue()).containsExactly(Map.entry("people", 1));
        assertThat(read(user("new", key(2, 7, used(1)))).overdue()).containsExactly(Map.entry("people", 0));
    }

    @Test
    void aRootKeyIsCountedUnderNoPolicy() {
        Snapshot snapshot = new Snapshot(
                ACCOUNT,
                ReadVia.LIVE,
                NOW,
                Reading.COMPLETE,
                List.of(),
                known(new RootKeys(true, List.of())),
                List.of());
        List<Finding> findings = new Assessor(rules(people())).assess(snapshot, NOW);

        assertThat(numbers.read(snapshot, findings, finding -> true).overdue())
                .containsExactly(Map.entry(KeyTally.NO_POLICY, 1));
    }

    @Test
    void lastUsesThatWereNotAnsweredAreCountedAndThoseNotAskedForAreNot() {
        assertThat(read(
                                user("a", key(1, 10, new LastUse.Unknown("throttled"))),
                                user("b", key(2, 10, new LastUse.Unknown("no answer"))),
                                user("c", key(3, 10, LastUse.NOT_READ)))
                        .unknownLastUses())
                .isEqualTo(2);
    }

    @Test
    void onlyWhatIsShownIsCounted() {
        AccountNumbers.Read read = read(
                Reading.COMPLETE,
                finding -> finding.credential().principal().display().equals("a"),
                user("a", key(1, 10, used(1))),
                user("b", key(2, 700, used(1))));

        assertThat(read.allKeys()).isEqualTo(1);
        assertThat(read.oldestDays()).isEqualTo(10);
    }

    @Test
    void anAccountReadInPartOrNotAtAllLeavesTheRunIncomplete() {
        read(user("a", key(1, 10, used(1))));
        numbers.skipped("old one", "999988887777");
        assertThat(numbers.complete()).isTrue();

        read(new Reading.Partial("throttled"), finding -> true, user("a", key(1, 10, used(1))));
        assertThat(numbers.complete()).isFalse();
        numbers.failed("data", "");

        assertThat(numbers.complete()).isFalse();
        assertThat(numbers.accounts(AccountRow.State.PARTLY)).isEqualTo(1);
        assertThat(numbers.accounts(AccountRow.State.FAILED)).isEqualTo(1);
        assertThat(numbers.accounts(AccountRow.State.SKIPPED)).isEqualTo(1);
        assertThat(numbers.read()).hasSize(2);
    }

    @Test
    void plannedActionsAreCountedByWhatTheyDo() {
        Snapshot snapshot = new Snapshot(
                ACCOUNT,
                ReadVia.LIVE,
                NOW,
                Reading.COMPLETE,
                List.of(),
                known(RootKeys.NONE),
                List.of(user("old", key(2, 700, used(1))), user("older", key(3, 800, used(1)))));
        CredentialId key =
                new Assessor(rules(people())).assess(snapshot, NOW).getFirst().credential();
        Action remind = new Action.Remind(key, List.of(), null, null);

        numbers.planned(new Plan(
                List.of(remind, remind, new Action.Deactivate(key, List.of())),
                List.of(new Plan.Deferred(remind, "owners-told", 2, 2, 3)),
                ""));

        assertThat(numbers.planned()).containsExactly(Map.entry(Verb.REMIND, 2), Map.entry(Verb.DEACTIVATE, 1));
        assertThat(numbers.deferred()).isEqualTo(1);
    }

    @Test
    void twoAccountsOfOneNameAndNumberAreToldApart() {
        read(user("a", key(1, 10, used(1))));
        read(user("a", key(1, 10, used(1))));
        numbers.failed("data", "");
        numbers.failed("data", "");
        numbers.failed("data (2)", "");
        numbers.failed("x\n", "");
        numbers.failed("x?", "");

        assertThat(numbers.accounts().stream().map(AccountNumbers::name).toList())
                .doesNotHaveDuplicates()
                .contains("data", "data (2)", "data (2) (2)", "x?", "x? (2)", ACCOUNT.name() + " (2)");
    }
}
