package io.keyturn.app.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.Channels;
import io.keyturn.app.config.ConfigLoader;
import io.keyturn.app.config.ConfigProblem;
import io.keyturn.app.config.Loaded;
import io.keyturn.app.config.Settings;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.SecretReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keycheck's settings mean. */
class KeycheckTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void everythingOn() throws Exception {
        environment.putAll(Map.of(
                "send_slack", "True",
                "create_jira", "true",
                "dump_metric_to_console", "TRUE",
                "disable_key", "True",
                "jira_server_address", "https://example.atlassian.net",
                "jira_project_key", "OPS",
                "credstash_keyname_atlassian_api_email", "jira.email",
                "credstash_keyname_atlassian_api_token", "jira.token",
                "credstash_keyname_slack_api_token", "slack.token"));
        environment.putAll(Map.of(
                "credstash_aws_profile_name", "secrets",
                "credstash_region", "us-west-2",
                "aws_dynamodb_profile_name", "state",
                "aws_dynamodb_region", "us-east-2"));
        map("slack_ID_mapping.py", """
                # ask Slack for the IDs
                mapping = {
                    "dev_alice": "U123",
                    'bob': "U0456",
                }
                """);
    }

    private void map(String name, String text) throws Exception {
        environment.put(
                "KEYTURN_SLACK_MAPPING",
                Files.writeString(folder.resolve(name), text).toString());
    }

    private Translation translated(String... arguments) throws BadSettings {
        return Presets.named("keycheck")
                .translate(environment, arguments.length == 0 ? List.of("lacework-devtest") : List.of(arguments));
    }

    private List<String> problems(String... arguments) {
        return catchThrowableOfType(BadSettings.class, () -> translated(arguments))
                .problems();
    }

    private List<Limit> limits() throws BadSettings {
        return translated().settings().rules().policies().stream()
                .map(Policy::age)
                .toList();
    }

    @Test
    void mapped_users_are_told_and_cut_and_the_others_only_get_tickets() throws Exception {
        Duration warn = Duration.ofDays(165);
        Duration expire = Duration.ofDays(180);

        assertThat(limits())
                .containsExactly(
                        new Limit(
                                warn,
                                expire,
                                List.of(Step.REMIND, Step.TICKET),
                                List.of(Step.REMIND, Step.TICKET, Step.DEACTIVATE)),
                        new Limit(warn, expire, List.of(Step.TICKET), List.of(Step.TICKET)));
        Policy mapped = translated().settings().rules().policies().getFirst();
        assertThat(mapped.when().source()).isEqualTo("user.name in [\"bob\", \"dev_alice\"]");
        assertThat(mapped.remindEvery()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void a_switch_that_is_unset_is_off() throws Exception {
        environment.keySet().removeAll(Set.of("send_slack", "disable_key", "dump_metric_to_console"));
        environment.put("create_jira", "");

        Translation translation = translated();

        assertThat(limits())
                .allMatch(limit -> limit.onWarn().isEmpty() && limit.onExpire().isEmpty());
        assertThat(translation.settings().acting().channels()).isEqualTo(Channels.NONE);
        assertThat(translation.state()).isEqualTo(new Translation.State.Nothing());
        assertThat(translation.output())
                .isEqualTo(new Translation.Output.KeycheckMetrics(false, 180, "lacework-devtest"));
    }

    @ParameterizedTest
    @CsvSource({"125, 110", "15, 0", "10, 0", "0, 0", "'', 165"})
    void keys_expire_soon_from_fifteen_days_before(String age, int warn) throws Exception {
        environment.put("expire_age", age);

        assertThat(limits().getFirst().warn()).isEqualTo(Duration.ofDays(warn));
    }

    @Test
    void profiles_and_names_of_secrets_are_kept() throws Exception {
        Translation translation = translated();
        Settings settings = translation.settings();

        assertThat(settings.accounts())
                .containsExactly(new AccountSource.Profile("lacework-devtest", null, false, "lacework-devtest"));
        assertThat(settings.acting().channels().slack())
                .isEqualTo(new Channels.Slack.App(new SecretReference.Credstash("slack.token"), false));
        assertThat(settings.acting().channels().jira().type()).isEqualTo("Story");
        assertThat(settings.acting().credstash().profile()).isEqualTo("secrets");
        assertThat(settings.acting().credstash().region()).isEqualTo("us-west-2");
        assertThat(translation.state())
                .isEqualTo(new Translation.State.KeycheckTable(
                        "state", "us-east-2", Duration.ofDays(165), Set.of("dev_alice", "bob")));
    }

    @Test
    void all_that_is_wrong_is_named_at_once() {
        environment.putAll(Map.of(
                "send_slack", "yes",
                "expire_age", "-1",
                "jira_server_address", "jira.example.com",
                "jira_project_key", "ops",
                "credstash_region", "west",
                "SEND_SLACK", "True"));
        environment.remove("credstash_keyname_atlassian_api_email");
        environment.put("credstash_keyname_atlassian_api_token", "a secret, pasted");
        environment.put("KEYTURN_SLACK_MAPPING", "/nowhere/ids.py");

        assertThat(problems("one", "two"))
                .containsExactly(
                        "keycheck takes exactly one argument, the AWS profile, and got 2; write for example keyturn run"
                                + " --preset keycheck production",
                        "send_slack: \"yes\" is neither True nor False; write True or False",
                        "expire_age: \"-1\" is not a whole number of days; write for example 180",
                        "/nowhere/ids.py is not there: it maps users to Slack, and only whom it names is told and has"
                                + " keys switched off; put it into the working folder, or name it in"
                                + " KEYTURN_SLACK_MAPPING",
                        "jira_server_address: \"jira.example.com\" cannot be used; write for example"
                                + " https://example.atlassian.net",
                        "jira_project_key: \"ops\" cannot be used; write the key of a project, such as OPS",
                        "credstash_keyname_atlassian_api_email is not set, and create_jira is True; write the name of a"
                                + " credential in credstash",
                        "credstash_keyname_atlassian_api_token is no name that can be looked up; write the name of a"
                                + " credential in credstash",
                        "credstash_region: \"west\" is not an AWS Region; write for example us-west-2");
    }

    @Test
    void without_an_argument_it_is_refused() {
        assertThat(catchThrowableOfType(
                                BadSettings.class,
                                () -> Presets.named("keycheck").translate(environment, List.of()))
                        .problems())
                .containsExactly("keycheck takes exactly one argument, the AWS profile, and got 0; write for example"
                        + " keyturn run --preset keycheck production");
    }

    @Test
    void where_the_environment_stands_for_a_command_line_it_names_the_profile_too() throws Exception {
        environment.put("KEYTURN_PRESET", "keycheck");
        assertThat(catchThrowableOfType(
                                BadSettings.class,
                                () -> Presets.named("keycheck").translate(environment, List.of()))
                        .problems())
                .singleElement()
                .asString()
                .endsWith("--preset keycheck production, or name the profile in AWS_PROFILE");

        environment.put("AWS_PROFILE", "production");
        assertThat(Presets.named("keycheck")
                        .translate(environment, List.of())
                        .settings()
                        .accounts())
                .isEqualTo(translated("production").settings().accounts());
        assertThat(translated("other").settings().accounts())
                .as("an argument is an argument")
                .isNotEqualTo(translated("production").settings().accounts());

        environment.remove("KEYTURN_PRESET");
        assertThat(catchThrowableOfType(
                        BadSettings.class, () -> Presets.named("keycheck").translate(environment, List.of())))
                .as("on a command line the argument is asked for, as by the tool")
                .isNotNull();
    }

    @Test
    void a_mapping_with_code_in_it_is_refused_and_never_run() throws Exception {
        map("ids.py", "import os\nmapping = {\"a\": os.environ[\"X\"]}\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .endsWith("ids.py:2:1: \".\" is no part of a dict of texts; write one dict of texts, such as owners ="
                        + " {\"deploy\": \"U123\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids.yaml", "ids.json"})
    void a_mapping_in_yaml_or_json_is_one_too(String name) throws Exception {
        map(name, "{\"carol\": \"U9\"}");

        assertThat(translated().settings().rules().policies().getFirst().when().source())
                .isEqualTo("user.name in [\"carol\"]");
    }

    @Test
    void nobody_needs_a_mapping_for_metrics_and_tickets() throws Exception {
        environment.putAll(Map.of("send_slack", "False", "disable_key", "False"));
        environment.remove("KEYTURN_SLACK_MAPPING");

        assertThat(limits().getLast().onWarn()).containsExactly(Step.TICKET);
        assertThat(translated().settings().rules().policies().getFirst().when().source())
                .isEqualTo("user.name in []");
    }

    @Test
    void more_is_logged_where_that_is_asked_for_and_no_secret() throws Exception {
        assertThat(translated().remarks()).isEmpty();
        environment.put("LOGGING_LEVEL", "INFO");

        assertThat(translated().remarks())
                .singleElement()
                .asString()
                .startsWith("expire_age=180 send_slack=true create_jira=true disable_key=true"
                        + " dump_metric_to_console=true; 2 users in ");
    }

    @Test
    void the_imported_file_is_the_same_configuration() throws Exception {
        same();
        environment.putAll(Map.of("send_slack", "False", "expire_age", "10", "create_jira", "False"));
        environment.keySet().removeAll(Set.of("credstash_aws_profile_name", "credstash_region"));
        same();
    }

    private void same() throws Exception {
        Translation translation = translated();
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), translation.file());
        ConfigLoader loader = new ConfigLoader(name -> Optional.empty(), new CelConditions(), folder);

        assertThat(loader.load(file)).as(translation.file()).isInstanceOfSatisfying(Loaded.Ok.class, loaded -> {
            Settings settings = loaded.settings();
            assertThat(loaded.warnings())
                    .extracting(ConfigProblem::path)
                    .as("what is relaxed is said")
                    .containsExactly("first-notice");
            assertThat(settings.rules()).isEqualTo(translation.settings().rules());
            assertThat(settings.accounts()).isEqualTo(translation.settings().accounts());
            assertThat(settings.read()).isEqualTo(translation.settings().read());
            assertThat(settings.acting()).isEqualTo(translation.settings().acting());
        });
    }
}
