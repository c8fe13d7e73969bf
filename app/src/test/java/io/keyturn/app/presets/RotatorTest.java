package io.keyturn.app.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyturn.app.config.Acting;
import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.ConfigLoader;
import io.keyturn.app.config.Loaded;
import io.keyturn.app.config.Settings;
import io.keyturn.core.policy.DayCount;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.port.ReadMode;
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

/** What rotator's settings mean. */
class RotatorTest {
    private static final Map<String, String> ALL = Map.of(
            "SES_EMAIL", "keys@example.com",
            "SES_REGION", "ap-southeast-1",
            "IAM_EMAIL_TAG_KEY", "email",
            "S3_CSV_BUCKET", "creds",
            "LAST_CHECK_DATE_TAG_KEY", "last-check-date",
            "LAST_CHECK_OLD_KEY_TAG_KEY", "last-check-old-key",
            "WARNING_DAYS", "30",
            "OVERDUE_DAYS", "60",
            "DEACTIVATE_DAYS", "10",
            "DELETION_DAYS", "0");

    @TempDir
    private Path folder;

    private static Translation of(Map<String, String> environment, String... arguments) throws BadSettings {
        return Presets.named("rotator").translate(environment, List.of(arguments));
    }

    private static List<String> problems(Map<String, String> environment, String... arguments) {
        return catchThrowableOfType(BadSettings.class, () -> of(environment, arguments))
                .problems();
    }

    private static Map<String, String> but(String name, String value) {
        Map<String, String> environment = new HashMap<>(ALL);
        environment.put(name, value);
        return environment;
    }

    @Test
    void a_step_that_is_after_so_many_days_comes_on_the_day_after() throws Exception {
        Translation translation = of(ALL);
        Policy policy = translation.settings().rules().policies().getFirst();
        Rotation rotation = Objects.requireNonNull(policy.rotation());

        assertThat(Objects.requireNonNull(policy.age()).warn()).isEqualTo(Duration.ofDays(31));
        assertThat(policy.age().expire()).isEqualTo(Duration.ofDays(61));
        assertThat(rotation.deactivateAfter()).isEqualTo(Duration.ofDays(11));
        assertThat(rotation.deleteAfter()).isEqualTo(Duration.ofDays(1));
        assertThat(rotation.byTime()).isTrue();
        assertThat(rotation.probe()).isFalse();
        assertThat(translation.settings().rules().days()).isEqualTo(DayCount.CALENDAR);
        assertThat(translation.settings().rules().firstNotice()).isNull();
        assertThat(translation.settings().read()).isEqualTo(ReadMode.LIVE);
        assertThat(translation.state())
                .isEqualTo(new Translation.State.RotatorTags(
                        "email",
                        "last-check-date",
                        "last-check-old-key",
                        "creds",
                        Duration.ofDays(11),
                        Duration.ofDays(1)));
        assertThat(translation.remarks()).isEmpty();
        assertThat(translation.relaxed()).isNotEmpty();
    }

    @Test
    void every_missing_variable_is_named_at_once() {
        assertThat(problems(Map.of("SES_EMAIL", " ", "ses_region", "eu-west-1")))
                .containsExactly(
                        "SES_EMAIL is not set; write the address that SES sends from",
                        "SES_REGION is not set; write the Region of SES",
                        "IAM_EMAIL_TAG_KEY is not set; write the tag of users that holds their mail address",
                        "S3_CSV_BUCKET is not set; write the bucket that new keys are put into",
                        "LAST_CHECK_DATE_TAG_KEY is not set; write the tag of users that holds the day of the last step",
                        "LAST_CHECK_OLD_KEY_TAG_KEY is not set; write the tag of users that holds the old key's ID",
                        "WARNING_DAYS is not set; write a number of days, for example 30",
                        "OVERDUE_DAYS is not set; write a number of days, for example 60",
                        "DEACTIVATE_DAYS is not set; write a number of days, for example 10",
                        "DELETION_DAYS is not set; write a number of days, for example 10",
                        "ses_region is set and not read: the name is SES_REGION");
    }

    @Test
    void every_wrong_one_is_told_with_what_is_right() {
        assertThat(problems(but("SES_EMAIL", "keys"), "x"))
                .containsExactly(
                        "rotator takes no argument, and \"x\" is one",
                        "SES_EMAIL: \"keys\" is no mail address; write for example keys@example.com");
        assertThat(problems(but("SES_REGION", "Ireland")))
                .containsExactly("SES_REGION: \"Ireland\" is not a Region; write for example eu-central-1");
        assertThat(problems(but("S3_CSV_BUCKET", "s3://creds/")))
                .containsExactly(
                        "S3_CSV_BUCKET: \"s3://creds/\" is not the name of a bucket; write it without s3:// and"
                                + " without a path");
        assertThat(problems(but("IAM_EMAIL_TAG_KEY", "a\"b")))
                .containsExactly("IAM_EMAIL_TAG_KEY: \"a\"b\" is no key that a tag can have");
        assertThat(problems(but("LAST_CHECK_DATE_TAG_KEY", "email")))
                .containsExactly("IAM_EMAIL_TAG_KEY, LAST_CHECK_DATE_TAG_KEY and LAST_CHECK_OLD_KEY_TAG_KEY must name"
                        + " three different tags");
        assertThat(problems(but("DELETION_DAYS", "-1")))
                .containsExactly("DELETION_DAYS: \"-1\" is not a whole number of days; write for example 10");
    }

    @Test
    void a_warning_after_the_rotation_is_told_and_holds_nobody_up() throws Exception {
        assertThat(of(but("WARNING_DAYS", "90")).remarks())
                .containsExactly(
                        "WARNING_DAYS is 90, more than OVERDUE_DAYS, 60: owners of two keys are warned from the latter on");
    }

    @Test
    void the_name_of_the_function_is_accepted_and_of_no_use() throws Exception {
        Translation named = of(but("LAMBDA_FUNCTION_NAME", "rotate"));
        assertThat(named.file()).isEqualTo(of(ALL).file());
        assertThat(named.remarks()).isEmpty();
    }

    @Test
    void the_imported_file_is_the_same_configuration() throws Exception {
        Translation translation = of(ALL);
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), translation.file());
        ConfigLoader loader = new ConfigLoader(name -> Optional.empty(), new CelConditions(), folder);

        assertThat(loader.load(file)).isInstanceOfSatisfying(Loaded.Ok.class, loaded -> {
            Settings settings = loaded.settings();
            Policy read = settings.rules().policies().getFirst();
            Policy meant = translation.settings().rules().policies().getFirst();
            assertThat(read.rotation()).isEqualTo(meant.rotation());
            assertThat(read.age()).isEqualTo(meant.age());
            assertThat(read.remindEvery()).as("on every daily run").isEqualTo(Duration.ofHours(12));
            assertThat(read.when().source()).isEqualTo(meant.when().source());
            assertThat(settings.rules().owners())
                    .isEqualTo(translation.settings().rules().owners());
            assertThat(settings.rules().firstNotice()).isNull();
            assertThat(settings.rules().days()).isEqualTo(DayCount.CALENDAR);
            Acting acting = settings.acting();
            assertThat(acting.speaking(acting.channels(), acting.manner().withoutMoreTime()))
                    .as("what it remembers gives owners more time")
                    .isEqualTo(translation.settings().acting());
        });
    }
}
