package io.keyturn.proof.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.cli.Embedded;
import io.keyturn.app.wiring.Demo;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in {@code deploy/}: the field's own tools take it, and it says what Keyturn says. */
@Timeout(180)
class DeployTest {
    private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();

    /** Keycheck's words for a key; which of them are printed depends on the keys there are. */
    private static final Set<String> STATUSES = Set.of("ok", "expiring", "disabled");

    private static final Map<String, String> ROTATOR = Map.of(
            "SES_EMAIL", "keys@example.com",
            "SES_REGION", "eu-west-1",
            "IAM_EMAIL_TAG_KEY", "email",
            "S3_CSV_BUCKET", "creds",
            "LAST_CHECK_DATE_TAG_KEY", "last-check-date",
            "LAST_CHECK_OLD_KEY_TAG_KEY", "last-check-old-key",
            "WARNING_DAYS", "30",
            "OVERDUE_DAYS", "60",
            "DEACTIVATE_DAYS", "10",
            "DELETION_DAYS", "10");

    @TempDir
    private static Path folder;

    private static JsonNode checked;

    @BeforeAll
    static void check() throws Exception {
        Path out = folder.resolve("checked.json");
        Path errors = folder.resolve("errors.txt");
        int exit = new ProcessBuilder(
                        System.getProperty("keyturn.python", "python3"),
                        Path.of("src", "test", "python", "deploy_check.py").toString(),
                        DEPLOY.toString())
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start()
                .waitFor();
        assertThat(exit).as(Files.readString(errors)).isZero();
        checked = JsonMapper.shared().readTree(out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cloudformation",
                "docker",
                "telegraf",
                "kubernetes",
                "github",
                "gitlab",
                "stepfunctions",
                "systemd"
            })
    void the_tools_of_the_field_complain_of_nothing(String what) {
        assertThat(checked.at("/complaints/" + what).asString()).isEmpty();
    }

    /** A command line in this process. */
    private record Ran(int exit, String out, String err) {}

    private static Ran keyturn(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Map<String, String> all =
                new HashMap<>(Map.of("HOME", folder.toString(), "KEYTURN_EXTERNAL_ID", "between-us-alone"));
        all.putAll(environment);
        int exit = new Embedded(all, InstantSource.system())
                .run(List.of(arguments), new PrintWriter(out), new PrintWriter(err));
        return new Ran(exit, out.toString(), err.toString());
    }

    private static JsonNode policy(String role, String config) {
        Ran ran = keyturn(
                Map.of(),
                "iam-policy",
                "--role",
                role,
                "--config",
                DEPLOY.resolve(config).toString());
        assertThat(ran.exit()).as(ran.err()).isZero();
        return JsonMapper.shared().readTree(ran.out());
    }

    @Test
    void the_function_may_do_what_iam_policy_says_and_no_more() {
        JsonNode said = policy("read", "lambda/keyturn.example.yaml");

        assertThat(checked.get("lambda")).isEqualTo(said);
        assertThat(checked.get("terraform")).isEqualTo(said);
    }

    @Test
    void the_roles_of_every_account_may_do_what_iam_policy_says_and_no_more() {
        String config = "stackset/keyturn.example.yaml";
        List<JsonNode> read = policy("read", config)
                .get("Statement")
                .valueStream()
                // What the worker itself needs is in its own policy.
                .filter(one -> Set.of("ReadAccount", "ReadUsers", "SeeOthersChanges", "LookAfterCompromise")
                        .contains(one.get("Sid").asString()))
                .toList();

        assertThat(checked.at("/read/Statement").valueStream().toList()).isEqualTo(read);
        assertThat(checked.get("act")).isEqualTo(policy("act", config));
        assertThat(checked.get("create")).isEqualTo(policy("create", config));
    }

    @Test
    void each_user_reads_the_own_folder_of_new_keys_alone() {
        assertThat(checked.at("/own folder/Statement/0/Resource").asString())
                .isEqualTo("${NewKeys.Arn}/credential/${!aws:username}/*");
        assertThat(checked.at("/own folder/Statement/1/Condition/StringLike/s3:prefix")
                        .asString())
                .isEqualTo("credential/${aws:username}/*");
    }

