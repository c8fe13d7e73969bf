package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Partition;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.Witness;
import io.keyturn.engine.run.OtherHands.Hand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who else changes an account's keys. */
class OtherHandsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Account ACCOUNT =
            new Account(new AccountId("000000000001"), "one", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
    private static final String SELF = "arn:aws:sts::1:assumed-role/runner/i-1";

    private final List<TrailEvent> events = new ArrayList<>();

    private void did(String action, long daysAgo, TrailActor actor, @Nullable String error) {
        Instant at = NOW.minus(Duration.ofDays(daysAgo));
        events.add(new TrailEvent("e", at, action, "iam.amazonaws.com", actor, "ann", "AKIA1", error, List.of()));
    }

    private static TrailActor session(String role, String name) {
        return new TrailActor(
                "AssumedRole",
                "arn:aws:sts::1:assumed-role/" + role + "/" + name,
                name,
                "arn:aws:iam::1:role/" + role,
                "1",
                "ASIA1",
                false);
    }

    private static TrailActor user(String name) {
        return new TrailActor("IAMUser", "arn:aws:iam::1:user/" + name, name, null, "1", "AKIA1", false);
    }

    private final Witness told = new Witness() {
        @Override
        public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
            assertThat(since).isEqualTo(NOW.minus(Duration.ofDays(30)));
            return Fact.known(
                    new TrailEvents(
                            events.stream()
                                    .filter(event -> event.name().equals(query.value()))
                                    .toList(),
                            true),
                    NOW);
        }

        @Override
        public Fact<String> contact(Account account, Contact.Kind kind) {
            return Fact.notRead();
        }
    };

    private Fact<List<Hand>> found(Witness witness, String... handedOver) throws InterruptedException {
        List<ArnPattern> known =
                List.of(handedOver).stream().map(ArnPattern::new).toList();
        return new OtherHands(witness, known, SELF).in(ACCOUNT, NOW);
    }

    @Test
    void a_role_and_a_user_that_change_others_keys_are_found_with_how_often_and_when() throws Exception {
        did("CreateAccessKey", 9, session("rotator", "a"), null);
        did("DeleteAccessKey", 2, session("rotator", "b"), null);
        did("UpdateAccessKey", 4, user("cleaner"), null);

        assertThat(found(told).orElse(List.of()))
                .containsExactly(
                        new Hand("role rotator", "arn:aws:iam::1:role/rotator", 2, NOW.minus(Duration.ofDays(2))),
                        new Hand("user cleaner", "arn:aws:iam::1:user/cleaner", 1, NOW.minus(Duration.ofDays(4))));
    }

    @Test
    void people_the_user_itself_keyturn_aws_and_refused_calls_are_none() throws Exception {
        did("CreateAccessKey", 1, session("AWSReservedSSO_Admin_1", "m.lund"), null);
        did("CreateAccessKey", 1, session("Admin", "m.lund@example.com"), null);
        did("CreateAccessKey", 1, user("ann"), null);
        did("CreateAccessKey", 1, session("keyturn-create", "keyturn-2026-11-22T080000Z-1f9a"), null);
        did("UpdateAccessKey", 1, session("runner", "i-2"), null);
        did("UpdateAccessKey", 1, new TrailActor("AWSService", "", "", null, "", "", false), null);
        did("DeleteAccessKey", 1, session("rotator", "a"), "AccessDenied");

        assertThat(found(told)).isEqualTo(Fact.known(List.of(), NOW));
    }

    @Test
    void what_the_configuration_hands_over_is_none_by_its_role_or_its_session() throws Exception {
        did("CreateAccessKey", 1, session("rotator", "a"), null);

        assertThat(found(told, "arn:aws:iam::*:role/rotator").orElse(List.of())).isEmpty();
        assertThat(found(told, "arn:aws:sts::*:assumed-role/rotator/*").orElse(List.of()))
                .isEmpty();
        assertThat(found(told, "arn:aws:iam::*:role/other").orElse(List.of())).hasSize(1);
    }

    @Test
    void what_could_not_be_asked_is_not_known_to_be_nobody() throws Exception {
        Witness denied = new Witness() {
            @Override
            public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                return Fact.unknown("AWS answered AccessDenied");
            }

            @Override
            public Fact<String> contact(Account account, Contact.Kind kind) {
                return Fact.notRead();
            }
        };

        assertThat(found(denied)).isEqualTo(Fact.unknown("AWS answered AccessDenied"));
        assertThat(found(Witness.NONE)).isInstanceOf(Fact.NotRead.class);
    }

    @Test
    void without_a_name_of_its_own_nobody_is_taken_for_keyturn_and_the_latest_change_counts() throws Exception {
        did("UpdateAccessKey", 4, user("cleaner"), null);
        did("UpdateAccessKey", 6, user("cleaner"), null);
        did("UpdateAccessKey", 5, new TrailActor("Root", "arn:aws:iam::1:root", "", null, "1", "", true), null);

        assertThat(new OtherHands(told, List.of(), "").in(ACCOUNT, NOW).orElse(List.of()))
                .containsExactly(
                        new Hand("user cleaner", "arn:aws:iam::1:user/cleaner", 2, NOW.minus(Duration.ofDays(4))));
    }
}
