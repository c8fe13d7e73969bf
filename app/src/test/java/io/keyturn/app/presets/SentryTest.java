package io.keyturn.app.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.ConfigLoader;
import io.keyturn.app.config.Loaded;
import io.keyturn.app.config.Report;
import io.keyturn.app.config.Settings;
import io.keyturn.core.policy.DayCount;
import io.keyturn.engine.port.ReadMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sentry's settings mean. */
class SentryTest {
    private static final String TOPIC = "arn:aws:sns:ap-south-1:111122223333:SecOps";

    @TempDir
    private Path folder;

    private static Translation of(Map<String, String> environment, String... arguments) throws BadSettings {
        return Presets.named("sentry").translate(environment, List.of(arguments));
    }

    private static int days(Map<String, String> environment) throws BadSettings {
        return ((Report.Sentry) of(environment).settings().reports().getFirst()).days();
    }

    private static List<String> problems(Map<String, String> environment, String... arguments) {
        return catchThrowableOfType(BadSettings.class, () -> of(environment, arguments))
                .problems();
    }

    @Test
    void without_settings_it_is_ninety_days_and_no_topic() throws Exception {
        Translation translation = of(Map.of());

        assertThat(translation.settings().reports()).containsExactly(new Report.Sentry(90, ""));
        assertThat(translation.settings().rules().days()).isEqualTo(DayCount.CALENDAR);
        assertThat(translation.settings().rules().policies().getFirst().age().expire())
                .isEqualTo(Duration.ofDays(90));
        assertThat(translation.settings().read()).isEqualTo(ReadMode.LIVE);
        assertThat(translation.output()).isEqualTo(new Translation.Output.SentryJson(90));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key_age", "key_age_cutoff_in_days"})
    void both_spellings_of_the_age_are_read_and_zero_is_an_age(String name) throws Exception {
        assertThat(days(Map.of(name, " 30 "))).isEqualTo(30);
        assertThat(days(Map.of(name, "0"))).isZero();
        assertThat(days(Map.of(name, "", "SecOpsTopicArn", "")))
                .as("an empty variable is unset")
                .isEqualTo(90);
    }

    @Test
    void all_wrong_settings_are_named_at_once() {
        assertThat(problems(Map.of("key_age", "ninety", "key_age_cutoff_in_days", "90", "secopstopicarn", TOPIC), "x"))
                .containsExactly(
                        "key_age is \"ninety\" and key_age_cutoff_in_days is \"90\", and both mean the same;"
                                + " set one of them",
                        "key_age: \"ninety\" is not a whole number of days; write for example 90",
                        "sentry takes no argument, and \"x\" is one",
                        "secopstopicarn is set and not read: the name is SecOpsTopicArn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "90.5", "90d", "99999999999", "0x5a", "٩٠"})
    void an_age_that_is_no_whole_number_of_days_is_refused(String age) {
        assertThat(problems(Map.of("key_age_cutoff_in_days", age)))
                .containsExactly(
                        "key_age_cutoff_in_days: \"" + age + "\" is not a whole number of days; write for example 90");
    }

    @Test
    void two_spellings_that_agree_are_one() throws Exception {
        assertThat(days(Map.of("key_age", "30", "key_age_cutoff_in_days", "30")))
                .isEqualTo(30);
    }

    @Test
    void a_variable_in_the_wrong_case_is_told_and_holds_nobody_up() throws Exception {
        assertThat(of(Map.of("KEY_AGE", "30")).remarks())
                .containsExactly("KEY_AGE is set and not read: the name is key_age");
        assertThat(of(Map.of("KEY_AGE", "30", "key_age", "40")).remarks()).isEmpty();
    }

    @Test
    void a_preset_that_there_is_none_of_is_told_with_the_nearest() {
        assertThat(catchThrowableOfType(BadSettings.class, () -> Presets.named("sentri"))
                        .problems())
                .containsExactly("there is no preset \"sentri\"; did you mean \"sentry\"?");
    }

    @Test
    void the_imported_file_is_the_same_configuration() throws Exception {
        Translation translation = of(Map.of("key_age", "45", "SecOpsTopicArn", TOPIC));
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), translation.file());
        ConfigLoader loader = new ConfigLoader(name -> Optional.empty(), new CelConditions(), folder);

        assertThat(loader.load(file)).isInstanceOfSatisfying(Loaded.Ok.class, loaded -> {
            Settings settings = loaded.settings();
            assertThat(loaded.warnings()).isEmpty();
            assertThat(settings.rules()).isEqualTo(translation.settings().rules());
            assertThat(settings.reports()).isEqualTo(translation.settings().reports());
            assertThat(settings.accounts()).isEqualTo(translation.settings().accounts());
            assertThat(settings.read()).isEqualTo(translation.settings().read());
            assertThat(settings.acting()).isEqualTo(translation.settings().acting());
        });
    }
}
