package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Settings;
import io.keyturn.app.words.Manner;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Settled;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Step;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
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
        ActWindow within = new ActWindow(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                LocalTime.of(8, 0),
                LocalTime.of(18, 0),
                null,
                List.of());
        Manner usual = Manner.DEFAULT;
        Manner manner = new Manner(
                null, ZoneId.of("Europe/Berlin"), usual.team(), null, usual.style(), List.of(), false, null, within);
        Settings settings = Settings.defaults(Path.of("unused.db"));
        return new Restraints(
                settings.acting(settings.acting().speaking(settings.acting().channels(), manner)), now);
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
