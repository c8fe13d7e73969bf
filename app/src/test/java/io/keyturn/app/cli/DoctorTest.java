package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.world.SimRole;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the doctor says of permissions, roles, clock and the organization. */
@Timeout(120)
class DoctorTest {
    private static final String THREE_ROLES = "{read: keyturn-read, act: keyturn-act, create: keyturn-create}";
    private static final String ONE_ROLE = "{read: keyturn-read}";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private World world = World.generate(new WorldSpec(3, 3, 30, 0.1, Instant.now()));
    private Map<String, Long> calls = Map.of();

    @Test
    void all_that_is_needed_is_tried_and_nothing_is_changed_or_left_behind() throws Exception {
        assertThat(doctor(enforcing(THREE_ROLES))).as(out + "" + err).isZero();

        assertThat(out.toString())
                .startsWith("All that is needed works   3 accounts, 1 left out\n")
                .contains("stage enforce", "● act    role keyturn-act", "● act    iam:UpdateAccessKey")
                .contains("● create iam:CreateAccessKey", "▲ create who may assume keyturn-create")
                .doesNotContain("To add to");
        assertThat(calls.keySet())
                .contains("SimulatePrincipalPolicy", "GenerateCredentialReport", "GetAccessKeyLastUsed", "GetRole")
                .allMatch(action -> action.matches("(Get|List|Lookup|Simulate|GenerateCredentialReport|AssumeRole).*"));
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> String.valueOf(file.getFileName()))).containsExactly("keyturn.yaml");
        }
    }

    @Test
    void a_denied_permission_is_named_with_the_statement_to_add() throws Exception {
        assertThat(doctor(null, denied("ListUserTags"))).isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString())
                .startsWith("Something that is needed does not work   3 accounts: 0 ok, 3 not, 1 left out\n")
                .contains("◆ read   iam:ListUserTags                    denied")
                .contains("To add to the policy of the role keyturn-read in 3 accounts: ")
                .containsIgnoringWhitespaces("[{\"Sid\":\"ReadUsers\",\"Effect\":\"Allow\","
                        + "\"Action\":[\"iam:ListUserTags\"],\"Resource\":[\"arn:aws:iam::*:user/*\"]}]");
    }

    @Test
    void every_permission_that_the_policy_of_reading_has_can_be_denied_and_is_then_missed() throws Exception {
        Path config = config(ONE_ROLE, "observe");
        assertThat(run("iam-policy", "--config", config.toString())).isZero();
        for (JsonNode statement : json().get("Statement")) {
            for (JsonNode action : statement.get("Action")) {
                String name = action.asString();
                doctor(config, denied(name.substring(name.indexOf(':') + 1)), "--output", "json");

                assertThat(json().at("/remedies/0/policy/Statement/0/Action").toString())
                        .as(name + err)
                        .isEqualTo("[\"" + name + "\"]");
            }
        }
    }

    @Test
    void where_only_the_report_is_denied_the_live_way_suffices() throws Exception {
        assertThat(doctor(null, denied("GenerateCredentialReport")))
                .as(out.toString())
                .isZero();

        assertThat(out.toString())
                .contains("▲ read   iam:GenerateCredentialReport        denied; the account is read live")
                .contains("● read   iam:ListUsers                       works");
    }

    @Test
    void where_only_the_list_of_users_is_denied_the_report_suffices() throws Exception {
        assertThat(doctor(null, denied("ListUsers"))).as(out.toString()).isZero();

        assertThat(out.toString()).contains("denied; the account is read by report alone");
    }

    @Test
    void where_both_ways_are_denied_the_account_does_not_work() throws Exception {
        assertThat(doctor(null, List.of(denied("ListUsers"), denied("GetCredentialReport"))))
                .isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString()).contains("◆ read   iam:ListUsers", "◆ read   iam:GetCredentialReport");
    }

    @Test
    void a_stage_that_acts_needs_more_than_a_role_that_reads() throws Exception {
        assertThat(doctor(enforcing(ONE_ROLE))).isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString())
                .containsIgnoringWhitespaces(
                        "◆ act    a role to act  the stage enforce needs one, and none is configured:"
                                + " the configuration names a role that reads alone; name others as organization.roles.act and"
                                + " organization.roles.create");
    }

    @Test
    void a_stage_that_makes_keys_needs_the_way_back_too() throws Exception {
        assertThat(doctor(config(THREE_ROLES, "rotate"), denied("DeleteAccessKey")))
                .isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString()).contains("● create iam:CreateAccessKey", "◆ act    iam:DeleteAccessKey");
        assertThat(doctor(config(THREE_ROLES, "notify"), denied("DeleteAccessKey")))
                .isZero();
    }

    @Test
    void a_change_that_the_policies_of_the_role_do_not_allow_is_named_with_the_statement_for_that_role()
            throws Exception {
        assertThat(doctor(enforcing(THREE_ROLES), denied("UpdateAccessKey"))).isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString())
                .contains("◆ act    iam:UpdateAccessKey                 not allowed")
                .contains("To add to the policy of the role keyturn-act")
                .containsIgnoringWhitespaces(
                        "{\"Sid\":\"ActOnKeys\",\"Effect\":\"Allow\"," + "\"Action\":[\"iam:UpdateAccessKey\"],");
        assertThat(calls).doesNotContainKey("UpdateAccessKey");
    }

    @Test
    void where_the_simulator_is_denied_it_is_not_known_and_does_not_count_as_allowed() throws Exception {
        assertThat(doctor(enforcing(THREE_ROLES), denied("SimulatePrincipalPolicy")))
                .isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString())
                .containsIgnoringWhitespaces(
                        "iam:SimulatePrincipalPolicy  denied, so it is not known whether the role to"
                                + " act may do what the stage needs")
                .contains("\"iam:SimulatePrincipalPolicy\"");
    }

    @Test
    void where_trust_cannot_be_read_that_is_said_and_holds_nobody_up() throws Exception {
        assertThat(doctor(null, denied("GetRole"))).isZero();

        assertThat(out.toString())
                .contains("◌ read   who may assume keyturn-read         not known: denied", "\"iam:GetRole\"");
    }

    @Test
    void a_role_that_anybody_may_assume_is_no_role_that_works() throws Exception {
        world.accounts()
                .forEach(account -> account.putRole(SimRole.of("keyturn-read", PolicyDocument.ADMINISTRATOR_ACCESS)
                        .trusting(SimRole.ANYBODY)));

        assertThat(doctor(null)).isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString()).contains("anybody; narrow the role's trust policy");
    }

    @Test
    void accounts_of_the_same_results_share_a_table_and_the_others_come_first() throws Exception {
        world = World.generate(new WorldSpec(3, 40, 80, 0.1, Instant.now()));
        Fault one = new Fault("GetUser", "111122223335", Fate.Kind.ACCESS_DENIED, 1, Integer.MAX_VALUE);

        assertThat(doctor(null, one)).isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString())
                .startsWith("Something that is needed does not work   40 accounts: 39 ok, 1 not, 1 left out\n")
                .containsPattern("(?s)111122223335\\), stage observe\n.*\n38 accounts: .* and 33 more");
    }

    @Test
    void a_role_that_is_not_there_is_told_with_the_statement_that_would_let_it_be_assumed() throws Exception {
        assertThat(doctor(config("{read: keyturn-raed}", "observe"))).isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString())
                .contains("◆ read   role keyturn-raed  could not be entered: denied")
                .contains("To add to the policy of the credentials that Keyturn starts with in 2 accounts: ")
                .contains("\"arn:aws:iam::*:role/keyturn-raed\"");
    }

    @Test
    void an_organization_that_cannot_be_listed_is_told() throws Exception {
        assertThat(doctor(null, denied("ListAccounts"))).isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString())
                .contains("the organization\n◆ read   list the accounts  AWS answered AccessDenied")
                .contains("To add to the policy of the credentials that Keyturn starts with in the organization:")
                .contains("\"organizations:ListAccounts\"");
    }

    @Test
    void the_credentials_at_hand_are_asked_about_as_they_are() throws Exception {
        Path config = Files.writeString(folder.resolve("keyturn.yaml"), policies("enforce"));

        assertThat(doctor(config, denied("DeleteAccessKey"))).isEqualTo(Keyturn.NOT_READ);

        assertThat(out.toString())
                .contains(
                        "● act    iam:UpdateAccessKey",
                        "◆ act    iam:DeleteAccessKey",
                        "● read   iam:ListAccountAliases")
                .contains("To add to the policy of the credentials at hand in 111122223333:");
    }

    @ParameterizedTest
    @ValueSource(ints = {-3600, -60, 60, 3600})
    void a_clock_that_is_not_as_awss_is_told_with_the_difference(int ahead) throws Exception {
        world = World.generate(new WorldSpec(3, 1, 10, 0.1, Instant.now().minusSeconds(ahead)));

        int exit = doctor(null);

        assertThat(exit).isEqualTo(Math.abs(ahead) > 300 ? Keyturn.NOT_READ : 0);
        assertThat(out.toString())
                .containsPattern((Math.abs(ahead) > 300 ? "◆" : "▲") + " clock +[0-9]+ s "
                        + (ahead > 0 ? "ahead of" : "behind") + " AWS's");
    }

    @Test
    void json_fits_its_published_schema_and_tells_every_account() throws Exception {
        assertThat(doctor(enforcing(THREE_ROLES), denied("ListGroupsForUser"), "--output", "json"))
                .isZero();
        assertThat(doctor(enforcing(THREE_ROLES), denied("DeleteAccessKey"), "--output", "json"))
                .isEqualTo(Keyturn.NOT_READ);

        String schema = Files.readString(Path.of("..", "docs", "reference", "checkup.schema.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(out.toString(), InputFormat.JSON))
                .isEmpty();
        assertThat(json().get("accounts")).hasSize(3);
        assertThat(json().at("/remedies/0/policy/Statement/0/Action/0").asString())
                .isEqualTo("iam:DeleteAccessKey");
    }

    @Test
    void on_a_narrow_screen_without_unicode_no_line_is_too_long_and_all_is_ascii() throws Exception {
        environment.put("LC_ALL", "C");
        for (int width : List.of(60, 80, 100)) {
            environment.put("COLUMNS", Integer.toString(width));

            assertThat(doctor(enforcing(THREE_ROLES))).isZero();

            assertThat(out.toString())
                    .contains(". read   iam:ListUsers", "^ read")
                    .matches("\\p{ASCII}*");
            assertThat(out.toString().lines().filter(line -> !line.contains(folder.toString())))
                    .allMatch(line -> line.length() <= width);
        }
    }

    @Test
    void an_account_that_is_not_there_is_answered_with_the_nearest_name() throws Exception {
        assertThat(run("doctor", "--demo", "--account", "sandbx")).isEqualTo(Keyturn.USAGE);
        assertThat(err.toString()).contains("did you mean \"sandbox\"?");
    }

    private static Fault denied(String action) {
        return Fault.always(action, Fate.Kind.ACCESS_DENIED);
    }

    private Path enforcing(String roles) throws IOException {
        return config(roles, "enforce");
    }

    private Path config(String roles, String stage) throws IOException {
        return Files.writeString(
                folder.resolve("keyturn.yaml"),
                "accounts:\n  - organization: {roles: " + roles + "}\n" + policies(stage));
    }

    private static String policies(String stage) {
        return """
                policies:
                  - name: all
                    when: "true"
                    age: {warn: 75d, expire: 90d, on-warn: [remind], on-expire: [remind, rotate]}
                    idle: {warn: 30d, expire: 45d, on-warn: [remind], on-expire: [deactivate, delete]}
                    rotate:
                      deliver: {to: secrets-manager, readers: ["arn:aws:iam::111122223333:role/team"]}
                stages:
                  - {stage: %s}
                """.formatted(stage);
    }

    private int doctor(@Nullable Path config, Fault fault, String... options) throws IOException {
        return doctor(config, List.of(fault), options);
    }

    private int doctor(@Nullable Path config) throws IOException {
        return doctor(config, List.of());
    }

    /** With a file, or without one on the whole organization. */
    private int doctor(@Nullable Path config, List<Fault> faults, String... options) throws IOException {
        DoorOptions door = new DoorOptions(0, Duration.ZERO, Duration.ofHours(1), 0, true);
        try (SandboxServer server =
                SandboxServer.start(world, door.with(faults.toArray(new Fault[0])), InstantSource.system())) {
            environment.put("AWS_ENDPOINT_URL", server.endpoint().toString());
            environment.put("AWS_ACCESS_KEY_ID", server.accessKeyId());
            environment.put("AWS_SECRET_ACCESS_KEY", server.secretAccessKey());
            environment.put("AWS_REGION", "us-east-1");
            String[] all = Arrays.copyOf(
                    config == null
                            ? new String[] {"doctor", "--organization", "keyturn-read"}
                            : new String[] {"doctor", "--config", config.toString()},
                    3 + options.length);
            System.arraycopy(options, 0, all, 3, options.length);
            int exit = run(all);
            calls = server.callsByAction();
            return exit;
        }
    }

    private JsonNode json() {
        return JsonMapper.builder().build().readTree(out.toString());
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        environment.putIfAbsent("LC_ALL", "C.UTF-8");
        environment.put("HOME", folder.toString());
        return Keyturn.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
