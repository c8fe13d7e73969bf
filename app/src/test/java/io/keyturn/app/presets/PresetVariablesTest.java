package io.keyturn.app.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variable of every tool: missing, empty, in the wrong case, and with what it cannot hold. */
class PresetVariablesTest {
    private static final Set<String> NUMBERS = Set.of(
            "expire_age",
            "key_age",
            "EXPIRATION_AGE",
            "WARNING_AGE",
            "INACTIVITY_AGE",
            "INACTIVITY_WARNING_AGE",
            "WARNING_DAYS",
            "OVERDUE_DAYS",
            "DEACTIVATE_DAYS",
            "DELETION_DAYS");

    /** Variables that mean something else, and nothing bad, where they are not set. */
    private static final Set<String> OPTIONAL = Set.of(
            "send_slack",
            "create_jira",
            "dump_metric_to_console",
            "disable_key",
            "expire_age",
            "credstash_aws_profile_name",
            "credstash_region",
            "aws_dynamodb_profile_name",
            "aws_dynamodb_region",
            "LOGGING_LEVEL",
            "key_age",
            "SecOpsTopicArn",
            "ENABLE_AUTO_EXPIRE",
            "EXPIRATION_AGE",
            "EXPIRE_NOTIFICATION_TITLE",
            "EXPIRE_NOTIFICATION_TEXT",
            "INACTIVE_NOTIFICATION_TITLE",
            "INACTIVE_NOTIFICATION_TEXT",
            "SLACK_URL",
            "SNS_TOPIC",
            "DEBUG",
            "LAMBDA_FUNCTION_NAME");

    /** Of these any text is one. */
    private static final Set<String> ANY_TEXT = Set.of(
            "credstash_aws_profile_name",
            "aws_dynamodb_profile_name",
            "LOGGING_LEVEL",
            // A wrong one is told in the result, as by the tool.
            "SecOpsTopicArn",
            "ENABLE_AUTO_EXPIRE",
            "EXPIRE_NOTIFICATION_TITLE",
            "EXPIRE_NOTIFICATION_TEXT",
            "INACTIVE_NOTIFICATION_TITLE",
            "INACTIVE_NOTIFICATION_TEXT",
            "DEBUG",
            "LAMBDA_FUNCTION_NAME");

    @TempDir
    private static Path folder;

    private static final Map<String, Map<String, String>> GOOD = new TreeMap<>(Map.of(
            "keycheck",
                    Map.ofEntries(
                            Map.entry("send_slack", "True"),
                            Map.entry("create_jira", "True"),
                            Map.entry("dump_metric_to_console", "True"),
                            Map.entry("disable_key", "True"),
                            Map.entry("expire_age", "180"),
                            Map.entry("jira_server_address", "https://example.atlassian.net"),
                            Map.entry("jira_project_key", "OPS"),
                            Map.entry("credstash_aws_profile_name", "secrets"),
                            Map.entry("credstash_region", "us-east-1"),
                            Map.entry("credstash_keyname_atlassian_api_email", "jira.email"),
                            Map.entry("credstash_keyname_atlassian_api_token", "jira.token"),
                            Map.entry("credstash_keyname_slack_api_token", "slack.token"),
                            Map.entry("aws_dynamodb_profile_name", "state"),
                            Map.entry("aws_dynamodb_region", "us-east-1"),
                            Map.entry("LOGGING_LEVEL", "WARNING")),
            "sentry", Map.of("key_age", "90", "SecOpsTopicArn", "arn:aws:sns:us-east-1:111122223333:keys"),
            "sleuth",
                    Map.ofEntries(
                            Map.entry("ENABLE_AUTO_EXPIRE", "true"),
                            Map.entry("EXPIRATION_AGE", "90"),
                            Map.entry("WARNING_AGE", "80"),
                            Map.entry("INACTIVITY_AGE", "30"),
                            Map.entry("INACTIVITY_WARNING_AGE", "20"),
                            Map.entry("EXPIRE_NOTIFICATION_TITLE", "a"),
                            Map.entry("EXPIRE_NOTIFICATION_TEXT", "b"),
                            Map.entry("INACTIVE_NOTIFICATION_TITLE", "c"),
                            Map.entry("INACTIVE_NOTIFICATION_TEXT", "d"),
                            Map.entry("SLACK_URL", "https://hooks.slack.com/services/T0/B0/x"),
                            Map.entry("SNS_TOPIC", "arn:aws-us-gov:sns:us-gov-west-1:111122223333:keys")),
            "rotator",
                    Map.ofEntries(
                            Map.entry("LAMBDA_FUNCTION_NAME", "rotate"),
                            Map.entry("SES_EMAIL", "keys@example.com"),
                            Map.entry("SES_REGION", "us-gov-west-1"),
                            Map.entry("IAM_EMAIL_TAG_KEY", "email"),
                            Map.entry("S3_CSV_BUCKET", "creds"),
                            Map.entry("LAST_CHECK_DATE_TAG_KEY", "last-check-date"),
                            Map.entry("LAST_CHECK_OLD_KEY_TAG_KEY", "last-check-old-key"),
                            Map.entry("WARNING_DAYS", "30"),
                            Map.entry("OVERDUE_DAYS", "60"),
                            Map.entry("DEACTIVATE_DAYS", "10"),
                            Map.entry("DELETION_DAYS", "10"))));

