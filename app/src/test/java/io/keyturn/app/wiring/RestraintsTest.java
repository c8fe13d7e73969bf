package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Settings;
import io.keyturn.app.words.Manner;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Settled;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.tell.Switchboard;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told in which hours, where the organization works in Berlin, Monday to Friday from eight to six. */
class RestraintsTest {
    private static final Instant FRIDAY_EVENING = Instant.parse("2026-11-20T18:30:00Z");
    private static final Instant FRIDAY_NOON = Instant.parse("2026-11-20T11:00:00Z");
    private static final Instant MONDAY_EIGHT = Instant.parse("2026-11-23T07:00:00Z");
    private static final CredentialId KEY = new CredentialId(
            CredentialId.Kind.ACCESS_KEY,
            new AccountId("111122223333"),
            new Principal.OfUser(new UserName("ann"), new UserId("AIDAANN"), ""),
            null,
            new KeyId("AKIAEXAMPLE000000ANN"),
            null);

    private static Restraints at(Instant now) {
        return at(now, null);
    }

    private static Restraints at(Instant now, @Nullable ActWindow window) {
        ActWindow within = new ActWindow(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(8, 0),
                LocalTime.of(18, 0),
                null,
                List.of());
        Manner usual = Manner.DEFAULT;
        Manner manner = new Manner(
                null,
                ZoneId.of("Europe/Berlin"),
                usual.team(),
                null,
                usual.style(),
                List.of(),
                false,
                null,
                within,
                true);
        Settings settings = Settings.defaults(Path.of("unused.db"));
        Acting acting = settings.acting().speaking(settings.acting().channels(), manner);
        return new Restraints(
                settings.acting(
                        new Acting(acting.channels(), manner, window, Approval.NONE, List.of(), acting.credstash())),
                now);
    }

    private static Action.Remind remind(@Nullable Instant announced, Reason... reasons) {
        Deadline deadline = announced == null ? null : new Deadline(Step.DEACTIVATE, "age", announced);
        return new Action.Remind(KEY, List.of(reasons), new Owner("ann@example.com", "tag Owner"), deadline);
    }

    @Test
    void whatCanWaitWaitsForTheNextOpeningAndIsSaidToWait() {
        Restraints restraints = at(FRIDAY_EVENING);
        Action later = remind(MONDAY_EIGHT.plus(Duration.ofDays(3)));
        Action end = new Action.CloseNotice(KEY, List.of(), Settled.HEALTHY);
        assertThat(restraints.allows(later)).isFalse();
        assertThat(restraints.allows(remind(null))).isFalse();
        assertThat(restraints.allows(end)).isFalse();
        assertThat(restraints.sentences(new Plan(List.of(later, end), List.of(), "h")))
                .containsExactly(
                        "outside of notices.within: 2 messages wait until Mon 2026-11-23 08:00, Europe/Berlin");
    }

    @Test
    void aLastWordNeverWaitsUntilItIsTooLate() {
        Restraints restraints = at(FRIDAY_EVENING);
        assertThat(restraints.allows(remind(MONDAY_EIGHT))).isTrue();
        assertThat(restraints.allows(remind(MONDAY_EIGHT.minusSeconds(1)))).isTrue();
        assertThat(restraints.allows(remind(MONDAY_EIGHT.plusSeconds(1)))).isFalse();
    }

    @Test
    void aLeakedKeyAndATicketWaitForNoHour() {
        Restraints restraints = at(FRIDAY_EVENING);
        assertThat(restraints.allows(remind(null, new Reason.Quarantined("AWSCompromisedKeyQuarantineV3"))))
                .isTrue();
        assertThat(restraints.allows(new Action.OpenTicket(KEY, List.of(), null, null, null)))
                .isTrue();
    }

    /** A channel that knows where its readers are. */
    private static final class Sydney implements Channel {
        @Override
        public String name() {
            return "slack";
        }

        @Override
        public Optional<ZoneId> zone(String recipient) {
            return Optional.of(ZoneId.of("Australia/Sydney"));
        }

        @Override
        public Sending send(Dispatch dispatch) {
            throw new IllegalStateException("nothing is told");
        }

        @Override
        public String preview(Dispatch dispatch) {
            return "";
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }

    private static Action to(Owner owner) {
        return new Action.Remind(KEY, List.of(), owner, null);
    }

