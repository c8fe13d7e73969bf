package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.trail.IpRange;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.Network;
import io.keyturn.core.trail.Place;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailOrigin;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where keys are used from is asked within bounds, and what is not known is never made up. */
class KeyUseSearchTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Account ONE = account("000000000001");
    private static final Account OTHER = account("000000000002");
    private static final LastUse LATELY = new LastUse.Used(NOW.minus(Duration.ofDays(3)), "s3", "eu-central-1");

    private final List<String> asked = new ArrayList<>();
    private Instant now = NOW;
    /** How long an answer takes, and what it is. */
    private Duration takes = Duration.ofMillis(500);

    private Fact<TrailEvents> answer = Fact.known(
            new TrailEvents(
                    List.of(new TrailEvent(
                            "e",
                            NOW,
                            "ListBuckets",
                            "s3.amazonaws.com",
                            new TrailActor("IAMUser", "", "ann", null, "", "AKIA1", false),
                            null,
                            null,
                            null,
                            List.of(),
                            new TrailOrigin("aws-cli/2.32.0", "203.0.113.7", "eu-central-1", ""))),
                    false),
            NOW);

    private final KeyUseSearch search = new KeyUseSearch(
            new Witness() {
                @Override
                public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                    throw new AssertionError("one page is enough");
                }

                @Override
                public Fact<TrailEvents> latest(
                        Account account, TrailQuery query, String region, Instant since, Duration within)
                        throws InterruptedException {
                    assertThat(query.attribute()).isEqualTo("AccessKeyId");
                    assertThat(takes).as("the port keeps to it").isLessThanOrEqualTo(within);
                    asked.add(account.id() + " " + query.value().substring(16) + " in " + region + " since " + since);
                    now = now.plus(takes);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    return answer;
                }

                @Override
                public Fact<String> contact(Account account, Contact.Kind kind) {
                    return Fact.notRead();
                }
            },
            List.of(),
            () -> now);

    private static Account account(String number) {
        return new Account(new AccountId(number), "a", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
    }

    private static User user(Fact<Boolean> console) {
        return new User(
                new UserName("ann"),
                new UserId("AIDAANN"),
                "arn:aws:iam::000000000001:user/ann",
                "/",
                NOW.minus(Duration.ofDays(800)),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                console,
                Fact.notRead());
    }

    private static Finding finding(@Nullable KeyId key, LastUse use, Duration age) {
        return new Finding(
                new CredentialId(
                        CredentialId.Kind.ACCESS_KEY,
                        ONE.id(),
                        new Principal.OfUser(new UserName("ann"), new UserId("AIDAANN"), "arn:aws:iam::1:user/ann"),
                        null,
                        key,
                        NOW.minus(age)),
                true,
                age,
                use,
                null,
                Standing.EXPIRED,
                "people",
                List.of(),
                Fact.notRead(),
                List.of(),
                List.of());
    }

    private Fact<KeyUses> uses(Account account, int key, LastUse use) throws InterruptedException {
        KeyId id = new KeyId(String.format("AKIAEXAMPLE00000%04d", key));
        return search.of(account, user(Fact.known(false, NOW)), finding(id, use, Duration.ofDays(400)));
    }

    @Test
    void a_key_is_asked_about_once_where_it_was_used_last() throws Exception {
        Fact<KeyUses> uses = uses(ONE, 1, LATELY);

        assertThat(uses(ONE, 1, LATELY)).isEqualTo(uses);
        assertThat(asked).containsExactly("000000000001 0001 in eu-central-1 since 2026-08-25T08:00:00Z");
        KeyUses known = uses.orElse(new KeyUses(List.of(), 0, 0, true, NOW, ""));
        assertThat(known.origins()).extracting(KeyUses.Origin::addresses).containsExactly(List.of("203.0.113.7"));
        assertThat(known.region()).isEqualTo("eu-central-1");
        assertThat(known.whole()).isFalse();
    }

    @Test
    void where_aws_names_no_region_it_is_asked_in_iam_s() throws Exception {
        uses(ONE, 1, new LastUse.Used(NOW, "iam", "N/A"));
        uses(ONE, 2, new LastUse.Used(NOW, "iam", "aws-global"));
        uses(ONE, 3, new LastUse.Used(NOW, "iam", "evil.example/x-1"));
        uses(ONE, 4, new LastUse.Unknown("throttled"));

        assertThat(asked).hasSize(4).allMatch(line -> line.contains(" in  since "));
    }

    @Test
    void what_can_have_no_events_is_not_asked_about() throws Exception {
        assertThat(uses(ONE, 1, LastUse.NEVER_USED)).isEqualTo(Fact.notRead());
        assertThat(search.of(ONE, user(Fact.notRead()), finding(null, LATELY, Duration.ofDays(400))))
                .isEqualTo(Fact.notRead());
        assertThat(uses(ONE, 2, new LastUse.Used(NOW.minus(Duration.ofDays(91)), "s3", "eu-central-1")))
                .isEqualTo(Fact.unknown("CloudTrail keeps events for 90 days, and its last use is longer ago"));
        assertThat(asked).isEmpty();
    }

    @Test
    void keyturn_s_own_trial_of_a_new_key_is_no_use_of_it() throws Exception {
        search.of(ONE, user(Fact.notRead()), finding(new KeyId("AKIAEXAMPLE000000001"), LATELY, Duration.ofDays(10)));

        assertThat(asked).containsExactly("000000000001 0001 in eu-central-1 since 2026-11-13T08:15:00Z");
    }

    @Test
    void an_account_that_gave_no_answer_is_not_asked_again_and_no_place_is_made_up() throws Exception {
        answer = Fact.unknown("CloudTrail may not be read in this account");
        for (int key = 1; key <= 30; key++) {
            assertThat(uses(ONE, key, LATELY)).isEqualTo(answer);
        }
        assertThat(asked).hasSize(1);

        uses(OTHER, 31, LATELY);
        assertThat(asked).as("another account is asked").hasSize(2);
    }

    @Test
    void an_account_is_asked_about_twenty_keys_in_a_run() throws Exception {
        for (int key = 1; key <= 21; key++) {
            assertThat(uses(ONE, key, LATELY) instanceof Fact.Known<KeyUses>).isEqualTo(key <= 20);
        }
        assertThat(uses(ONE, 22, LATELY))
                .isEqualTo(Fact.unknown("more keys are told of than CloudTrail is asked about in one run"));
        assertThat(asked).hasSize(20);
        assertThat(uses(OTHER, 23, LATELY)).isInstanceOf(Fact.Known.class);
    }

    @Test
    void a_run_asks_about_five_hundred_keys() throws Exception {
        for (int key = 1; key <= 520; key++) {
            uses(account(String.format("%012d", key / 20 + 1)), key, LATELY);
        }
        assertThat(asked).hasSize(500);
    }

    @Test
    void an_account_that_answers_slowly_holds_letters_up_for_fifteen_seconds_and_no_longer() throws Exception {
        takes = Duration.ofSeconds(3);
        for (int key = 1; key <= 20; key++) {
            uses(ONE, key, LATELY);
        }
        assertThat(asked).hasSize(5);
        assertThat(uses(ONE, 21, LATELY)).isEqualTo(Fact.unknown("CloudTrail takes too long to answer"));
        assertThat(Duration.between(NOW, now)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void a_fault_of_ours_is_not_known_and_an_interruption_is_one() throws Exception {
        KeyUseSearch faulty = new KeyUseSearch(
                new Witness() {
                    @Override
                    public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                        return Fact.notRead();
                    }

                    @Override
                    public Fact<TrailEvents> latest(
                            Account account, TrailQuery query, String region, Instant since, Duration within) {
                        throw new IllegalStateException("secret");
                    }

                    @Override
                    public Fact<String> contact(Account account, Contact.Kind kind) {
                        return Fact.notRead();
                    }
                },
                List.of(),
                () -> now);
        Finding finding = finding(new KeyId("AKIAEXAMPLE000000001"), LATELY, Duration.ofDays(400));
        assertThat(faulty.of(ONE, user(Fact.notRead()), finding))
                .isEqualTo(Fact.unknown("an internal error: IllegalStateException"));

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> uses(ONE, 1, LATELY)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void nobody_is_asked_where_that_is_not_wanted() throws Exception {
        Finding finding = finding(new KeyId("AKIAEXAMPLE000000001"), LATELY, Duration.ofDays(400));

        assertThat(KeyUseSearch.NONE.of(ONE, user(Fact.notRead()), finding)).isEqualTo(Fact.notRead());
        assertThat(Witness.NONE.latest(ONE, TrailQuery.signedWith("AKIA"), "", NOW, Duration.ofSeconds(5)))
                .isEqualTo(Fact.notRead());
    }

    @Test
    void the_configuration_s_networks_and_the_console_password_tell_places() throws Exception {
        Network office = new Network(IpRange.parse("203.0.113.0/24").orElseThrow(), "HQ", Place.Kind.OFFICE);
        Finding finding = finding(new KeyId("AKIAEXAMPLE000000001"), LATELY, Duration.ofDays(400));
        Witness witness = new Witness() {
            @Override
            public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                return Fact.notRead();
            }

            @Override
            public Fact<TrailEvents> latest(
                    Account account, TrailQuery query, String region, Instant since, Duration within) {
                return answer;
            }

            @Override
            public Fact<String> contact(Account account, Contact.Kind kind) {
                return Fact.notRead();
            }
        };

        assertThat(place(new KeyUseSearch(witness, List.of(office), () -> now), Fact.known(true, NOW), finding))
                .isEqualTo(new Place(Place.Kind.OFFICE, "HQ"));
        assertThat(place(new KeyUseSearch(witness, List.of(), () -> now), Fact.known(true, NOW), finding)
                        .kind())
                .isEqualTo(Place.Kind.PERSON);
        assertThat(place(new KeyUseSearch(witness, List.of(), () -> now), Fact.unknown("denied"), finding)
                        .kind())
                .isEqualTo(Place.Kind.UNKNOWN);
    }

    private static Place place(KeyUseSearch search, Fact<Boolean> console, Finding finding)
            throws InterruptedException {
        return search.of(ONE, user(console), finding)
                .map(uses -> uses.origins().getFirst().place())
                .orElse(new Place(Place.Kind.VENDOR, "none"));
    }
}
