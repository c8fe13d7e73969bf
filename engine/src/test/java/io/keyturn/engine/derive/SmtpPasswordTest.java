package io.keyturn.engine.derive;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.engine.port.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpPasswordTest {
    /** Values that other tools compute and SES accepts, the last one of the secret of AWS's examples. */
    @ParameterizedTest
    @CsvSource({
        "eu-central-1, some+secret+key, BMXhUYlu5Z3gSXVQORxlVa7XPaz91aGWdfHxvkOZdWZ2",
        "eu-central-1, another+secret+key, BBbphbrQmrKMx42d1N6+C7VINYEBGI5v9VsZeTxwskfh",
        "us-west-1, some+secret+key, BH+jbMzper5WwlwUar9E1ySBqHa9whi0GPo+sJ0mVYJj",
        "us-east-1, wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY, BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9"
    })
    void it_is_what_ses_computes(String region, String secret, String password) {
        assertThat(SmtpPassword.of(new Secret(secret), region).reveal()).isEqualTo(password);
    }

    @Test
    void each_region_has_its_own_and_none_shows_itself() {
        Map<String, Secret> all = SmtpPassword.of(new Secret("some+secret+key"), List.of("us-west-1", "eu-central-1"));

        assertThat(all).containsOnlyKeys("smtpPassword-eu-central-1", "smtpPassword-us-west-1");
        assertThat(all).hasToString("{smtpPassword-eu-central-1=(secret), smtpPassword-us-west-1=(secret)}");
    }

    @Test
    void the_region_that_a_key_last_sent_mail_in_is_among_those_of_its_partition_and_another_services_is_not() {
        Instant now = Instant.EPOCH;
        Set<String> own = SmtpPassword.regions(Partition.AWS, LastUse.NEVER_USED);
        assertThat(own).doesNotContain("eu-isoe-west-1");
        assertThat(SmtpPassword.regions(Partition.AWS, new LastUse.Used(now, "s3", "eu-isoe-west-1")))
                .isEqualTo(own);
        assertThat(SmtpPassword.regions(Partition.AWS, new LastUse.Used(now, "ses", "eu-isoe-west-1")))
                .contains("eu-isoe-west-1");
    }
}
