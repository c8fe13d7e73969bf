package io.keyturn.app.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.ConfigLoader;
import io.keyturn.app.config.Loaded;
import io.keyturn.app.config.Report;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.SecretReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sleuth's settings mean. */
class SleuthTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:111122223333:keys";

    @TempDir
    private Path folder;

    private static Translation of(String... pairs) throws BadSettings {
        return Presets.named("sleuth").translate(environment(pairs), List.of());
    }

    private static Map<String, String> environment(String... pairs) {
        Map<String, String> environment = new HashMap<>(Map.of("WARNING_AGE", "80"));
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return environment;
    }

    private static List<String> problems(String... pairs) {
        return catchThrowableOfType(BadSettings.class, () -> of(pairs)).problems();
    }

    private static Policy policy(Translation translation) {
        return Objects.requireNonNull(translation.settings().rules().policy("sleuth"));
    }

    private static List<Long> days(Translation translation) {
        Policy policy = policy(translation);
        return List.of(
                policy.age().warn().toDays(),
                policy.age().expire().toDays(),
                policy.idle().warn().toDays(),
                policy.idle().expire().toDays());
    }

    @Test
    void disuse_counts_as_age_does_where_nothing_else_is_said() throws Exception {
        assertThat(days(of())).containsExactly(80L, 90L, 80L, 90L);
        assertThat(days(of(
                        "EXPIRATION_AGE",
                        "60",
                        "WARNING_AGE",
                        "0",
                        "INACTIVITY_AGE",
                        "30",
                        "INACTIVITY_WARNING_AGE",
                        "0")))
                .containsExactly(0L, 60L, 0L, 30L);
    }

    @Test
    void only_the_word_true_switches_keys_off() throws Exception {
        assertThat(policy(of("ENABLE_AUTO_EXPIRE", "true")).age().onExpire()).containsExactly(Step.DEACTIVATE);
        assertThat(policy(of("ENABLE_AUTO_EXPIRE", "false")).age().onExpire()).isEmpty();
        Translation shouted = of("ENABLE_AUTO_EXPIRE", "True", "SNS_TOPIC", TOPIC);
        assertThat(policy(shouted).age().onExpire()).isEmpty();
        assertThat(shouted.remarks())
                .containsExactly("ENABLE_AUTO_EXPIRE is \"True\": only \"true\" switches keys off, as in the tool");
    }

    @Test
    void nothing_is_announced_and_nothing_capped() throws Exception {
        Translation translation = of("ENABLE_AUTO_EXPIRE", "true");

        assertThat(translation.settings().rules().firstNotice()).isNull();
        assertThat(translation.settings().rules().caps()).isEmpty();
        assertThat(policy(translation).cutInUse()).isTrue();
        assertThat(translation.relaxed()).anyMatch(sentence -> sentence.contains("(promise 13)"));
        assertThat(of().relaxed()).as("it changes no key").noneMatch(sentence -> sentence.contains("(promise 13)"));
    }

    @Test
    void all_that_is_wrong_is_named_at_once_and_no_address_is_repeated() {
        assertThat(problems(
                        "WARNING_AGE", "90",
                        "INACTIVITY_AGE", "120",
                        "SLACK_URL", "hooks.slack.com/services/secret",
                        "SNS_TOPIC", "keys"))
                .containsExactly(
                        "INACTIVITY_AGE is set and INACTIVITY_WARNING_AGE is not; set both or neither",
                        "WARNING_AGE is 90 and must be less than EXPIRATION_AGE, 90",
                        "INACTIVITY_AGE is 120 and must not be more than EXPIRATION_AGE, 90",
                        "SLACK_URL is not an address; write that of the incoming webhook, such as"
                                + " https://hooks.slack.com/services/…, or set DEBUG to see the message instead",
                        "SNS_TOPIC: \"keys\" is not the ARN of a topic; write for example"
                                + " arn:aws:sns:us-east-1:111122223333:keys");
        assertThat(problems("WARNING_AGE", ""))
                .containsExactly(
                        "WARNING_AGE is not set; write the age in days at which owners are warned, for example 80");
        assertThat(problems("INACTIVITY_AGE", "30", "INACTIVITY_WARNING_AGE", "30"))
                .containsExactly("INACTIVITY_WARNING_AGE is 30 and must be less than INACTIVITY_AGE, 30");
        assertThat(problems("INACTIVITY_WARNING_AGE", "30"))
                .containsExactly("INACTIVITY_WARNING_AGE is set and INACTIVITY_AGE is not; set both or neither");
        assertThat(problems("EXPIRATION_AGE", "-1"))
                .contains("EXPIRATION_AGE: \"-1\" is not a whole number of days; write for example 90");
    }

    @Test
    void where_it_is_debugged_slack_is_not_told() throws Exception {
        Translation translation = of("DEBUG", "yes", "SLACK_URL", "test", "SNS_TOPIC", TOPIC);

        Report.Sleuth report = (Report.Sleuth) translation.settings().reports().getFirst();
        assertThat(report.slack()).isNull();
        assertThat(report.topic()).isEqualTo(TOPIC);
        assertThat(translation.output()).isEqualTo(new Translation.Output.Sleuth(report, true));
    }

    @Test
    void whoever_is_told_nowhere_hears_so() throws Exception {
        assertThat(of().remarks()).containsExactly("neither SLACK_URL nor SNS_TOPIC is set: nobody is told");
        assertThat(of().settings().reports()).isEmpty();
    }

    @Test
    void the_imported_file_is_the_same_configuration() throws Exception {
        Translation translation = of(
                "ENABLE_AUTO_EXPIRE", "true",
                "EXPIRE_NOTIFICATION_TITLE", "Keys: \"renew\"",
                "EXPIRE_NOTIFICATION_TEXT", "Run\n```aws-vault rotate```",
                "SLACK_URL", "https://hooks.slack.com/services/T0/B0/x",
                "SNS_TOPIC", TOPIC);
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), translation.file());
        ConfigLoader loader = new ConfigLoader(name -> Optional.empty(), new CelConditions(), folder);

        assertThat(translation.file()).doesNotContain("T0/B0/x");
        assertThat(loader.load(file)).isInstanceOfSatisfying(Loaded.Ok.class, loaded -> {
            assertThat(loaded.settings().rules())
                    .usingRecursiveComparison()
                    .isEqualTo(translation.settings().rules());
            assertThat(loaded.settings().reports())
                    .isEqualTo(translation.settings().reports());
            assertThat(loaded.settings().read())
                    .isEqualTo(translation.settings().read());
        });
        assertThat(((Report.Sleuth) translation.settings().reports().getFirst()).slack())
                .isEqualTo(new SecretReference.Env("SLACK_URL"));
        assertThat(policy(translation).age().expire()).isEqualTo(Duration.ofDays(90));
    }
}
