package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.Caller;
import io.keyturn.sandbox.world.Sessions;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person gets from the whole process when the world around it is bad: the words, and the exit code. */
@Timeout(120)
class BadInputTest {
    @TempDir
    Path home;

    private static SandboxServer world(int accounts, int users, DoorOptions door) throws IOException {
        World world = World.generate(new WorldSpec(5, accounts, users, 0.2, Instant.now()));
        return SandboxServer.start(world, door, InstantSource.system());
    }

    private static SandboxServer world() throws IOException {
        return world(1, 30, DoorOptions.defaults());
    }

    private static void assertNoTrace(Tool.Ended ended) {
        assertThat(ended.err() + ended.out()).doesNotContain("\tat ", "Exception in thread", "internal error");
    }

    private static void assertNotClean(Tool.Ended ended, String... says) {
        assertThat(ended.exit()).as("%s", ended).isEqualTo(3);
        assertThat(ended.out()).contains("not everything was read").contains(says);
        assertNoTrace(ended);
    }

    @Test
    void without_credentials_it_says_where_they_are_looked_for() throws Exception {
        assertNotClean(new Tool(home).run("scan"), "credentials", "AWS_PROFILE");
    }

    @Test
    void with_a_region_of_another_partition_it_says_which() throws Exception {
        try (SandboxServer server = world()) {
            assertNotClean(
                    new Tool(home).on(server).with("AWS_REGION", "cn-north-1").run("scan"),
                    "valid region, not 'cn-north-1'",
                    "check AWS_REGION and the profile's region: these credentials may be of another partition");
        }
    }

    @Test
    void another_account_than_the_configured_one_is_refused_with_both_numbers() throws Exception {
        Files.writeString(home.resolve("keyturn.yaml"), "accounts:\n  - account: \"999988887777\"\n");
        try (SandboxServer server = world()) {
            assertNotClean(new Tool(home).on(server).run("scan"), "999988887777", "111122223333");
        }
    }

