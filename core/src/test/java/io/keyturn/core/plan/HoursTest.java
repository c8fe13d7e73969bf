package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.keyId;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.Step;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People work from nine to five; it is five in the morning. */
class HoursTest {
    private static final ZoneId UTC = ZoneOffset.UTC;
    private static final Instant EARLY = Instant.parse("2026-11-02T05:00:00Z");
    private static final Instant OPENING = Instant.parse("2026-11-02T09:00:00Z");
    private static final ActWindow NINE_TO_FIVE =
            new ActWindow(EnumSet.allOf(DayOfWeek.class), LocalTime.of(9, 0), LocalTime.of(17, 0), null, List.of());
    private static final Hours HOURS = new Hours(NINE_TO_FIVE, NINE_TO_FIVE);
    private static final CredentialId KEY = new CredentialId(
            CredentialId.Kind.ACCESS_KEY,
            ACCOUNT.id(),
            new Principal.OfUser(new UserName("ann"), new UserId("AIDAANN"), "arn:aws:iam::111122223333:user/ann"),
            null,
            keyId(1),
            EARLY);
    private static final List<Reason> AGE = List.of(new Reason.PastAge(Duration.ofDays(99), Duration.ofDays(90)));

    private static Action.Remind remind(Instant announced) {
        return new Action.Remind(KEY, AGE, null, new Deadline(Step.DELETE, "age", announced));
    }

    @Test
    void whatCanWaitIsSaidWhenPeopleWork() {
        assertThat(HOURS.said(new Action.Remind(KEY, AGE, null, null), EARLY, UTC))
                .isEqualTo(OPENING);
        assertThat(HOURS.said(remind(OPENING.plusSeconds(1)), EARLY, UTC)).isEqualTo(OPENING);
        assertThat(HOURS.said(new Action.CloseNotice(KEY, AGE, Settled.HEALTHY), EARLY, UTC))
                .isEqualTo(OPENING);
        assertThat(HOURS.said(new Action.Remind(KEY, AGE, null, null), OPENING, UTC))
                .isEqualTo(OPENING);
    }

    @Test
    void whatWouldComeTooLateThenIsSaidAtAnyHour() {
        assertThat(HOURS.said(remind(OPENING), EARLY, UTC)).isEqualTo(EARLY);
    }

    @Test
    void ofALeakedKeyEverythingIsSaidAtOnce() {
        for (Reason leak : List.of(
                new Reason.Quarantined("AWSCompromisedKeyQuarantineV3"),
                new Reason.Compromised(new Compromise("d", "alice", "in a repository", EARLY)))) {
            Action.Remind remind = new Action.Remind(KEY, List.of(AGE.getFirst(), leak), null, null);
            assertThat(HOURS.said(remind, EARLY, UTC)).isEqualTo(EARLY);
        }
    }

    @Test
    void whatIsNoMessageToAPersonWaitsForNoOpening() {
        List<Action> silent = List.of(
                new Action.OpenTicket(KEY, AGE, null, null, null),
                new Action.CloseTicket(KEY, AGE, "OPS-1", Settled.HEALTHY),
                new Action.CreateKey(KEY, AGE),
                new Action.DeliverSecret(KEY, AGE, "vault"),
                new Action.Deactivate(KEY, AGE),
                new Action.Brownout(KEY, AGE, Duration.ofHours(1)),
                new Action.Reactivate(KEY, AGE),
                new Action.Delete(KEY, AGE));
        assertThat(silent)
                .allSatisfy(action -> assertThat(HOURS.said(action, EARLY, UTC)).isEqualTo(EARLY));
    }

    @Test
    void withoutHoursNothingWaits() {
        assertThat(Hours.ANY.said(new Action.Remind(KEY, AGE, null, null), EARLY, UTC))
                .isEqualTo(EARLY);
        assertThat(Hours.ANY.areClosed(EARLY, UTC)).isFalse();
        assertThat(Hours.ANY.holdUp(new Action.Deactivate(KEY, AGE), EARLY, UTC))
                .isFalse();
    }

    @Test
    void keysAreChangedWhenPeopleWorkAndSwitchedOnAtAnyHour() {
        assertThat(HOURS.holdUp(new Action.Deactivate(KEY, AGE), EARLY, UTC)).isTrue();
        assertThat(HOURS.holdUp(new Action.Deactivate(KEY, AGE), OPENING, UTC)).isFalse();
        assertThat(HOURS.holdUp(new Action.Reactivate(KEY, AGE), EARLY, UTC)).isFalse();
        assertThat(HOURS.areClosed(EARLY, UTC)).isTrue();
        assertThat(HOURS.areClosed(EARLY, ZoneId.of("Asia/Tokyo")))
                .as("it is two in the afternoon there")
                .isFalse();
    }

