package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planned;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final User ANN = user("ann", "AIDAANN", NOW, key(Scene.ANN_KEY, NOW, 80, 60));
    private static final User BOB = user("bob", "AIDABOB", NOW, key(Scene.BOB_KEY, NOW, 80, 55));

    /** What is due for these users, and how their keys stand. */
    private record World(AccountPlan plan, List<Finding> findings) {
        static World of(Rules rules, Instant now, User... users) {
            Snapshot snapshot = new Snapshot(
                    ACCOUNT, ReadVia.LIVE, now, Reading.COMPLETE, List.of(), Fact.notRead(), List.of(users));
            List<Finding> findings = new Assessor(rules).assess(snapshot, now);
            return new World(new Planner(rules, History.NONE).plan(ACCOUNT, findings, now), findings);
        }

        Agreement with(List<Planned> planned) {
            return Agreement.of(planned, List.of(plan), findings);
        }
    }

    private static World now(User... users) {
        return World.of(Scene.RULES, NOW, users);
    }

    private static List<Planned> planned() {
        return now(ANN, BOB).plan().due().stream()
                .flatMap(action -> Planned.of(action).stream())
                .toList();
    }

    private static String refused(World world) {
        Agreement agreement = world.with(planned());
        assertThat(agreement.actions()).as("bob's").hasSize(1);
        assertThat(agreement.refused()).hasSize(1);
        return agreement.refused().getFirst().why();
    }

    @Test
    void theSameWorldAgreesAndNothingIsAdded() {
        User carol = user("carol", "AIDACAROL", NOW, key("AKIAEXAMPLE00000CAROL", NOW, 80, 60));

        Agreement agreement = now(ANN, BOB, carol).with(planned());

        assertThat(agreement.actions())
                .hasSize(2)
                .extracting(action -> action.kind())
                .containsOnly(Verb.REMIND);
        assertThat(agreement.refused()).isEmpty();
    }

    @Test
    void aLaterDayThanWasPlannedAgreesAndAnEarlierDoesNot() {
        World tomorrow = World.of(Scene.RULES, NOW.plus(Duration.ofDays(1)), ANN, BOB);
        assertThat(tomorrow.with(planned()).refused()).isEmpty();

        World yesterday = World.of(Scene.RULES, NOW.minus(Duration.ofDays(1)), ANN, BOB);
        assertThat(yesterday.with(planned()).refused())
                .extracting(Agreement.Refused::why)
                .containsOnly("it would announce another step or day: deactivate on 2026-12-22, and not deactivate on"
                        + " 2026-12-23");
    }

    @Test
    void aUserMadeAgainUnderTheSameNameIsAnother() {
        User again = user("ann", "AIDAANOTHER", NOW, key("AKIAEXAMPLE000ANOTHER", NOW, 80, 60));

        assertThat(refused(now(again, BOB))).isEqualTo("the user was deleted and made again: it is another one now");
    }

    @Test
    void aKeyThatIsGoneIsNotActedOn() {
        assertThat(refused(now(BOB))).isEqualTo("the key is gone, or its ID could not be read");
    }

    @Test
    void aKeyThatHasPassedToAnotherUserIsNotActedOn() {
        User eve = user("eve", "AIDAEVE", NOW, key(Scene.ANN_KEY, NOW, 80, 60));

        assertThat(refused(now(eve, BOB))).isEqualTo("the key is another user's");
    }

    @Test
    void aKeyThatIsUsedAgainIsNotDue() {
        User used = user("ann", "AIDAANN", NOW, key(Scene.ANN_KEY, NOW, 80, 1));

        assertThat(refused(now(used, BOB))).isEqualTo("it is not due any more: the key is healthy");
    }

    @Test
    void anotherOwnerWasNotPlannedToBeTold() {
        User moved = new User(
                ANN.name(),
                ANN.id(),
                ANN.arn(),
                ANN.path(),
                ANN.created(),
                ANN.keys(),
                Fact.known(Map.of("Owner", "eve@example.com"), NOW),
                ANN.groups(),
                ANN.policies(),
                ANN.boundary(),
                ANN.console(),
                ANN.mfa());

        assertThat(refused(now(moved, BOB))).isEqualTo("its owner is eve@example.com now, and was ann@example.com");
    }

    @Test
    void aStageThatWasLoweredAllowsItNoMore() {
        World lowered = World.of(Scene.RULES.at(Stage.OBSERVE), NOW, ANN, BOB);

        assertThat(lowered.with(planned()).refused())
                .extracting(Agreement.Refused::why)
                .containsOnly("the stage of its account is observe now");
    }

    @Test
    void anAccountThatWasNotReadIsRefusedWhole() {
        Planned elsewhere = new Planned(
                Verb.DEACTIVATE,
                new AccountId("999988887777"),
                ANN.id(),
                new UserName("ann"),
                ANN.keys().orElse(List.of()).getFirst().id(),
                null,
                Step.DEACTIVATE,
                LocalDate.of(2026, 12, 1),
                null);

        assertThat(now(ANN).with(List.of(elsewhere)).refused())
                .extracting(Agreement.Refused::why)
                .containsExactly("its account is not among those that were read");
    }

    private static Planned remindAnn(@Nullable Step announced) {
        return new Planned(
                Verb.REMIND,
                ACCOUNT.id(),
                ANN.id(),
                ANN.name(),
                ANN.keys().orElse(List.of()).getFirst().id(),
                "ann@example.com",
                announced,
                announced == null ? null : LocalDate.of(2026, 12, 23),
                null);
    }

    private static String why(Planned planned, World world) {
        Agreement agreement = world.with(List.of(planned));
        assertThat(agreement.actions()).isEmpty();
        return agreement.refused().getFirst().why();
    }

    @Test
    void whatWasNotAnnouncedThenIsNotAnnouncedOnThatPlansWord() {
        assertThat(why(remindAnn(null), now(ANN, BOB)))
                .isEqualTo("it would announce another step or day: deactivate on 2026-12-23, and not none");
    }

    @Test
    void aUserWhoWasRenamedIsNotTakenForTheOneThatWasPlanned() {
        Planned was = remindAnn(Step.DEACTIVATE);
        Planned other = new Planned(
                was.verb(),
                was.account(),
                was.user(),
                new UserName("anna"),
                was.key(),
                was.owner(),
                was.announced(),
                was.day(),
                null);
        assertThat(why(other, now(ANN, BOB))).isEqualTo("its user is called ann now, and was called anna");
    }

    @Test
    void anotherSinkIsAnotherPlanAndSoIsAnOwnerWhereThereWasNone() {
        Planned was = remindAnn(Step.DEACTIVATE);
        Planned sunk = new Planned(
                was.verb(),
                was.account(),
                was.user(),
                was.name(),
                was.key(),
                was.owner(),
                was.announced(),
                was.day(),
                "vault");
        assertThat(why(sunk, now(ANN, BOB))).isEqualTo("its secret goes to nobody now, and went to vault");
        Planned unowned = new Planned(
                was.verb(), was.account(), was.user(), was.name(), was.key(), null, was.announced(), was.day(), null);
        assertThat(why(unowned, now(ANN, BOB))).isEqualTo("its owner is ann@example.com now, and was nobody");
    }

    @Test
    void aKeyThatSomebodyFrozeIsRefusedWithThat() {
        AccountPast past = new AccountPast(Set.of());
        past.accept(new Entry.Decision(
                new Entry.Stamp(NOW, "cli", "carol"),
                "d",
                Entry.Decision.Kind.FREEZE,
                new Scope.OfAccount(ACCOUNT.id()),
                "carol",
                "vendor",
                null,
                null));
        Snapshot snapshot = new Snapshot(
                ACCOUNT, ReadVia.LIVE, NOW, Reading.COMPLETE, List.of(), Fact.notRead(), List.of(ANN, BOB));
        List<Finding> findings = new Assessor(Scene.RULES).assess(snapshot, past, NOW);
        AccountPlan plan = new Planner(Scene.RULES, past).plan(ACCOUNT, findings, NOW);
        Planned cut = new Planned(
                Verb.DEACTIVATE,
                ACCOUNT.id(),
                ANN.id(),
                ANN.name(),
                ANN.keys().orElse(List.of()).getFirst().id(),
                null,
                null,
                null,
                null);
        assertThat(Agreement.of(List.of(cut), List.of(plan), findings).refused())
                .extracting(Agreement.Refused::why)
                .containsExactly("frozen by carol: vendor");
    }

    @Test
    void aKeyThatIsTheRootUsersNowIsNobodysThatWasPlanned() {
        KeyId id = ANN.keys().orElse(List.of()).getFirst().id();
        Finding found = now(ANN, BOB).findings().stream()
                .filter(finding -> id.equals(finding.credential().keyId()))
                .findFirst()
                .orElseThrow();
        CredentialId root = new CredentialId(CredentialId.Kind.ACCESS_KEY, ACCOUNT.id(), Principal.ROOT, 1, id, NOW);
        Finding roots = new Finding(
                root,
                true,
                null,
                found.lastUse(),
                null,
                found.standing(),
                null,
                List.of(),
                found.owner(),
                List.of(),
                List.of());
        AccountPlan nothing = now().plan();
        Planned planned = remindAnn(Step.DEACTIVATE);
        assertThat(Agreement.of(List.of(planned), List.of(nothing), List.of(roots))
                        .refused())
                .extracting(Agreement.Refused::why)
                .containsExactly("the key is another user's");
        CredentialId nameless =
                new CredentialId(CredentialId.Kind.ACCESS_KEY, ACCOUNT.id(), Principal.ROOT, 1, null, NOW);
        Finding other = new Finding(
                nameless,
                true,
                null,
                found.lastUse(),
                null,
                found.standing(),
                null,
                List.of(),
                found.owner(),
                List.of(),
                List.of());
        assertThat(Agreement.of(List.of(planned), List.of(nothing), List.of(other))
                        .refused())
                .extracting(Agreement.Refused::why)
                .containsExactly("the key is gone, or its ID could not be read");
    }

    @Test
    void theSameUserWithoutTheKeyWasNotMadeAgain() {
        User without = user("ann", "AIDAANN", NOW, key("AKIAEXAMPLE00000OTHER", NOW, 80, 60));
        assertThat(refused(now(without, BOB))).isEqualTo("the key is gone, or its ID could not be read");
    }

    @Test
    void ofAKeyThatIsOverdueStillItIsSaidWhy() {
        Planned cut = new Planned(
                Verb.DELETE,
                ACCOUNT.id(),
                ANN.id(),
                ANN.name(),
                ANN.keys().orElse(List.of()).getFirst().id(),
                null,
                null,
                null,
                null);
        assertThat(why(cut, now(ANN, BOB)))
                .startsWith("it is not due any more: the key is overdue: unused for 60 days");
    }
}
