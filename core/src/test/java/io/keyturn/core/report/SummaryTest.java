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
import static io.keyturn.core.Samples.withPolicies;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Preview;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Rules RULES = rules(people());

    private static Snapshot of(ReadVia via, Instant asOf, Reading reading, User... users) {
        return new Snapshot(
                ACCOUNT,
                via,
                asOf,
                reading,
                List.of("read live: the report is denied"),
                known(new RootKeys(true, List.of())),
                Arrays.asList(users));
    }

    private static Summary summary(boolean all, Snapshot snapshot, Predicate<Finding> view) {
        return summary(new Summary(NOW, all, false), snapshot, view);
    }

    private static Summary summary(Summary summary, Snapshot snapshot, Predicate<Finding> view) {
        List<Finding> findings = new Assessor(RULES).assess(snapshot, NOW);
        summary.surveyed(snapshot, findings, new Planner(RULES, History.NONE).plan(ACCOUNT, findings, NOW), view);
        return summary;
    }

    private static final User[] USERS = {
        user("healthy", key(1, 10, used(1))),
        user("warned", key(2, 80, used(1))),
        user("old", key(3, 700, used(1))),
        user("idle", key(4, 60, used(50))),
        user("unread", key(5, 10, new LastUse.Unknown("throttled"))),
        user("off", inactive(key(6, 10, used(1)))),
        withPolicies(user("leaked", key(7, 3, used(1))), known(List.of("AWSCompromisedKeyQuarantineV2"))),
        user("two", key(8, 100, used(1)), key(9, 1, used(0))),
        user("nobody").withKeys(Fact.unknown("denied"))
    };

    @Test
    void everyKeyIsCountedOnceAndTheSumsAgree() {
        Summary summary = summary(true, of(ReadVia.LIVE, NOW, Reading.COMPLETE, USERS), f -> true);
        assertThat(summary.keys()).isEqualTo(11);
        assertThat(Arrays.stream(Standing.values()).mapToInt(summary::count)).containsExactly(1, 4, 1, 0, 2, 1, 0, 2);
        AccountRow row = summary.accounts().getFirst();
        assertThat(List.of(row.users(), row.keys(), row.healthy())).containsExactly(9, 11, 2);
        assertThat(row.ages().stream().mapToInt(Integer::intValue).sum()).isEqualTo(9);
        assertThat(row.ages().getLast()).isEqualTo(1);
        assertThat(row.read()).isEqualTo("whole, live");
        assertThat(row.state()).isEqualTo(AccountRow.State.WHOLE);
        assertThat(summary.complete()).isTrue();
        assertThat(summary.notes()).containsExactly("production: read live: the report is denied");
        assertThat(summary.preview()).isEqualTo(new Preview(2, 1));
        assertThat(summary.enforced()).isFalse();
        assertThat(summary.shown(UTC)).hasSize(11);
        assertThat(summary.weeks()).hasSize(Week.COUNT);
        assertThat(summary.weeks().stream().mapToInt(Week::rotations).sum()).isEqualTo(5);
        assertThat(summary.weeks().stream().mapToInt(Week::deactivations).sum()).isEqualTo(2);
        assertThat(summary.now()).isEqualTo(NOW);
    }

    @Test
    void whatNeedsADecisionComesFirstByDateAndSaysWhatToDo() {
        Summary summary = summary(false, of(ReadVia.LIVE, NOW, Reading.COMPLETE, USERS), f -> true);
        assertThat(summary.shown(UTC))
                .extracting(a -> a.finding().credential().principal().display() + ": " + a.todo())
                .containsExactly(
                        "leaked: deactivate",
                        "root user: delete",
                        "two: choose key",
                        "idle: deactivate",
                        "old: rotate");
        assertThat(summary.decisions()).isEqualTo(summary.shown(UTC).size());
        Summary all = summary(true, of(ReadVia.LIVE, NOW, Reading.COMPLETE, USERS), f -> true);
        assertThat(all.shown(UTC))
                .filteredOn(a -> a.finding().standing() == Standing.UNKNOWN)
                .extracting(Attention::todo)
                .containsOnly("read again");
        assertThat(all.shown(UTC))
                .filteredOn(a -> a.finding().standing() == Standing.INACTIVE)
                .extracting(Attention::todo)
                .containsOnly("delete");
    }

    @Test
    void withinADayTheOrderIsThatOfAccountsAndNotOfTheSecondsTheyWereReadIn() {
        Account later = new Account(
                new AccountId("999988887777"), "audit", ACCOUNT.partition(), ACCOUNT.ou(), ACCOUNT.tags(), false);
        Summary summary = new Summary(NOW, false, false);
        for (Account account : List.of(ACCOUNT, later)) {
            Instant read = NOW.plusMillis(account == later ? 700 : 0);
            Snapshot snapshot = new Snapshot(
                    account,
                    ReadVia.LIVE,
                    read,
                    Reading.COMPLETE,
                    List.of(),
                    known(RootKeys.NONE),
                    List.of(user("old", key(3, 700, used(1)))));
            List<Finding> findings = new Assessor(RULES).assess(snapshot, read);
            summary.surveyed(
                    snapshot, findings, new Planner(RULES, History.NONE).plan(account, findings, read), f -> true);
        }
        assertThat(summary.shown(UTC)).extracting(Attention::account).containsExactly("audit", "production");
        assertThat(summary.shown(UTC).get(0).at())
                .isAfter(summary.shown(UTC).get(1).at());
    }

    @Test
    void aViewNarrowsAllSums() {
        Summary summary =
                summary(true, of(ReadVia.LIVE, NOW, Reading.COMPLETE, USERS), f -> f.standing() == Standing.HEALTHY);
        assertThat(summary.keys()).isEqualTo(2);
        assertThat(summary.decisions()).isZero();
    }

    @Test
    void whereUsersAreLeftOutUsersAndWhatEnforcingWouldDoAreOfTheOthersAlone() {
        Summary summary = summary(
                new Summary(NOW, true, true),
                of(ReadVia.LIVE, NOW, Reading.COMPLETE, USERS),
                f -> f.credential().principal().display().equals("two"));
        AccountRow row = summary.accounts().getFirst();
        assertThat(List.of(row.users(), row.keys(), row.healthy())).containsExactly(1, 2, 1);
        assertThat(summary.preview()).isEqualTo(new Preview(1, 0));
    }

    @Test
    void whoeverIsPastTheAgeLimitWaitsForAPersonWhereNoSuccessorCanBeMade() {
        Summary summary = summary(
                true,
                of(
                        ReadVia.LIVE,
                        NOW,
                        Reading.COMPLETE,
                        user("used", key(1, 100, used(1)), key(2, 1, used(0))),
                        user("quiet", key(3, 100, used(60)), key(4, 1, used(0)))),
                f -> f.standing() == Standing.EXPIRED);
        assertThat(summary.shown(UTC))
                .filteredOn(a -> !a.todo().equals("delete"))
                .extracting(a -> a.finding().credential().principal().display() + ": " + a.todo())
                .containsExactly("used: choose key", "quiet: deactivate");
    }

    @Test
    void everyStepWithADateIsInItsWeekAndAKeyInUseGoesOnBeingUsed() {
        Summary summary = summary(
                true,
                of(ReadVia.LIVE, NOW, Reading.COMPLETE, user("young", key(1, 70, used(1)))),
                f -> f.credential().principal().display().equals("young"));
        List<Week> weeks = summary.weeks();
        assertThat(weeks.stream().map(Week::notices)).startsWith(1, 0, 2, 0);
        assertThat(weeks.stream().map(Week::rotations)).startsWith(0, 0, 1, 0);
        assertThat(weeks.stream().mapToInt(Week::deactivations).sum()).isZero();
    }

    @Test
    void howFreshAReportIsIsSaidInMinutesThenHours() {
        assertThat(Stream.of(0, 59, 60, 119 * 60, 120 * 60, 3 * 3600).map(NOW::minusSeconds))
                .extracting(asOf -> summary(true, of(ReadVia.REPORT, asOf, Reading.COMPLETE), f -> true)
                        .accounts()
                        .getFirst()
                        .read())
                .containsExactly(
                        "whole, just now",
                        "whole, just now",
                        "whole, 1 min old",
                        "whole, 119 min old",
                        "whole, 2 h old",
                        "whole, 3 h old");
    }

    @Test
    void where_one_account_is_enforced_keys_are_switched_off() {
        Summary summary = new Summary(NOW, true, false);
        for (Stage stage : List.of(Stage.NOTIFY, Stage.ENFORCE, Stage.OBSERVE)) {
            Snapshot snapshot = of(ReadVia.LIVE, NOW, Reading.COMPLETE);
            summary.surveyed(
                    snapshot,
                    List.of(),
                    new Planner(RULES.at(stage), History.NONE).plan(ACCOUNT, List.of(), NOW),
                    f -> true);
            assertThat(summary.enforced()).as(stage.toString()).isEqualTo(stage != Stage.NOTIFY);
        }
    }

    @Test
    void whatWasNotReadIsNamedAndNothingIsCompleteThen() {
        Summary summary = summary(true, of(ReadVia.LIVE, NOW, new Reading.Partial("2 users not answered")), f -> true);
        summary.failed("data", "222233334444", new Problem("list the users", "data", "denied", "ask"));
        summary.skipped("Old", "333344445555", "suspended");
        assertThat(summary.complete()).isFalse();
        assertThat(summary.unread())
                .containsExactly(
                        "data: could not list the users of data: denied; ask",
                        "production (111122223333): 2 users not answered");
        assertThat(summary.accounts())
                .extracting(AccountRow::state)
                .containsExactly(AccountRow.State.FAILED, AccountRow.State.SKIPPED, AccountRow.State.PARTLY);
    }

    @Test
    void everyReasonHasItsWords() {
        Snapshot snapshot = of(ReadVia.LIVE, NOW, Reading.COMPLETE, USERS);
        List<Finding> findings = new Assessor(RULES).assess(snapshot, NOW);
        assertThat(findings)
                .extracting(Words::brief)
                .containsExactlyInAnyOrder(
                        "root has a key",
                        "within its limits",
                        "unused, limit 45 d",
                        "leaked",
                        "keys not read",
                        "inactive",
                        "limit 90 d",
                        "two keys already",
                        "within its limits",
                        "last use unknown",
                        "limit 90 d");
        assertThat(findings.stream().flatMap(f -> f.reasons().stream()))
                .extracting(Words::sentence)
                .contains(
                        "unused for 50 days, limit 45",
                        "700 days old, limit 90",
                        "80 days old, warned from 75, limit 90",
                        "the last use is not known: throttled",
                        "the keys could not be read: denied",
                        "AWS found it leaked and attached AWSCompromisedKeyQuarantineV2");
    }
}