    @Test
    void one_denied_call_leaves_what_it_would_have_told_unknown_and_names_the_permission() throws Exception {
        DoorOptions door = DoorOptions.defaults()
                .with(
                        Fault.always("GetAccountAuthorizationDetails", Fate.Kind.ACCESS_DENIED),
                        Fault.always("GetAccessKeyLastUsed", Fate.Kind.ACCESS_DENIED));
        try (SandboxServer server = world(1, 30, door)) {
            assertNotClean(new Tool(home).on(server).run("scan"), "iam:GetAccessKeyLastUsed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "live, ListUsers, iam:ListUsers",
        "live, ListAccessKeys, iam:ListAccessKeys",
        "live, GetAccessKeyLastUsed, iam:GetAccessKeyLastUsed",
        "live, ListUserTags, iam:ListUserTags",
        "live, ListAttachedUserPolicies, iam:ListAttachedUserPolicies",
        "report, GenerateCredentialReport, iam:GenerateCredentialReport",
        "report, GetCredentialReport, iam:GetCredentialReport",
        "report, GetAccountAuthorizationDetails, iam:GetAccountAuthorizationDetails",
        "report, ListAccessKeys, iam:ListAccessKeys"
    })
    void a_single_denied_call_is_named_and_nothing_passes_for_clean(String way, String call, String permission)
            throws Exception {
        DoorOptions door = DoorOptions.defaults().with(Fault.always(call, Fate.Kind.ACCESS_DENIED));
        try (SandboxServer server = world(1, 30, door)) {
            assertNotClean(new Tool(home).inside().on(server).run("scan", "--read", way), permission);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GenerateCredentialReport", "GetCredentialReport", "GetAccountAuthorizationDetails"})
    void where_the_report_is_denied_it_is_read_live_and_one_line_says_so(String call) throws Exception {
        DoorOptions door = DoorOptions.defaults().with(Fault.always(call, Fate.Kind.ACCESS_DENIED));
        try (SandboxServer server = world(1, 30, door)) {
            Tool.Ended ended = new Tool(home).inside().on(server).run("scan");
            assertThat(ended.exit()).as("%s", ended).isZero();
            assertThat(ended.out().lines().filter(line -> line.contains(call)))
                    .as(ended.out())
                    .hasSize(1);
        }
    }

    @Test
    void a_condition_that_fails_on_users_is_said_aloud_whatever_is_printed() throws Exception {
        Files.writeString(
                home.resolve("keyturn.yaml"),
                "policies: [{name: teams, when: 'user.tags.Team == \"a\"', age: {expire: 90d}}]\n");
        try (SandboxServer server = world(1, 30, DoorOptions.defaults())) {
            Tool tool = new Tool(home).on(server);
            Tool.Ended table = tool.run("scan");
            assertNotClean(
                    table,
                    "so nothing is known to govern their keys: it fails at character 10, there is no \"Team\" (of a tag"
                            + " that may be absent, ask tag(\"Team\"), which is \"\" then)");
            assertThat(table.out()).contains("the condition of policy teams could not be decided for 27 users");
            Tool.Ended json = tool.run("scan", "--output", "json");
            assertThat(json.exit()).isEqualTo(3);
            assertThat(json.out())
                    .containsPattern("\"complete\"\\s*:\\s*false")
                    .contains("the condition of policy teams");
        }
    }

    @Test
    void a_report_that_never_completes_ends_with_the_deadline_of_its_account() throws Exception {
        Files.writeString(home.resolve("keyturn.yaml"), "read: report\naccount-deadline: 15s\n");
        DoorOptions never = new DoorOptions(0, Duration.ZERO, Duration.ofDays(1), 0, true);
        try (SandboxServer server = world(1, 30, never)) {
            assertNotClean(
                    new Tool(home).on(server).run("scan"),
                    "could not make the credential report of account 111122223333 (fernhill): the credential report was"
                            + " not ready when the account's deadline passed; raise the account's deadline, or run when"
                            + " the account is less busy");
        }
    }

    @Test
    void with_expired_credentials_it_says_how_to_get_new_ones() throws Exception {
        World world = World.generate(new WorldSpec(5, 1, 30, 0.2, Instant.now()));
        Sessions.Temporary over = expired(world);
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            assertNotClean(
                    new Tool(home)
                            .on(server)
                            .with("AWS_ACCESS_KEY_ID", over.id())
                            .with("AWS_SECRET_ACCESS_KEY", over.secret())
                            .with("AWS_SESSION_TOKEN", over.token())
                            .run("scan"),
                    "could not find out the account of the default credentials: AWS answered ExpiredToken (The security"
                            + " token included in the request is expired); log in again (`aws sso login`, `aws login`)"
                            + " or renew the session's credentials");
        }
    }

    private static Sessions.Temporary expired(World world) {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        Caller admin = world.caller(world.admin().id(), null, Instant.now());
        String role = "arn:aws:iam::" + world.management().id() + ":role/keyturn-read";
        return world.sessions()
                .assume(admin, new Sessions.Asked(role, "test", null, null, Duration.ofHours(1)), yesterday);
    }

    @Test
    void an_account_that_fails_among_thirty_is_named_and_the_others_are_whole() throws Exception {
        DoorOptions door = DoorOptions.defaults()
                .with(new Fault(
                        "GetAccountAuthorizationDetails", "111122223340", Fate.Kind.ERROR_BEFORE, 1, 1_000_000));
        try (SandboxServer server = world(30, 420, door)) {
            Tool tool = new Tool(home).on(server);
            assertNotClean(tool.run("scan", "--organization", "keyturn-read", "--read", "report"), "111122223340");
            // Twenty-nine, and the suspended one, which is whole as it is left out.
            String json = tool.run("scan", "--organization", "keyturn-read", "--read", "report", "--output", "json")
                    .out();
            assertThat(json.split("\"complete\"\\s*:\\s*true", -1)).hasSize(29 + 1 + 1);
        }
    }

    @Test
    void a_result_that_does_not_fit_on_the_disk_is_no_success() throws Exception {
        try (SandboxServer server = world()) {
            Tool.Ended ended = new Tool(home).on(server).inShell("\"$@\" > /dev/full", "scan", "--all");
            assertThat(ended.exit()).as("%s", ended).isEqualTo(3);
            assertThat(ended.err())
                    .contains("keyturn: could not write the whole result: No space left on device; free some space");
            assertNoTrace(ended);
        }
    }

    @Test
    void a_reader_that_goes_away_ends_it_quietly() throws Exception {
        try (SandboxServer server = world()) {
            Tool.Ended ended =
                    new Tool(home).on(server).inShell("set -o pipefail; \"$@\" | head -n 1", "scan", "--all");
            assertThat(ended.out().lines()).hasSize(1);
            assertThat(ended.said()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void a_signal_while_reading_ends_it_and_nothing_passes_for_the_whole(String signal, int exit) throws Exception {
        DoorOptions slow = new DoorOptions(0, Duration.ofMillis(400), Duration.ofHours(1), 0, true);
        try (SandboxServer server = world(4, 60, slow)) {
            Tool.Started started =
                    new Tool(home).on(server).start("scan", "--organization", "keyturn-read", "--read", "report");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> server.callsByAction().containsKey("GenerateCredentialReport"));
            new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            Long.toString(started.process().pid()))
                    .start()
                    .waitFor();
            Tool.Ended ended = started.await();
            assertThat(ended.exit()).as("%s", ended).isEqualTo(exit);
            assertThat(ended.err()).contains("interrupted").contains("not the whole");
            assertThat(ended.out()).doesNotContain("keys need a decision", "healthy");
            assertNoTrace(ended);
        }
    }
}