    @Test
    void terraform_has_all_that_the_template_has() {
        assertThat(checked.get("resources").valueStream().map(JsonNode::asString))
                .contains(
                        "aws_lambda_function",
                        "aws_cloudwatch_event_rule",
                        "aws_dynamodb_table",
                        "aws_kms_key",
                        "aws_lambda_function_event_invoke_config",
                        "aws_sqs_queue",
                        "aws_s3_bucket_lifecycle_configuration")
                .filteredOn("aws_cloudwatch_metric_alarm"::equals)
                .hasSize(3);
    }

    @Test
    void pods_run_without_root_on_a_root_that_cannot_be_written() {
        List<JsonNode> pods = checked.get("manifests")
                .valueStream()
                .flatMap(
                        one -> Stream.of(one.at("/spec/template/spec"), one.at("/spec/jobTemplate/spec/template/spec")))
                .filter(one -> one.has("containers"))
                .toList();
        assertThat(pods).hasSize(4).allSatisfy(pod -> {
            assertThat(pod.at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
            assertThat(pod.at("/automountServiceAccountToken").booleanValue(true))
                    .isFalse();
            JsonNode container = pod.at("/containers/0/securityContext");
            assertThat(container.get("readOnlyRootFilesystem").booleanValue()).isTrue();
            assertThat(container.get("allowPrivilegeEscalation").booleanValue()).isFalse();
            assertThat(container.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
        });
        for (JsonNode one : checked.get("kustomizations")) {
            for (JsonNode file : one.get("resources")) {
                assertThat(Path.of(one.get("at").asString()).resolve(file.asString()))
                        .exists();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lambda/keyturn.example.yaml", "stackset/keyturn.example.yaml", "kubernetes/base/keyturn.yaml"})
    void the_configurations_load(String file) {
        Ran ran = keyturn(
                Map.of(), "config", "check", "--config", DEPLOY.resolve(file).toString());

        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @Test
    void every_call_of_keyturn_is_one_that_it_knows() throws Exception {
        List<List<String>> calls = new ArrayList<>();
        checked.get("manifests")
                .valueStream()
                .flatMap(one -> one.findValues("args").stream())
                .forEach(args ->
                        calls.add(args.valueStream().map(JsonNode::asString).toList()));
        Pattern call = Pattern.compile(
                "(?:exec |opt/keyturn/|\\[\"| - |run: )keyturn ((?:run|scan|plan) [^\\n\"|>`]*|\"\\$COMMAND\"[^\\n|>]*)");
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().matches(".*\\.(zip|md|json)")) {
                    call.matcher(Files.readString(file).replace("`expr $JOB_COMPLETION_INDEX + 1`", "1"))
                            .results()
                            .forEach(found -> calls.add(words(found.group(1))));
                }
            }
        }
        assertThat(calls).hasSizeGreaterThan(5).allSatisfy(words -> {
            List<String> asked = new ArrayList<>(words);
            asked.add("--help");
            Ran ran = keyturn(Map.of(), asked.toArray(String[]::new));
            assertThat(ran.exit()).as("%s: %s", words, ran.err()).isZero();
        });
    }

    private static List<String> words(String line) {
        String told = line.replace("\"$COMMAND\"", "run").replace("$KEYCHECK_PROFILE", "production");
        return Stream.of(told.strip().split("\\s+")).toList();
    }

    @Test
    void the_server_is_reached_where_it_listens_and_is_asked_how_it_is() throws Exception {
        Map<String, JsonNode> serve = new HashMap<>();
        checked.get("manifests").forEach(one -> {
            if (one.at("/metadata/name").asString().startsWith("keyturn")) {
                serve.put(
                        one.get("kind").asString() + " "
                                + one.at("/metadata/name").asString(),
                        one);
            }
        });
        JsonNode pod = serve.get("Deployment keyturn-serve").at("/spec/template");
        JsonNode container = pod.at("/spec/containers/0");
        String port = container.at("/ports/0/containerPort").asString();
        List<String> arguments =
                container.get("args").valueStream().map(JsonNode::asString).toList();

        assertThat(arguments).contains("0.0.0.0:" + port, "https://keyturn.example.com");
        assertThat(serve.get("Service keyturn").at("/spec/ports/0/targetPort").asString())
                .isEqualTo(container.at("/ports/0/name").asString());
        assertThat(serve.get("Service keyturn").at("/spec/selector"))
                .isEqualTo(serve.get("NetworkPolicy keyturn-serve").at("/spec/podSelector/matchLabels"));
        assertThat(pod.at("/metadata/labels").properties())
                .containsAll(serve.get("Service keyturn").at("/spec/selector").properties());
        assertThat(serve.get("NetworkPolicy keyturn-serve")
                        .at("/spec/ingress/0/ports/0/port")
                        .asString())
                .isEqualTo(port);
        for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
            JsonNode asked = container.get(probe).get("httpGet");
            assertThat(asked.get("path").asString()).isIn("/healthz", "/readyz");
            assertThat("https://" + asked.at("/httpHeaders/0/value").asString()).isIn(arguments);
        }
    }

    @Test
    void keychecks_sample_settings_are_all_there_are_and_name_the_sample_profiles() throws Exception {
        Path mapping = Files.writeString(folder.resolve("ids.py"), "mapping = {\"ann\": \"U0ANN\"}");
        ProcessBuilder sourcing = new ProcessBuilder("sh", "-c", ". \"$0\" && env", DEPLOY + "/telegraf/keycheck.env");
        sourcing.environment().keySet().removeIf(name -> !name.equals("PATH"));
        Process shell = sourcing.start();
        Map<String, String> environment = new HashMap<>();
        shell.inputReader().lines().filter(line -> line.contains("=")).forEach(line -> {
            String[] both = line.split("=", 2);
            environment.put(both[0], both[1]);
        });
        assertThat(shell.waitFor()).isZero();
        environment.put("KEYTURN_SLACK_MAPPING", mapping.toString());
        environment.put("HOME", folder.toString());

        Ran ran = keyturn(environment, "config", "import", "--preset", "keycheck", "production");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("profile: \"secrets\"", "${credstash:slack.token}", "expire: 180d");
        assertThat(List.of(
                        "production",
                        environment.get("credstash_aws_profile_name"),
                        environment.get("aws_dynamodb_profile_name")))
                .allSatisfy(name -> assertThat(
                                checked.at("/profiles/profile " + name).propertyNames())
                        .contains("role_arn", "credential_source"));
        JsonNode settings = checked.get("manifests")
                .valueStream()
                .filter(one -> one.at("/metadata/name").asString().equals("keycheck"))
                .findFirst()
                .orElseThrow()
                .get("data");
        assertThat(settings.propertyNames())
                .as("the ConfigMap has the same")
                .containsAll(environment.keySet().stream()
                        .filter(name -> name.matches("[a-z][a-z_]+"))
                        .toList());
    }

    @Test
    void telegraf_calls_it_as_keychecks_users_do() {
        JsonNode exec = checked.at("/telegraf/inputs/exec/0");

        assertThat(exec.get("name_override").asString()).isEqualTo("aws.iam");
        assertThat(exec.get("data_format").asString()).isEqualTo("influx");
        assertThat(exec.get("timeout").asString()).isEqualTo("120s");
        assertThat(exec.at("/commands/0").asString())
                .startsWith("keyturn run --preset keycheck ")
                .endsWith(" $KEYCHECK_PROFILE");
        assertThat(checked.at("/telegraf/agent/interval").asString()).isEqualTo("5m");
    }

    @Test
    void rotators_users_get_the_lines_of_their_framework_and_all_permissions() throws Exception {
        JsonNode lines = checked.get("serverless");
        String handler =
                lines.at("/functions/funcIAMAccessKeysCheckAndRotate/handler").asString();
        assertThat(lines.at("/provider/runtime").asString()).isEqualTo("java25");
        assertThat(Class.forName(handler.split("::")[0]).getMethods())
                .anyMatch(method -> method.getName().equals(handler.split("::")[1]));
        Set<String> allowed = new TreeSet<>(Set.of("s3:PutObject", "ses:SendEmail"));
        allowed.addAll(Set.of("iam:CreateAccessKey", "iam:UpdateAccessKey", "iam:DeleteAccessKey"));
        allowed.addAll(Set.of("iam:TagUser", "iam:UntagUser"));
        lines.at("/provider/iamRoleStatements")
                .forEach(one -> one.get("Action").forEach(action -> allowed.add(action.asString())));
        Ran policy = keyturn(ROTATOR, "iam-policy", "--preset", "rotator");
        assertThat(policy.exit()).as(policy.err()).isZero();
        Set<String> needed = new TreeSet<>();
        JsonMapper.shared()
                .readTree(policy.out())
                .get("Statement")
                .forEach(one -> one.get("Action").forEach(action -> needed.add(action.asString())));
        assertThat(needed)
                .isNotEmpty()
                .allMatch(action -> allowed.contains(action) || action.matches("iam:(Get|List).*"), "is allowed");
    }

    @Test
    void the_dashboard_of_wavefront_asks_for_what_is_printed() throws Exception {
        World world = World.generate(new WorldSpec(5, 1, 30, 0.3, Instant.now()));
        Ran ran;
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Map<String, String> environment = new HashMap<>(Demo.environment(server));
            Path config = Files.writeString(
                    folder.resolve("config"),
                    "[profile production]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
                            .formatted(server.accessKeyId(), server.secretAccessKey()));
            environment.put("AWS_CONFIG_FILE", config.toString());
            environment.put("dump_metric_to_console", "True");
            ran = keyturn(environment, "run", "--preset", "keycheck", "production");
        }
        assertThat(ran.exit()).as(ran.err()).isZero();
        Set<String> tags = new TreeSet<>();
        Set<String> fields = new TreeSet<>();
        Set<String> statuses = new TreeSet<>();
        ran.out().lines().forEach(line -> {
            Pattern.compile("(?<!\\\\),([a-zA-Z]+)=").matcher(line).results().forEach(tag -> tags.add(tag.group(1)));
            Pattern.compile(" ([a-z]+)=\\d+$")
                    .matcher(line)
                    .results()
                    .forEach(field -> fields.add("aws.iam." + field.group(1)));
            Pattern.compile(",status=([a-z]+)")
                    .matcher(line)
                    .results()
                    .forEach(status -> statuses.add(status.group(1)));
        });
        assertThat(statuses).isNotEmpty().isSubsetOf(STATUSES);
        for (JsonNode chart : checked.get("charts")) {
            String query = chart.asString();
            assertThat(found(query, "ts\\(\"([^\"]+)\"")).isNotEmpty().isSubsetOf(fields);
            assertThat(found(query, "\\), ([a-zA-Z, ]+)\\)").stream().flatMap(one -> Stream.of(one.split(", "))))
                    .isSubsetOf(tags);
            assertThat(found(query, "([a-zA-Z]+)=")).isSubsetOf(tags);
            assertThat(found(query, "status=\"([a-z]+)\"")).isSubsetOf(STATUSES);
        }
    }

    private static Set<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(one -> one.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void every_folder_says_how_it_is_used_and_the_guide_names_them_all() throws Exception {
        String guide = Files.readString(DEPLOY.resolve("../docs/guide/deploy.md"));
        try (Stream<Path> folders = Files.list(DEPLOY)) {
            assertThat(folders.toList()).hasSizeGreaterThan(10).allSatisfy(one -> {
                assertThat(one.resolve("README.md")).exists();
                assertThat(guide).contains("(../../deploy/" + one.getFileName() + "/README.md)");
            });
        }
    }

    @Test
    void the_page_for_users_has_no_word_left_to_fill_in_once_its_command_was_followed() throws Exception {
        String readme = Files.readString(DEPLOY.resolve("users-page/README.md"));
        String page = Files.readString(DEPLOY.resolve("users-page/access-keys.md"));
        for (var word : Pattern.compile("s/(\\{\\{[a-z_]+}})/([^/]+)/g")
                .matcher(readme)
                .results()
                .toList()) {
            assertThat(page).contains(word.group(1));
            page = page.replace(word.group(1), word.group(2));
        }
        assertThat(page).doesNotContain("{{").contains("credential/YOUR-USER-NAME/YOUR-USER-NAME_NEW-KEY-ID.csv");
    }
}
