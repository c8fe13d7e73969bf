package io.keyturn.core.forecast;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.keyId;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Told;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is remembered in a forecast: all of the real past, and what the forecast did since. */
class ForecastPastTest {
    private static final Principal.OfUser ANN =
            new Principal.OfUser(new UserName("ann"), new UserId("AIDAANN"), "arn:ann");
    private static final Principal.OfUser BOB =
            new Principal.OfUser(new UserName("bob"), new UserId("AIDABOB"), "arn:bob");
    /** Of which all the real past is. */
    private static final CredentialId OLD = key(ANN, 1);

    private static final CredentialId OTHER = key(BOB, 2);
    private static final Told BEFORE = new Told(ago(9), Step.DEACTIVATE, ago(2));
    private static final Told SINCE = new Told(NOW, Step.DEACTIVATE, NOW.plus(days(3)));
    private static final Hold HOLD = new Hold(false, "frozen", null);
    private static final Approved APPROVED = new Approved("alice", ago(1));
    private static final Compromise OUT = new Compromise("d", "alice", "in a repository", ago(1));
    private static final OpenedTicket TICKET =
            new OpenedTicket(new Target(ACCOUNT.id(), ANN.id(), ANN.name(), keyId(1)), ago(8), "marker", "OPS-1");

    private static CredentialId key(Principal whose, int number) {
        return new CredentialId(CredentialId.Kind.ACCESS_KEY, ACCOUNT.id(), whose, null, keyId(number), ago(100));
    }

    private static final History REAL = new History() {
        @Override
        public List<Told> told(CredentialId credential) {
            return credential.equals(OLD) ? List.of(BEFORE) : List.of();
        }

        @Override
        public List<Approved> approvals(CredentialId credential, Step step, Instant now) {
            return credential.equals(OLD) ? List.of(APPROVED) : List.of();
        }

        @Override
        public @Nullable Instant lastSpoken(CredentialId credential) {
            return credential.equals(OLD) ? ago(9) : null;
        }

        @Override
        public @Nullable Instant answered(CredentialId credential) {
            return credential.equals(OLD) ? ago(4) : null;
        }

        @Override
        public @Nullable Instant inactiveSince(CredentialId credential) {
            return credential.equals(OLD) ? ago(2) : null;
        }

        @Override
        public List<Hold> holds(CredentialId credential, Instant now) {
            return credential.equals(OLD) ? List.of(HOLD) : List.of();
        }

        @Override
        public List<OpenedTicket> tickets() {
            return List.of(TICKET);
        }

        @Override
        public boolean concern(UserId user) {
            return user.equals(ANN.id());
        }

        @Override
        public @Nullable Compromise compromise(KeyId key) {
            return key.equals(keyId(1)) ? OUT : null;
        }

        @Override
        public boolean wasCompromised(UserId user) {
            return user.equals(ANN.id());
        }
    };

    private final ForecastPast past = new ForecastPast(REAL);

    @Test
    void what_people_decided_and_what_is_known_of_leaks_holds_all_through_the_forecast() {
        assertThat(past.approvals(OLD, Step.ROTATE, NOW)).containsExactly(APPROVED);
        assertThat(past.approvals(OTHER, Step.ROTATE, NOW)).isEmpty();
        assertThat(past.holds(OLD, NOW)).containsExactly(HOLD);
        assertThat(past.holds(OTHER, NOW)).isEmpty();
        assertThat(past.answered(OLD)).isEqualTo(ago(4));
        assertThat(past.compromise(keyId(1))).isEqualTo(OUT);
        assertThat(past.compromise(keyId(2))).isNull();
        assertThat(past.wasCompromised(ANN.id())).isTrue();
        assertThat(past.wasCompromised(BOB.id())).isFalse();
    }

    @Test
    void what_is_said_is_remembered_after_what_was() {
        past.tell(OLD, SINCE);
        past.tell(OTHER, SINCE);
        past.speak(OLD, NOW);

        assertThat(past.told(OLD)).containsExactly(BEFORE, SINCE);
        assertThat(past.said(OTHER)).containsExactly(SINCE);
        assertThat(past.spoken(OLD)).containsExactly(ago(9), NOW);
        assertThat(past.lastSpoken(OLD)).isEqualTo(NOW);
        assertThat(past.lastSpoken(OTHER)).isNull();
        assertThat(new ForecastPast(REAL).lastSpoken(OLD)).isEqualTo(ago(9));
    }

    @Test
    void a_ticket_keeps_its_name_and_a_new_one_gets_the_next() {
        past.file(OLD, ANN, NOW);
        past.file(OTHER, BOB, NOW);

        assertThat(past.tickets()).extracting(OpenedTicket::reference).containsExactly("OPS-1", "forecast-1");
        past.close(OLD);
        assertThat(past.ticket(OLD)).isNull();
        assertThat(past.tickets()).extracting(OpenedTicket::reference).containsExactly("forecast-1");
    }

    @Test
    void a_rotation_concerns_its_user_until_its_key_is_gone() {
        Succession made = new Succession(keyId(2), keyId(3), NOW, null);
        past.succeed(made, BOB.id());
        past.deactivated(keyId(2), NOW);

        assertThat(past.concern(ANN.id())).isTrue();
        assertThat(past.concern(BOB.id())).isTrue();
        assertThat(past.concern(new UserId("AIDACAROL"))).isFalse();
        assertThat(past.of(keyId(2))).isEqualTo(made);
        assertThat(past.by(keyId(3))).isEqualTo(made);
        assertThat(past.inactiveSince(OTHER)).isEqualTo(NOW);

        past.gone(keyId(2));
        assertThat(past.of(keyId(2))).isNull();
        assertThat(past.by(keyId(3))).isNull();
        assertThat(past.inactiveSince(OTHER)).isNull();
    }
}
