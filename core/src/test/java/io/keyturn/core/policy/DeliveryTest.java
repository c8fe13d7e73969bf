package io.keyturn.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Delivery.Place PLACE =
            new Delivery.Place("a/${user}", "arn:aws:kms:eu-central-1:111122223333:key/1", null);

    @Test
    void every_kind_has_its_word_and_secrets_manager_alone_has_readers() {
        List<Delivery> all = List.of(
                new Delivery.SecretsManager(List.of("arn"), false, Delivery.Place.DEFAULT),
                new Delivery.File("out", List.of(new Delivery.Recipient(new ArnPattern("*"), "a.asc"))),
                new Delivery.Ssm(PLACE),
                new Delivery.S3("bucket", PLACE),
                new Delivery.Program("/bin/true", "0".repeat(64), Duration.ofMinutes(1)));

        assertThat(all).extracting(Delivery::kind).containsExactly("secrets-manager", "file", "ssm", "s3", "program");
        assertThat(all.getFirst().readers()).containsExactly("arn");
        assertThat(all.subList(1, 5))
                .allSatisfy(delivery -> assertThat(delivery.readers()).isEmpty());
        assertThat(new Rotation(all.getLast(), false, DAY, DAY, DAY, true, Set.of()).deliverTo())
                .isEqualTo("program");
    }

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void what_every_principal_of_an_account_may_decrypt_is_no_place() {
        assertThatThrownBy(() -> new Delivery.Ssm(Delivery.Place.DEFAULT))
                .hasMessage("this sink takes a customer's KMS key alone: every principal of an account may decrypt with"
                        + " AWS's own");
        assertThatThrownBy(() -> new Delivery.S3("bucket", Delivery.Place.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_two_users_share_a_name() {
        assertThatThrownBy(() -> new Delivery.Place("keyturn/all", null, null))
                .hasMessage("each user's secret has a name of its own: \"keyturn/all\"");
    }

    @Test
    void what_is_derived_has_the_word_of_the_configuration() {
        assertThat(Rotation.Derived.SMTP_PASSWORD.label()).isEqualTo("smtp-password");
    }
}
