package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.plan.Action;
import io.keyturn.core.policy.Step;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class IamPolicyTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void a_live_reading_uses_just_what_the_policy_allows() throws Exception {
        assertThat(used("live", "--read", "live")).isEqualTo(allowed("--read", "live"));
    }

    @Test
    void a_live_reading_of_an_organization_uses_just_what_the_policy_allows() throws Exception {
        String[] options = {"--read", "live", "--organization", "keyturn-read"};

        assertThat(used("live", options)).isEqualTo(allowed(options));
    }

    @Test
    void a_reading_by_report_uses_nothing_else_and_all_that_is_of_the_whole_account() throws Exception {
        Set<String> used = used("report", "--read", "report");

        Set<String> allowed = allowed("--read", "report");
        assertThat(allowed).containsAll(used);
        // What is left is for single users whom report and details tell differently of.
        assertThat(used)
                .contains("GenerateCredentialReport", "GetCredentialReport", "GetAccountAuthorizationDetails")
                .contains("ListAccountAliases", "ListAccessKeys");
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void every_step_that_changes_a_key_declares_what_it_may_do(Step step) {
        assertThat(Action.permissions(step).isEmpty()).isEqualTo(step.speaksOnly());
        assertThat(Action.permissions(step)).allMatch(action -> action.matches("iam:[A-Z][A-Za-z]+"));
    }

    @Test
    void a_role_that_is_never_used_gets_no_policy_and_that_is_said() {
        assertThat(run("iam-policy", "--role", "create")).isZero();

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("the configuration never uses the role create");
    }

    @Test
    void what_a_run_in_the_place_of_an_earlier_tool_takes_is_one_policy_with_the_tools_own_state() {
        environment.putAll(Map.ofEntries(
                Map.entry("LAMBDA_FUNCTION_NAME", "rotate"),
                Map.entry("SES_EMAIL", "keys@example.com"),
                Map.entry("SES_REGION", "eu-west-1"),
                Map.entry("IAM_EMAIL_TAG_KEY", "email"),
                Map.entry("S3_CSV_BUCKET", "creds"),
                Map.entry("LAST_CHECK_DATE_TAG_KEY", "last-check-date"),
                Map.entry("LAST_CHECK_OLD_KEY_TAG_KEY", "last-check-old-key"),
                Map.entry("WARNING_DAYS", "30"),
                Map.entry("OVERDUE_DAYS", "60"),
                Map.entry("DEACTIVATE_DAYS", "10"),
                Map.entry("DELETION_DAYS", "10")));

        assertThat(run("iam-policy", "--preset", "rotator")).as(err.toString()).isZero();

        Set<String> actions = new TreeSet<>();
        JsonMapper.shared()
                .readTree(out.toString())
                .get("Statement")
                .forEach(one -> one.get("Action").forEach(action -> actions.add(action.asString())));
        assertThat(actions)
                .contains(
                        "iam:ListUsers",
                        "iam:ListUserTags",
                        "iam:ListAccessKeys",
                        "iam:GetAccessKeyLastUsed",
                        "iam:GetUser",
                        "iam:CreateAccessKey",
                        "iam:UpdateAccessKey",
                        "iam:DeleteAccessKey",
                        "iam:TagUser",
                        "iam:UntagUser",
                        "s3:PutObject",
                        "ses:SendEmail",
                        "ses:SendRawEmail")
                .as("a file of CSV has no tags")
                .doesNotContain("s3:PutObjectTagging")
                .noneMatch(action -> action.startsWith("cloudtrail:") || action.startsWith("dynamodb:"));
        assertThat(out.toString()).contains("arn:aws:s3:::creds/credential/*", ":identity/keys@example.com");
    }

    @Test
    void beside_a_preset_nothing_else_is_asked_for() {
        assertThat(run("iam-policy", "--preset", "sentry", "--role", "act")).isEqualTo(2);
        assertThat(err.toString()).contains("--role means nothing beside --preset: such a run has one role");
        assertThat(run("iam-policy", "--preset", "rotator")).isEqualTo(2);
        assertThat(err.toString()).contains("SES_EMAIL is not set");
        assertThat(run("iam-policy", "production")).isEqualTo(2);
    }

    @Test
    void topics_buses_and_secrets_in_aws_are_allowed_each_by_its_name() throws Exception {
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), """
                channels:
                  slack: {token: "${credstash:slack.api.token}"}
                  jira: {url: https://example.atlassian.net, project: OPS, email: "${ssm:/keyturn/email}", token: "${secretsmanager:keyturn/jira#token}"}
                  sns: {topic: "arn:aws:sns:eu-central-1:111122223333:keyturn"}
                  eventbridge: {bus: keyturn}
                  webhook: {url: "${env:HOOK}"}
                reports:
                  - {form: sentry, older-than: 90d, topic: "arn:aws:sns:eu-central-1:111122223333:old-keys"}
                """);

        assertThat(run("iam-policy", "--config", file.toString())).isZero();

        assertThat(out.toString())
                .contains(
                        "sns:Publish",
                        "arn:aws:sns:eu-central-1:111122223333:keyturn",
                        "arn:aws:sns:eu-central-1:111122223333:old-keys",
                        "events:PutEvents",
                        "arn:aws:events:*:*:event-bus/keyturn",
                        "ssm:GetParameter",
                        "arn:aws:ssm:*:*:parameter/keyturn/email",
                        "secretsmanager:GetSecretValue",
                        "arn:aws:secretsmanager:*:*:secret:keyturn/jira-*",
                        "dynamodb:Query",
                        "arn:aws:dynamodb:*:*:table/credential-store",
                        "kms:Decrypt");
    }

    @Test
    void a_stage_that_enforces_gives_the_acting_role_its_actions_on_that_account_alone() throws Exception {
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), """
                accounts:
                  - {role: "arn:aws-cn:iam::111122223333:role/keyturn-read"}
                policies:
                  - name: all
                    when: "true"
                    age: {warn: 75d, expire: 90d, on-warn: [remind], on-expire: [remind, rotate]}
                    idle: {warn: 30d, expire: 45d, on-warn: [remind], on-expire: [remind, deactivate]}
                    rotate:
                      deliver: {to: secrets-manager, readers: ["arn:aws-cn:iam::111122223333:role/team"]}
                stages:
                  - {stage: enforce}
                """);
        environment.put("AWS_REGION", "cn-north-1");

        assertThat(run("iam-policy", "--config", file.toString(), "--output", "json"))
                .as(err.toString())
                .isZero();

        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.at("/act/Statement/0/Action").toString())
                .contains("iam:UpdateAccessKey", "iam:DeleteAccessKey")
                .doesNotContain("iam:CreateAccessKey");
        assertThat(json.at("/create/Statement/0/Action").toString()).contains("iam:CreateAccessKey");
        assertThat(json.at("/act/Statement/0/Resource").toString())
                .isEqualTo("[\"arn:aws-cn:iam::111122223333:user/*\"]");
    }

    @Test
    void whoever_assumes_roles_is_allowed_those_that_the_stage_uses() throws Exception {
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), """
                accounts:
                  - organization: {roles: {read: keyturn-read, act: keyturn-act, create: keyturn-create}}
                policies:
                  - name: all
                    when: "true"
                    idle: {warn: 30d, expire: 45d, on-warn: [remind], on-expire: [remind, deactivate]}
                stages:
                  - {stage: enforce}
                """);

        assertThat(run("iam-policy", "--config", file.toString()))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("arn:aws:iam::*:role/keyturn-read", "arn:aws:iam::*:role/keyturn-act")
                .doesNotContain("keyturn-create");
    }

    /** The actions of a scan and of looking at one user, without that which needs no permission. */
    private Set<String> used(String how, String... options) throws Exception {
        World world = World.generate(new WorldSpec(3, 3, 60, 0.1, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            environment.put("AWS_ENDPOINT_URL", server.endpoint().toString());
            environment.put("AWS_ACCESS_KEY_ID", server.accessKeyId());
            environment.put("AWS_SECRET_ACCESS_KEY", server.secretAccessKey());
            environment.put("AWS_REGION", "us-east-1");
            assertThat(run(with(options, "scan"))).as(how + err).isZero();
            Set<String> actions = new TreeSet<>(server.callsByAction().keySet());
            actions.remove("GetCallerIdentity");
            // Looking at one user begins with asking for it by name.
            actions.add("GetUser");
            return actions;
        }
    }

    private Set<String> allowed(String... options) throws Exception {
        assertThat(run(with(options, "iam-policy"))).as(err.toString()).isZero();
        Set<String> actions = new TreeSet<>();
        for (JsonNode statement :
                JsonMapper.builder().build().readTree(out.toString()).get("Statement")) {
            for (JsonNode action : statement.get("Action")) {
                String name = action.asString();
                actions.add(name.substring(name.indexOf(':') + 1));
            }
        }
        return actions;
    }

    private static String[] with(String[] options, String command) {
        String[] all = new String[options.length + 1];
        all[0] = command;
        System.arraycopy(options, 0, all, 1, options.length);
        return all;
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", folder.toString());
        return Keyturn.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
