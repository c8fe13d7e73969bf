package io.keyturn.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimRole;
import io.keyturn.sandbox.world.WorldOptions;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What roles, sessions and trust let through. */
class AuthorizationTest {
    private static final String ONE_ACT_ON_ONE_USER = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:CreateAccessKey",
             "Resource":"arn:aws:iam::111122223333:user/people/dora"}]}""";

    @Test
    void a_role_may_do_what_its_policy_allows_and_nothing_else() throws IOException {
        try (Door door = Door.prompt()) {
            Client reader = door.client.as(Door.role(Door.HOME, "keyturn-read"));
            Client creator = door.client.as(Door.role(Door.HOME, "keyturn-create"));

            assertThat(reader.iam("ListAccessKeys", "UserName", "dora").status())
                    .isEqualTo(200);
            Client.Answer refused = reader.iam("CreateAccessKey", "UserName", "dora");
            assertThat(refused.code()).isEqualTo("AccessDenied");
            assertThat(refused.text("Message"))
                    .isEqualTo("User: arn:aws:sts::111122223333:assumed-role/keyturn-read/test is not authorized to"
                            + " perform: iam:CreateAccessKey on resource: arn:aws:iam::111122223333:user/people/dora"
                            + " because no identity-based policy allows the iam:CreateAccessKey action");
            Client.Answer made = creator.iam("CreateAccessKey", "UserName", "dora");
            assertThat(made.status()).isEqualTo(200);
            String id = made.text("AccessKeyId");
            assertThat(creator.iam("DeleteAccessKey", "UserName", "dora", "AccessKeyId", id)
                            .code())
                    .isEqualTo("AccessDenied");
        }
    }

    @Test
    void a_session_policy_narrows_the_role_to_one_act_on_one_user() throws IOException {
        try (Door door = Door.prompt()) {
            Client narrow = door.client.as(Door.role(Door.HOME, "keyturn-create"), "Policy", ONE_ACT_ON_ONE_USER);

            assertThat(narrow.iam("CreateAccessKey", "UserName", "dora").status())
                    .isEqualTo(200);
            Client.Answer other = narrow.iam("ListAccessKeys", "UserName", "dora");
            assertThat(other.code()).isEqualTo("AccessDenied");
            assertThat(other.text("Message"))
                    .endsWith("because no session policy allows the iam:ListAccessKeys action");
            String someone = door.world.management().allUsers().getLast().name();
            assertThat(narrow.iam("CreateAccessKey", "UserName", someone).code())
                    .isEqualTo("AccessDenied");
            assertThat(narrow.query("sts", "GetCallerIdentity").status())
                    .as("that is never denied")
                    .isEqualTo(200);
        }
    }

    @Test
    void a_session_policy_never_widens_the_role() throws IOException {
        try (Door door = Door.prompt()) {
            Client reader = door.client.as(
                    Door.role(Door.HOME, "keyturn-read"), "Policy", PolicyDocument.ADMINISTRATOR_ACCESS.toString());

            assertThat(reader.iam("ListUsers").status()).isEqualTo(200);
            assertThat(reader.iam("CreateAccessKey", "UserName", "dora").code()).isEqualTo("AccessDenied");
        }
    }

    @Test
    void a_deny_wins_and_conditions_know_the_tags_of_the_user() throws IOException {
        try (Door door = Door.prompt()) {
            PolicyDocument webOnly = PolicyDocument.parse("""
                    {"Statement":[{"Effect":"Allow","Action":"iam:*AccessKey*","Resource":"*",
                      "Condition":{"StringEquals":{"iam:ResourceTag/team":"web"}}},
                     {"Effect":"Deny","Action":"iam:DeleteAccessKey","Resource":"*"}]}""");
            door.world.management().putRole(SimRole.of("web-keys", webOnly));
            Client web = door.client.as(Door.role(Door.HOME, "web-keys"));

            assertThat(web.iam("CreateAccessKey", "UserName", "dora").status()).isEqualTo(200);
            Client.Answer denied =
                    web.iam("DeleteAccessKey", "UserName", "dora", "AccessKeyId", "AKIA0000000000000000");
            assertThat(denied.text("Message")).endsWith("with an explicit deny in an identity-based policy");
            assertThat(web.iam("CreateAccessKey", "UserName", "administrator").code())
                    .isEqualTo("AccessDenied");
        }
    }

    @Test
    void a_role_asks_for_its_external_id() throws IOException {
        WorldOptions guarded = WorldOptions.DEFAULT.with(Consistency.IMMEDIATE).withExternalId("fern-42");
        try (Door door = new Door(DoorOptions.defaults(), guarded)) {
            String role = Door.role(Door.MEMBER, "keyturn-read");

            assertThat(door.client.assume(role).code()).isEqualTo("AccessDenied");
            assertThat(door.client.assume(role, "ExternalId", "other").code()).isEqualTo("AccessDenied");
            assertThat(door.client.assume(role, "ExternalId", "fern-42").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void only_the_management_account_and_delegated_administrators_are_trusted() throws IOException {
        try (Door door = Door.prompt()) {
            Client member = door.client.as(Door.role(Door.MEMBER, "OrganizationAccountAccessRole"));
            String role = Door.role(Door.HOME, "keyturn-read");

            assertThat(member.assume(role).code()).isEqualTo("AccessDenied");
            door.world.delegateTo(Door.MEMBER);
            assertThat(member.assume(role).status()).isEqualTo(200);
            assertThat(door.client.assume(Door.role(Door.HOME, "no-such-role")).code())
                    .isEqualTo("AccessDenied");
            assertThat(door.client
                            .assume(Door.role("111122223336", "keyturn-read"))
                            .code())
                    .as("a suspended account")
                    .isEqualTo("AccessDenied");
        }
    }

    @Test
    void a_session_lasts_from_15_minutes_to_what_the_role_allows() throws IOException {
        try (Door door = Door.prompt()) {
            assertThat(duration(door, "899")).endsWith("Member must have value greater than or equal to 900");
            assertThat(duration(door, "43201")).endsWith("Member must have value less than or equal to 43200");
            assertThat(duration(door, "3601"))
                    .isEqualTo("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
            assertThat(duration(door, "900")).isEmpty();
            assertThat(door.client.assume(Door.role(Door.HOME, "keyturn-read")).text("Expiration"))
                    .isEqualTo("2026-11-23T09:00:00Z");
        }
    }

    private static String duration(Door door, String seconds) throws IOException {
        return door.client
                .assume(Door.role(Door.HOME, "keyturn-read"), "DurationSeconds", seconds)
                .text("Message");
    }

    @Test
    void what_is_no_policy_or_is_not_simulated_is_refused_in_words() throws IOException {
        try (Door door = Door.prompt()) {
            String role = Door.role(Door.HOME, "keyturn-read");
            String asks = """
                    {"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"::"}}}}""";

            Client.Answer none = door.client.assume(role, "Policy", "{");
            assertThat(none.code()).isEqualTo("MalformedPolicyDocument");
            assertThat(door.client.assume(role, "Policy", asks).text("Message"))
                    .isEqualTo(
                            "the condition operator IpAddress is not simulated; these are: StringEquals,"
                                    + " StringNotEquals, StringLike, StringNotLike, ArnEquals, ArnNotEquals, ArnLike, ArnNotLike");
            assertThat(door.client
                            .assume(role, "PolicyArns.member.1.arn", "arn:aws:iam::aws:policy/ReadOnlyAccess")
                            .text("Message"))
                    .isEqualTo("PolicyArns is not simulated; use Policy");
            assertThat(door.client
                            .query("sts", "AssumeRole", "RoleArn", role, "RoleSessionName", "a b")
                            .code())
                    .isEqualTo("ValidationError");
        }
    }

    @Test
    void the_simulator_answers_as_the_real_calls_would() throws IOException {
        Fault denied = Fault.always("ListUsers", Fate.Kind.ACCESS_DENIED).ofRole("keyturn-read");
        try (Door door = Door.prompt(DoorOptions.defaults().with(denied))) {
            Client.Answer answer = door.client.iam(
                    "SimulatePrincipalPolicy",
                    "PolicySourceArn",
                    Door.role(Door.HOME, "keyturn-read"),
                    "ActionNames.member.1",
                    "iam:ListAccessKeys",
                    "ActionNames.member.2",
                    "iam:ListUsers",
                    "ActionNames.member.3",
                    "iam:CreateAccessKey");

            assertThat(answer.texts("EvalActionName"))
                    .containsExactly("iam:ListAccessKeys", "iam:ListUsers", "iam:CreateAccessKey");
            assertThat(answer.texts("EvalDecision")).containsExactly("allowed", "explicitDeny", "implicitDeny");
            assertThat(simulated(door, "arn:aws:iam::111122223333:user/administrator"))
                    .isEqualTo(List.of("allowed"));
            assertThat(door.client
                            .iam(
                                    "SimulatePrincipalPolicy",
                                    "PolicySourceArn",
                                    "arn:aws:sts::111122223333:assumed-role/keyturn-read/x",
                                    "ActionNames.member.1",
                                    "iam:ListUsers")
                            .code())
                    .isEqualTo("InvalidInput");
        }
    }

    @Test
    void a_role_shows_whom_it_trusts_and_that_is_who_may_assume_it() throws IOException {
        WorldOptions guarded = WorldOptions.DEFAULT.with(Consistency.IMMEDIATE).withExternalId("fern-42");
        try (Door door = new Door(DoorOptions.defaults(), guarded)) {
            Client member = door.client.as(Door.role(Door.MEMBER, "OrganizationAccountAccessRole"));
            door.world.management().putRole(SimRole.of("open").trusting(SimRole.ANYBODY));

            assertThat(trust(door, "keyturn-read"))
                    .isEqualTo(
                            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                                    + "[\"arn:aws:iam::111122223333:root\"]},\"Action\":\"sts:AssumeRole\",\"Condition\":"
                                    + "{\"StringEquals\":{\"sts:ExternalId\":\"fern-42\"}}}]}");
            assertThat(trust(door, "open")).contains("{\"AWS\":[\"*\"]}");
            assertThat(member.assume(Door.role(Door.HOME, "open")).status()).isEqualTo(200);
            assertThat(door.client.iam("GetRole", "RoleName", "none").code()).isEqualTo("NoSuchEntity");
        }
    }

    private static String trust(Door door, String role) throws IOException {
        Client.Answer answer = door.client.iam("GetRole", "RoleName", role);
        return URLDecoder.decode(answer.text("AssumeRolePolicyDocument"), StandardCharsets.UTF_8);
    }

    private static List<String> simulated(Door door, String arn) throws IOException {
        return door.client
                .iam("SimulatePrincipalPolicy", "PolicySourceArn", arn, "ActionNames.member.1", "iam:DeleteAccessKey")
                .texts("EvalDecision");
    }
}
