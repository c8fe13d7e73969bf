package io.keyturn.proof.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.wiring.Demo;
import io.keyturn.proof.deploy.RuntimeApi.Answer;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The function under AWS Lambda's own runtime interface client. */
@Timeout(180)
class LambdaTest {
    private static final String SCHEDULED =
            "{\"version\":\"0\",\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\",\"detail\":{}}";

    private static final String LATE = "111122223335";

    @TempDir
    private Path folder;

    private static SandboxServer world() throws Exception {
        World world = World.generate(new WorldSpec(5, 3, 30, 0.3, Instant.now()));
        // One account answers so late that nobody waits for it.
        Faults late = call -> call.account().equals(LATE) && call.service().equals("iam")
                ? new Fate(Fate.Kind.SLOW, Duration.ofMinutes(2))
                : Fate.OK;
        DoorOptions door = DoorOptions.defaults().with(late);
        return SandboxServer.start(world, door, InstantSource.system());
    }

    private static JsonNode json(Answer answer) {
        assertThat(answer.failed()).as(answer.body()).isFalse();
        return JsonMapper.shared().readTree(answer.body());
    }

    @Test
    void it_answers_who_asks_and_fails_where_nobody_waits() throws Exception {
        Path log = folder.resolve("log.txt");
        try (SandboxServer server = world()) {
            Map<String, String> environment = new HashMap<>(Demo.environment(server));
            environment.put("KEYTURN_CONFIG_TEXT", "accounts: [{organization: {role: keyturn-read}}]\n");
            try (RuntimeApi lambda = new RuntimeApi(environment, log)) {
                JsonNode plan = json(lambda.invoke("{\"do\":\"plan\",\"account\":\"111122223333\"}", 60));
                assertThat(plan.get("exit").intValue()).isZero();
                assertThat(plan.get("complete").booleanValue()).isTrue();
                assertThat(plan.get("accounts").intValue())
                        .isEqualTo(plan.at("/result/accounts").size());
                assertThat(plan.at("/result/hash").asString()).hasSize(64);

                JsonNode one = json(lambda.invoke(
                        "{\"do\":\"run\",\"account\":\"111122223333\",\"dry-run\":true,\"result\":\"none\"}", 60));
                assertThat(one.get("accounts").intValue()).isEqualTo(1);
                assertThat(one.has("result")).isFalse();
                assertThat(one.get("standings").propertyNames()).contains("healthy");

                refused(
                        lambda,
                        "{\"hello\":1}",
                        "neither what to do nor that it is a schedule's; send {\\\"do\\\": \\\"plan\\\"}");
                refused(
                        lambda,
                        "{\"do\":\"plam\"}",
                        "asks to do \\\"plam\\\", which is not known here; did you mean \\\"plan\\\"?");
                // It ends in time, and says what it did not read.
                JsonNode late = json(lambda.invoke("{\"do\":\"scan\"}", 14));
                assertThat(late.get("exit").intValue()).isEqualTo(3);
                assertThat(late.get("complete").booleanValue()).isFalse();
                assertThat(late.at("/result/accounts")).anySatisfy(account -> {
                    assertThat(account.get("id").asString()).isEqualTo(LATE);
                    assertThat(account.get("problem").asString()).isNotEmpty();
                });
                Answer nobody = lambda.invoke(SCHEDULED, 14);
                assertThat(nobody.failed()).isTrue();
                assertThat(nobody.body()).contains("exit code 3", "io.keyturn.app.lambda.Failed");

                refused(lambda, "{\"do\":\"plan\",\"acount\":\"1\"}", "did you mean \\\"account\\\"?");
                refused(lambda, "{\"do\":\"plan\",\"account\":111122223333}", "is not a text; put it in quotes");
                refused(lambda, "[1]", "is not a JSON object");
                refused(lambda, "{\"do\":\"scan\",\"shard\":\"9\"}", "\\\"9\\\" is not of the form i/n, such as 1/10");
            }
        }
        assertThat(logged(log)).anySatisfy(line -> assertThat(line).contains("\"event\":\"ended\"", "\"exit\":0"));
    }

    /** Every line of the log, each of which is JSON. */
    private static List<String> logged(Path log) throws Exception {
        List<String> lines = Files.readAllLines(log);
        // Those of the runtime itself are beside ours.
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(JsonMapper.shared().readTree(line).isObject())
                                .as(line)
                                .isTrue());
        return lines;
    }

    @Test
    void in_an_earlier_tools_place_it_returns_what_that_returned_and_logs_what_that_printed() throws Exception {
        Path log = folder.resolve("log.txt");
        World world = World.generate(new WorldSpec(5, 1, 10, 0.3, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Map<String, String> environment = new HashMap<>(Demo.environment(server));
            environment.putAll(
                    Map.of("KEYTURN_PRESET", "sleuth", "WARNING_AGE", "0", "DEBUG", "1", "SLACK_URL", "test"));
            try (RuntimeApi lambda = new RuntimeApi(environment, log)) {
                Answer answer = lambda.invoke("7", 60);

                assertThat(answer.failed()).as(answer.body()).isFalse();
                assertThat(answer.body()).isEqualTo("{\"statusCode\": 200, \"body\": \"{}\"}");
            }
        }
        assertThat(logged(log))
                .anySatisfy(line -> assertThat(line).contains("UserName ", " Last Access Age"))
                .anySatisfy(line -> assertThat(line).contains("attachments", "Users with access keys"));
    }

    @Test
    void keychecks_profile_is_named_by_the_environment_and_has_its_role_from_awss_own_file() throws Exception {
        Path log = folder.resolve("log.txt");
        Path profiles = Files.writeString(folder.resolve("aws-config"), """
                [profile production]
                role_arn = arn:aws:iam::111122223333:role/keyturn-read
                credential_source = Environment
                """);
        World world = World.generate(new WorldSpec(5, 1, 10, 0.3, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Map<String, String> environment = new HashMap<>(Demo.environment(server));
            environment.putAll(Map.of(
                    "KEYTURN_PRESET", "keycheck",
                    "AWS_PROFILE", "production",
                    "AWS_CONFIG_FILE", profiles.toString(),
                    "dump_metric_to_console", "True"));
            try (RuntimeApi lambda = new RuntimeApi(environment, log)) {
                JsonNode said = json(lambda.invoke("{}", 60));

                assertThat(said.get("exit").intValue()).isZero();
                assertThat(said.get("result").asString().lines())
                        .isNotEmpty()
                        .allMatch(line -> line.matches("iam,name=.*,accountAlias=production age=[0-9]+"));
            }
            environment.remove("AWS_PROFILE");
            try (RuntimeApi lambda = new RuntimeApi(environment, log)) {
                refused(lambda, "{}", "or name the profile in AWS_PROFILE");
            }
        }
        logged(log);
    }

    private static void refused(RuntimeApi lambda, String event, String why) throws InterruptedException {
        Answer answer = lambda.invoke(event, 60);
        assertThat(answer.failed()).as(answer.body()).isTrue();
        assertThat(answer.body()).contains(why);
    }
}