    @Test
    void aShortDeactivationEndsWhilePeopleWork() {
        Instant four = Instant.parse("2026-11-02T16:00:00Z");
        Action hour = new Action.Brownout(KEY, AGE, Duration.ofMinutes(59));
        Action longer = new Action.Brownout(KEY, AGE, Duration.ofMinutes(60));
        assertThat(HOURS.endTooSoon(hour, four, UTC)).isFalse();
        assertThat(HOURS.endTooSoon(longer, four, UTC)).isTrue();
        assertThat(HOURS.endTooSoon(new Action.Deactivate(KEY, AGE), four, UTC)).isFalse();
        assertThat(HOURS.holdUp(hour, four, UTC)).isFalse();
        assertThat(HOURS.holdUp(longer, four, UTC)).isTrue();
    }

    @Test
    void howLongSomethingIsHeldIsSaidByTheDayWhereItIsWholeDays() {
        assertThat(new Hold(false, "frozen by alice", null).sentence()).isEqualTo("frozen by alice");
        assertThat(new Hold(false, "frozen by alice", Instant.parse("2026-11-03T00:00:00Z")).sentence())
                .isEqualTo("frozen by alice, to the end of 2026-11-02");
        assertThat(new Hold(true, "snoozed by bob", Instant.parse("2026-11-03T08:30:00Z")).sentence())
                .isEqualTo("snoozed by bob, until 2026-11-03 08:30 UTC");
    }

    @Test
    void onlyWhatSwitchesAKeyOffSwitchesItOffAndOnlyAnEndIsAnEnd() {
        assertThat(new Action.Deactivate(KEY, AGE).switchesOff()).isTrue();
        assertThat(new Action.Brownout(KEY, AGE, Duration.ofHours(1)).switchesOff())
                .isTrue();
        assertThat(new Action.Delete(KEY, AGE).switchesOff()).isFalse();
        assertThat(new Action.CloseTicket(KEY, AGE, "OPS-1", Settled.HEALTHY).isEnd())
                .isTrue();
        assertThat(new Action.CloseNotice(KEY, AGE, Settled.HEALTHY).isEnd()).isTrue();
        assertThat(new Action.Remind(KEY, AGE, null, null).isEnd()).isFalse();
        assertThat(new Action.CloseNotice(KEY, AGE, Settled.HEALTHY).step()).isEqualTo(Step.REMIND);
    }

    @Test
    void aKeyInOthersHandsIsSwitchedOffAtAnyHour() {
        Reason out = new Reason.Compromised(new Compromise("d", "alice", "in a repository", EARLY));
        assertThat(HOURS.holdUp(new Action.Deactivate(KEY, List.of(out)), EARLY, UTC))
                .isFalse();
    }

    @Test
    void aKeyThatWasNotDeliveredIsNotInstalledWhateverItsUse() {
        LastUse used = new LastUse.Used(OPENING, "s3", "eu-west-1");
        Succession made = new Succession(keyId(1), keyId(2), EARLY, null);
        assertThat(made.isInstalled(used, false)).isFalse();
        Succession delivered = new Succession(keyId(1), keyId(2), EARLY, new Succession.Delivery(EARLY, "vault"));
        assertThat(delivered.isInstalled(used, true)).isTrue();
        assertThat(delivered.isInstalled(LastUse.NEVER_USED, false)).isFalse();
        assertThat(delivered.isInstalled(new LastUse.Used(EARLY.plusSeconds(900), "s3", "x"), true))
                .as("it may be our own trial")
                .isFalse();
        assertThat(delivered.isInstalled(new LastUse.Used(EARLY.plusSeconds(1), "s3", "x"), false))
                .isTrue();
    }

    @Test
    void aShortDeactivationOfAKeyThatMayBeOutIsNotEnded() {
        Brownout over = new Brownout(EARLY.minusSeconds(900), Duration.ofMinutes(15), null, true);
        assertThat(Brownouts.end(finding(AGE.getFirst()), over, EARLY)).hasSize(1);
        assertThat(Brownouts.end(finding(AGE.getFirst()), over, EARLY.minusSeconds(1)))
                .isEmpty();
        assertThat(Brownouts.end(finding(new Reason.LeakUnknown("denied")), over, EARLY))
                .isEmpty();
        assertThat(Brownouts.end(finding(new Reason.Quarantined("AWSCompromisedKeyQuarantineV3")), over, EARLY))
                .isEmpty();
    }

    private static Finding finding(Reason reason) {
        return new Finding(
                KEY,
                false,
                Duration.ofDays(99),
                LastUse.NEVER_USED,
                null,
                Standing.INACTIVE,
                "people",
                List.of(reason),
                Fact.notRead(),
                List.of(),
                List.of());
    }
}
