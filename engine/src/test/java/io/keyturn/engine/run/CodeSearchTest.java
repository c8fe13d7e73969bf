package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailOrigin;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.Witness;
import io.keyturn.engine.run.CodeSearch.Keeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which users are kept as code. */
class CodeSearchTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Account ACCOUNT =
            new Account(new AccountId("000000000001"), "one", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
    private static final String TERRAFORM =
            "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.70.0";
    private static final TrailActor DEPLOY = new TrailActor(
            "AssumedRole",
            "arn:aws:sts::1:assumed-role/deploy/run-7",
            "run-7",
            "arn:aws:iam::1:role/deploy",
            "1",
            "ASIA1",
            false);
    private static final UserName ANN = new UserName("ann");

    private final List<TrailEvent> events = new ArrayList<>();

    private void did(String action, String user, long daysAgo, String agent, @Nullable String error) {
        events.add(new TrailEvent(
                "e",
                NOW.minus(Duration.ofDays(daysAgo)),
                action,
                "iam.amazonaws.com",
                DEPLOY,
                user,
                null,
                error,
                List.of(),
                new TrailOrigin(agent, "198.51.100.7", "us-east-1", "")));
    }

    private static Witness telling(Function<TrailQuery, Fact<TrailEvents>> answers) {
        return new Witness() {
            @Override
            public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                assertThat(since).isEqualTo(NOW.minus(Duration.ofDays(90)));
                return answers.apply(query);
            }

            @Override
            public Fact<String> contact(Account account, Contact.Kind kind) {
                return Fact.notRead();
            }
        };
    }

    private Fact<TrailEvents> told(TrailQuery query) {
        return Fact.known(
                new TrailEvents(
                        events.stream()
                                .filter(event -> event.name().equals(query.value()))
                                .toList(),
                        true),
                NOW);
    }

    private Fact<Map<UserName, Keeper>> found(String... handedOver) throws InterruptedException {
        List<ArnPattern> known =
                List.of(handedOver).stream().map(ArnPattern::new).toList();
        return new CodeSearch(telling(this::told), known).of(ACCOUNT, Set.of(ANN, new UserName("bob")), NOW);
    }

    @Test
    void whoever_code_made_or_gave_a_key_is_kept_by_it_since_the_last_time() throws Exception {
        did("CreateAccessKey", "ann", 40, TERRAFORM, null);
        did("CreateAccessKey", "ann", 50, TERRAFORM, null);
        did("CreateUser", "ann", 80, "APN/1.0 Pulumi/1.0 (+https://www.pulumi.com) PulumiAWS/6.0", null);
        did("CreateUser", "someone-else", 3, TERRAFORM, null);

        assertThat(found())
                .isEqualTo(Fact.known(
                        Map.of(
                                ANN,
                                new Keeper(
                                        "Terraform",
                                        "role deploy",
                                        "arn:aws:iam::1:role/deploy",
                                        NOW.minus(Duration.ofDays(40)))),
                        NOW));
    }

    @Test
    void other_tools_refused_calls_and_what_is_handed_over_keep_nobody() throws Exception {
        did("CreateUser", "ann", 8, "aws-cli/2.32.0", null);
        did("CreateAccessKey", "ann", 8, TERRAFORM, "AccessDenied");
        assertThat(found()).isEqualTo(Fact.known(Map.of(), NOW));

        did("CreateAccessKey", "ann", 8, TERRAFORM, null);
        assertThat(found().orElse(Map.of())).containsOnlyKeys(ANN);
        assertThat(found("arn:aws:iam::*:role/deploy").orElse(Map.of())).isEmpty();
        assertThat(found("arn:aws:sts::*:assumed-role/deploy/*").orElse(Map.of()))
                .isEmpty();
    }

    @Test
    void what_could_not_be_asked_is_not_known_to_be_nobody() throws Exception {
        CodeSearch denied = new CodeSearch(telling(query -> Fact.unknown("AccessDenied")), List.of());
        CodeSearch nobody = new CodeSearch(telling(query -> Fact.notRead()), List.of());

        assertThat(denied.of(ACCOUNT, Set.of(ANN), NOW)).isEqualTo(Fact.unknown("AccessDenied"));
        assertThat(nobody.of(ACCOUNT, Set.of(ANN), NOW)).isEqualTo(Fact.notRead());
    }
}