    @Test
    void keysAreChangedInTheHoursOfTheirOwnersClock() {
        ActWindow window =
                new ActWindow(EnumSet.allOf(DayOfWeek.class), LocalTime.of(8, 0), LocalTime.of(18, 0), null, List.of());
        Restraints restraints = at(FRIDAY_NOON, window);
        Action off = new Action.Deactivate(KEY, List.of());
        assertThat(restraints.allows(off)).isTrue();

        Owner owner = new Owner("joe@example.com", "tag Owner", ZoneId.of("America/Denver"));
        restraints.know(List.of(new Finding(
                KEY,
                true,
                null,
                LastUse.NEVER_USED,
                null,
                Standing.EXPIRED,
                "people",
                List.of(),
                Fact.known(owner, FRIDAY_NOON),
                List.of(),
                List.of())));
        assertThat(restraints.allows(off)).isFalse();
        assertThat(restraints.sentences(new Plan(List.of(off), List.of(), "h")))
                .containsExactly("outside of the act-window: 1 change waits until it opens");
    }

    @Test
    void theHoursAreThoseOfTheOwnersClockWhereItIsKnown() throws Exception {
        Restraints restraints = at(FRIDAY_NOON);
        Action denver = to(new Owner("joe@example.com", "tag Owner", ZoneId.of("America/Denver")));
        Action sydney = to(new Owner("U0SYDNEY001", "tag Owner"));
        Action berlin = to(new Owner("ann@example.com", "tag Owner"));
        Plan due = new Plan(List.of(denver, sydney, berlin), List.of(), "h");
        Channel slack = new Sydney();
        try (Switchboard voice = new Switchboard(
                (id, owner, notices) -> {
                    throw new IllegalStateException("nothing is told");
                },
                List.of(new Switchboard.Line(slack, name -> name.startsWith("U"))),
                List.of())) {
            restraints.askClocks(due, voice);
        }
        // 4:00 in Denver, 22:00 in Sydney.
        assertThat(due.only(restraints::allows).actions()).containsExactly(berlin);
        assertThat(restraints.sentences(due))
                .containsExactly(
                        "outside of notices.within: 2 messages wait until Fri 2026-11-20 08:00, America/Denver,"
                                + " and later by their owners' clocks");
    }

    @Test
    void aBrownoutThatWouldOutlastTheWindowWaitsAndItsEndNever() {
        ActWindow window =
                new ActWindow(EnumSet.allOf(DayOfWeek.class), LocalTime.of(8, 0), LocalTime.of(18, 0), null, List.of());
        Action shorter = new Action.Brownout(KEY, List.of(), Duration.ofMinutes(15));
        Action longer = new Action.Brownout(KEY, List.of(), Duration.ofHours(7));
        Action end = new Action.Reactivate(KEY, List.of());
        Acting none = Acting.NONE;
        Acting acting =
                new Acting(none.channels(), none.manner(), window, Approval.NONE, none.handOver(), none.credstash());
        Restraints noon = new Restraints(Settings.defaults(Path.of("unused.db")).acting(acting), FRIDAY_NOON);
        Restraints evening =
                new Restraints(Settings.defaults(Path.of("unused.db")).acting(acting), FRIDAY_EVENING);

        assertThat(noon.allows(shorter)).isTrue();
        assertThat(noon.allows(longer)).isFalse();
        assertThat(noon.sentences(new Plan(List.of(longer), List.of(), "h")))
                .containsExactly(
                        "the act-window closes before the end of the brownout: 1 change waits for an earlier hour");
        assertThat(evening.allows(shorter)).isFalse();
        assertThat(evening.allows(end)).isTrue();
        assertThat(evening.sentences(new Plan(List.of(end), List.of(), "h"))).isEmpty();
    }

    @Test
    void inTheseHoursNothingWaits() {
        Restraints restraints = at(FRIDAY_NOON);
        assertThat(restraints.allows(remind(null))).isTrue();
        assertThat(restraints.sentences(new Plan(List.of(remind(null)), List.of(), "h")))
                .isEmpty();
        Acting none = Acting.NONE;
        Restraints always =
                new Restraints(Settings.defaults(Path.of("unused.db")).acting(none), FRIDAY_EVENING);
        assertThat(always.allows(remind(null))).isTrue();
    }
}
