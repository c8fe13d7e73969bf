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
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportFiguresTest {
    private static final Rules RULES = rules(people());
    private static final LocalDate TODAY = LocalDate.ofInstant(NOW, UTC);

    private static Summary summary(User... users) {
        Snapshot snapshot = new Snapshot(
                ACCOUNT, ReadVia.LIVE, NOW, Reading.COMPLETE, List.of(), known(RootKeys.NONE), List.of(users));
        List<Finding> findings = new Assessor(RULES).assess(snapshot, NOW);
        Summary summary = new Summary(NOW, true, false);
        summary.surveyed(snapshot, findings, new Planner(RULES, History.NONE).plan(ACCOUNT, findings, NOW), f -> true);
        return summary;
    }

    private static List<Attention> keys() {
        return summary(
                        user("healthy", key(1, 10, used(1))),
                        user("warned", key(2, 80, used(1))),
                        user("old", key(3, 700, used(1))),
                        user("idle", key(4, 60, used(50))),
                        user("unread", key(5, 10, new LastUse.Unknown("throttled"))),
                        user("off", inactive(key(6, 10, used(1)))),
                        withPolicies(
                                user("leaked", key(7, 3, used(1))), known(List.of("AWSCompromisedKeyQuarantineV2"))),
                        user("two", key(8, 100, used(1)), key(9, 1, used(0))),
                        user("nobody").withKeys(Fact.unknown("denied")))
                .shown(UTC);
    }

    @Test
    void aStepStandsOnItsDayAndOneThatIsPastStandsOnToday() {
        List<Day> days = summary(user("young", key(1, 70, used(1))), user("old", key(2, 700, used(1))))
                .days();

        assertThat(days).hasSize(Week.COUNT * 7);
        assertThat(days.getFirst().date()).isEqualTo(TODAY);
        assertThat(days.getLast().date()).isEqualTo(TODAY.plusDays(90));
        // One is rotated at once, as far as its limit goes, the other when it turns ninety.
        assertThat(days.stream().filter(day -> day.rotations() > 0).map(Day::date))
                .contains(TODAY.plusDays(20));
        assertThat(days.stream().mapToInt(Day::steps).sum())
                .isEqualTo(days.stream()
                        .mapToInt(day -> day.notices() + day.rotations() + day.deactivations() + day.deletions())
                        .sum())
                .isPositive();
    }

    @Test
    void agesOfAnAccountTellWhatIsToBeDoneFromWhatIsNot() {
        AgeBars bars = AgeBars.of(keys()).getFirst();

        assertThat(bars.account()).isEqualTo("production");
        assertThat(bars.quiet()).startsWith(3, 0, 0).hasSize(AccountRow.BARS + 1);
        assertThat(bars.busy()).startsWith(2, 0, 2, 1).endsWith(1);
        assertThat(bars.sum(0)).isEqualTo(5);
        assertThat(bars.busySum()).isEqualTo(6);
        // The age of a key that could not be read is not known, and it is a key all the same.
        assertThat(bars.keys()).isEqualTo(10);
    }

    @Test
    void keysAreToldByTheirPolicyAndWhatNoneGovernsComesLast() {
        List<PolicyKeys> rows = PolicyKeys.of(RULES.policies(), keys());

        assertThat(rows)
                .extracting(row -> row.policy() == null ? "none" : row.policy().name())
                .containsExactly("people", "none");
        assertThat(rows.stream().mapToInt(row -> row.keys().size()).sum()).isEqualTo(10);
    }

    private static Attention owned(Attention key, String owner) {
        return with(
                key,
                owner.isEmpty() ? Fact.unknown("nobody") : Fact.known(new Owner(owner, "tag"), NOW),
                key.finding().reasons());
    }

    private static Attention with(Attention key, Fact<Owner> owner, List<Reason> reasons) {
        Finding f = key.finding();
        Finding other = new Finding(
                f.credential(),
                f.active(),
                f.age(),
                f.lastUse(),
                f.idle(),
                f.standing(),
                f.governedBy(),
                reasons,
                owner,
                f.deadlines(),
                f.controls());
        return new Attention(other, key.account(), key.next());
    }

    @Test
    void ownersComeByTheWorstOfTheirKeysAndNobodyComesFirst() {
        List<Attention> keys = keys();
        List<Attention> owned = keys.stream()
                .map(key -> owned(
                        key,
                        switch (key.finding().standing()) {
                            case LEAKED -> "t.ibe";
                            case WARNED -> "";
                            case HEALTHY -> "web";
                            default -> "platform";
                        }))
                .toList();

        List<OwnerRow> rows = OwnerRow.of(owned);
        assertThat(rows).extracting(OwnerRow::name).containsExactly("", "t.ibe", "platform", "web");
        assertThat(rows.getFirst().nobody()).isTrue();
        assertThat(rows.get(2).count(Standing.EXPIRED)).isEqualTo(3);
        assertThat(rows.get(2).keys()).isEqualTo(6);
        assertThat(rows.getLast().busy()).isFalse();
        assertThat(rows.stream().mapToInt(OwnerRow::keys).sum()).isEqualTo(keys.size());
    }

    @Test
    void nobodyWithHealthyKeysAloneIsNotFirst() {
        Attention healthy = keys().stream()
                .filter(key -> key.finding().standing() == Standing.HEALTHY)
                .findFirst()
                .orElseThrow();
        Attention old = keys().stream()
                .filter(key -> key.finding().standing() == Standing.EXPIRED)
                .findFirst()
                .orElseThrow();

        assertThat(OwnerRow.of(List.of(owned(healthy, ""), owned(old, "web"))))
                .extracting(OwnerRow::name)
                .containsExactly("web", "");
    }

    @Test
    void keysThatAPolicyLetsGrowOldAreCountedAsTolerated() {
        List<Attention> keys = keys().stream()
                .map(key -> with(key, key.finding().owner(), key.finding().reasons()))
                .toList();

        assertThat(ControlCount.tolerated(keys))
                .as("all that are older are overdue")
                .isZero();
        Rules lenient = rules(new Policy(
                "machines",
                Condition.ALWAYS,
                new Limit(Duration.ofDays(300), Duration.ofDays(365), List.of(), List.of()),
                null,
                Policy.DEFAULT_REMIND_EVERY,
                null,
                Policy.DEFAULT_IN_USE_WINDOW,
                false));
        Snapshot snapshot = new Snapshot(
                ACCOUNT,
                ReadVia.LIVE,
                NOW,
                Reading.COMPLETE,
                List.of(),
                known(RootKeys.NONE),
                List.of(
                        user("ci", key(1, 200, used(1))),
                        user("etl", key(2, 310, used(1))),
                        user("new", key(3, 2, used(1)))));
        List<Attention> tolerated = new Assessor(lenient)
                .assess(snapshot, NOW).stream()
                        .map(finding -> new Attention(finding, "production", null))
                        .toList();
        assertThat(ControlCount.tolerated(tolerated)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "ROTATE, , Approve the rotation",
        "ROTATE, NOTIFY, Rotate it",
        "DEACTIVATE, , Approve the deactivation",
        "DEACTIVATE, NOTIFY, Deactivate it",
        "DELETE, , Approve the deletion",
        "DELETE, ROTATE, Delete it",
        "REMIND, , Decide what becomes of it",
        "TICKET, OBSERVE, Decide what becomes of it"
    })
    void whatIsToBeDecidedFollowsFromTheStepAndFromWhoMayTakeIt(Step step, Stage heldBy, String decision) {
        Attention warned = keys().stream()
                .filter(key -> key.finding().standing() == Standing.WARNED)
                .findFirst()
                .orElseThrow();
        Scheduled next = new Scheduled(warned.finding().credential(), step, NOW, heldBy, null);

        assertThat(new Attention(warned.finding(), "production", next).decision())
                .isEqualTo(decision);
    }

    @Test
    void aNewKeyThatNobodyInstalledIsSeenToFirst() {
        Attention warned = keys().get(1);
        Reason there = new Reason.Succeeded(new KeyId("AKIAEXAMPLE000000009"), NOW, "vault", false);
        Attention waiting = with(warned, warned.finding().owner(), List.of(there));
        Scheduled next = new Scheduled(warned.finding().credential(), Step.DEACTIVATE, NOW, null, null);

        assertThat(new Attention(waiting.finding(), "production", next).decision())
                .isEqualTo("See that the new key is installed");
    }

    @Test
    void controlsAreCountedAsFindingsBreakThem() {
        assertThat(ControlCount.of(keys()))
                .extracting(control -> control.hub() + " " + control.broken())
                .containsExactly("IAM.4 0", "IAM.3 2", "IAM.22 1", "IAM.8 0", " 2");
    }

    @Test
    void decisionsAreGroupedByTheirDayAndNoneIsBeforeToday() {
        List<Agenda> days = Agenda.of(keys(), NOW, UTC);

        assertThat(days).extracting(Agenda::day).isSorted().doesNotHaveDuplicates();
        assertThat(days.getFirst().day()).isEqualTo(TODAY);
        assertThat(days.stream().mapToInt(day -> day.keys().size()).sum()).isEqualTo((int)
                keys().stream().filter(key -> key.needsDecision(NOW)).count());
        assertThat(days.getFirst().keys().getFirst().finding().standing()).isEqualTo(Standing.LEAKED);
    }

    @Test
    void a_decision_stands_on_its_day_and_one_that_is_past_on_today() {
        Attention warned = keys().stream()
                .filter(key -> key.finding().standing() == Standing.WARNED)
                .findFirst()
                .orElseThrow();
        List<Attention> due = Stream.of(-1, 0, 3)
                .map(day -> new Scheduled(
                        warned.finding().credential(), Step.DEACTIVATE, NOW.plus(Duration.ofDays(day)), null, null))
                .map(next -> new Attention(warned.finding(), "production", next))
                .toList();
        Attention leaked = new Attention(
                keys().stream()
                        .filter(key -> key.finding().standing() == Standing.LEAKED)
                        .findFirst()
                        .orElseThrow()
                        .finding(),
                "production",
                null);

        List<Agenda> days =
                Agenda.of(Stream.concat(due.stream(), Stream.of(leaked)).toList(), NOW, UTC);

        assertThat(days).extracting(Agenda::day).containsExactly(TODAY, TODAY.plusDays(3));
        assertThat(days.getFirst().keys()).containsExactly(leaked, due.get(0), due.get(1));
    }

    @Test
    void keys_of_one_day_and_standing_come_by_account_and_then_by_user() {
        List<Attention> read = summary(user("bob", key(1, 100, used(1))), user("ann", key(2, 101, used(1))))
                .shown(UTC);
        List<Attention> turned = List.of(
                new Attention(read.getFirst().finding(), "web", read.getFirst().next()),
                read.getLast(),
                read.getFirst());

        assertThat(turned.stream().sorted(Attention.order(UTC)))
                .extracting(key -> key.account() + " "
                        + key.finding().credential().principal().display())
                .containsExactly("production ann", "production bob", "web ann");
        List<Attention> two =
                summary(user("ann", key(1, 101, used(1)), key(2, 100, used(1)))).shown(UTC);
        assertThat(two.reversed().stream().sorted(Attention.order(UTC))).isEqualTo(two);
        assertThat(two).extracting(key -> key.finding().ageDays()).containsExactly(101L, 100L);
        assertThat(AgeBars.of(turned)).extracting(AgeBars::account).containsExactly("production", "web");
    }

    @Test
    void a_day_has_all_its_steps() {
        assertThat(new Day(TODAY, 1, 2, 4, 8).steps()).isEqualTo(15);
    }

    @Test
    void an_owner_whose_keys_are_healthy_or_exempt_has_nothing_to_do() {
        assertThat(new OwnerRow("ann", 3, Map.of(Standing.HEALTHY, 2, Standing.EXEMPT, 1)).busy())
                .isFalse();
        assertThat(new OwnerRow("ann", 3, Map.of(Standing.HEALTHY, 1, Standing.EXEMPT, 1, Standing.INACTIVE, 1)).busy())
                .isTrue();
        assertThat(OwnerRow.of(Map.of("bob", Map.of(Standing.EXEMPT, 5), "ann", Map.of(Standing.EXEMPT, 1))))
                .extracting(OwnerRow::name)
                .containsExactly("ann", "bob");
    }

    @Test
    void whatIsToBeDecidedBeginsWithAVerb() {
        assertThat(keys().stream().filter(key -> key.needsDecision(NOW)))
                .extracting(key -> key.finding().credential().principal().display() + ": " + key.decision())
                .containsExactly(
                        "leaked: Deactivate it",
                        "two: Choose which of the two keys goes",
                        "idle: Deactivate it",
                        "old: Rotate it");
    }

    @Test
    void whyIsASentenceWithWhatStandsInTheWay() {
        assertThat(keys())
                .filteredOn(key -> key.finding().standing() == Standing.EXPIRED)
                .extracting(key -> Words.why(key.finding()))
                .containsExactly(
                        "100 days old, limit 90; its user has two keys already",
                        "unused for 50 days, limit 45",
                        "700 days old, limit 90");
        assertThat(keys())
                .filteredOn(key -> key.finding().standing() == Standing.HEALTHY)
                .extracting(key -> Words.why(key.finding()))
                .containsOnly("–");
    }

    @Test
    void whyOfAnOverdueKeySaysThatNobodyOwnsIt() {
        Attention old = keys().stream()
                .filter(key -> key.finding().standing() == Standing.EXPIRED)
                .reduce((first, last) -> last)
                .orElseThrow();

        Attention nobodys = with(
                old,
                Fact.unknown("nobody is named"),
                List.of(old.finding().reasons().getFirst(), new Reason.NoOwner()));
        assertThat(Words.why(nobodys.finding())).isEqualTo("700 days old, limit 90, and nobody owns it");
    }
}