    private static Path mapping;

    @BeforeEach
    void map() throws Exception {
        mapping = Files.writeString(folder.resolve("ids.py"), "mapping = {'ann': 'U0ANN'}");
    }

    static Stream<Arguments> variables() {
        return GOOD.entrySet().stream()
                .flatMap(preset ->
                        preset.getValue().keySet().stream().sorted().map(name -> Arguments.of(preset.getKey(), name)));
    }

    private static Map<String, String> without(String preset, String name) {
        Map<String, String> environment = new HashMap<>(GOOD.get(preset));
        environment.remove(name);
        environment.put("KEYTURN_SLACK_MAPPING", mapping.toString());
        return environment;
    }

    private static Map<String, String> with(String preset, String name, String value) {
        Map<String, String> environment = without(preset, name);
        environment.put(name, value);
        return environment;
    }

    private static Translation translated(String preset, Map<String, String> environment) throws BadSettings {
        return Presets.named(preset)
                .translate(environment, preset.equals("keycheck") ? List.of("production") : List.of());
    }

    private static List<String> problems(String preset, Map<String, String> environment) {
        return catchThrowableOfType(BadSettings.class, () -> translated(preset, environment))
                .problems();
    }

    @ParameterizedTest
    @MethodSource("variables")
    void one_that_is_missing_or_empty_is_named_where_it_is_needed(String preset, String name) throws Exception {
        for (Map<String, String> environment :
                List.of(without(preset, name), with(preset, name, ""), with(preset, name, " \t"))) {
            if (OPTIONAL.contains(name)) {
                assertThat(translated(preset, environment).relaxed()).isNotEmpty();
            } else {
                assertThat(problems(preset, environment)).anyMatch(problem -> problem.contains(name));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variables")
    void one_in_the_wrong_case_is_named_with_the_right_one(String preset, String name) throws Exception {
        String wrong = name.equals(name.toUpperCase(Locale.ROOT))
                ? name.toLowerCase(Locale.ROOT)
                : name.toUpperCase(Locale.ROOT);
        Map<String, String> environment = without(preset, name);
        environment.put(wrong, GOOD.get(preset).get(name));

        List<String> said =
                OPTIONAL.contains(name) ? translated(preset, environment).remarks() : problems(preset, environment);

        assertThat(said).contains(wrong + " is set and not read: the name is " + name);
    }

    @ParameterizedTest
    @MethodSource("variables")
    void what_it_cannot_hold_is_refused_in_a_sentence_of_one_line(String preset, String name) throws Exception {
        List<String> wrong = NUMBERS.contains(name)
                ? List.of("-1", "+1", "ninety", "1.5", "1e2", "0x10", "99999999999", "9 0", "٩٠")
                : List.of("not a value, surely!", "\u202e\u0000\n<x>");
        for (String value : wrong) {
            Map<String, String> environment = with(preset, name, value);
            if (ANY_TEXT.contains(name)) {
                assertThat(translated(preset, environment).file()).isNotEmpty();
            } else {
                assertThat(problems(preset, environment))
                        .as(value)
                        .anyMatch(problem -> problem.startsWith(name))
                        .allMatch(problem -> problem.lines().count() == 1 || value.contains("\n"));
            }
        }
    }
}
