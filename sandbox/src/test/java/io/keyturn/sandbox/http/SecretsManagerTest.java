package io.keyturn.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimRole;
import io.keyturn.sandbox.world.WorldOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets as Secrets Manager keeps them. */
class SecretsManagerTest {
    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);
    private static final String THREE = "3".repeat(32);

    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.prompt();
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Client.Answer call(String action, String json) throws IOException {
        return door.client.secrets(action, json.replace('\'', '"'));
    }

    private Client.Answer create() throws IOException {
        return call("CreateSecret", "{'Name':'keyturn/dora','SecretString':'a','ClientRequestToken':'" + ONE + "'}");
    }

    private Client.Answer put(String token, String value, String stages) throws IOException {
        return call(
                "PutSecretValue",
                "{'SecretId':'keyturn/dora','SecretString':'" + value + "','ClientRequestToken':'" + token + "'"
                        + stages + "}");
    }

    private Client.Answer value(String more) throws IOException {
        return call("GetSecretValue", "{'SecretId':'keyturn/dora'" + more + "}");
    }

    @Test
    void a_secret_is_found_by_name_and_by_arn_with_and_without_its_letters() throws IOException {
        String arn = create().field("/ARN");

        assertThat(arn).matches("arn:aws:secretsmanager:us-east-1:111122223333:secret:keyturn/dora-\\w{6}");
        for (String id : new String[] {"keyturn/dora", arn, arn.substring(0, arn.length() - 7)}) {
            assertThat(call("GetSecretValue", "{'SecretId':'" + id + "'}").field("/SecretString"))
                    .as(id)
                    .isEqualTo("a");
        }
        Client.Answer other = call("GetSecretValue", "{'SecretId':'" + arn.substring(0, arn.length() - 1) + "_'}");
        assertThat(other.code()).isEqualTo("ResourceNotFoundException");
        assertThat(value(",'VersionStage':'AWSPENDING'").field("/message"))
                .isEqualTo("Secrets Manager can't find the specified secret value for staging label: AWSPENDING");
    }

    @Test
    void what_is_current_becomes_the_previous_one() throws IOException {
        create();

        assertThat(put(TWO, "b", ",'VersionStages':['AWSPENDING']").field("/VersionStages/0"))
                .isEqualTo("AWSPENDING");
        assertThat(value("").field("/SecretString")).isEqualTo("a");
        call(
                "UpdateSecretVersionStage",
                "{'SecretId':'keyturn/dora','VersionStage':'AWSCURRENT','MoveToVersionId':'" + TWO
                        + "','RemoveFromVersionId':'" + ONE + "'}");
        assertThat(value("").field("/SecretString")).isEqualTo("b");
        assertThat(value(",'VersionStage':'AWSPREVIOUS'").field("/SecretString"))
                .isEqualTo("a");
        put(THREE, "c", "");
        assertThat(value("").field("/SecretString")).isEqualTo("c");
        assertThat(value(",'VersionStage':'AWSPREVIOUS'").field("/SecretString"))
                .isEqualTo("b");

        Client.Answer all = call("ListSecretVersionIds", "{'SecretId':'keyturn/dora','IncludeDeprecated':true}");
        assertThat(all.field("/Versions/0/VersionId")).as("deprecated").isEqualTo(ONE);
        assertThat(call("ListSecretVersionIds", "{'SecretId':'keyturn/dora'}").field("/Versions/0/VersionId"))
                .isEqualTo(TWO);
    }

    @Test
    void the_first_value_is_current_whatever_labels_are_asked_for() throws IOException {
        call("CreateSecret", "{'Name':'keyturn/dora'}");

        put(ONE, "a", ",'VersionStages':['AWSPENDING']");

        assertThat(value("").field("/SecretString")).isEqualTo("a");
    }

    @Test
    void a_label_leaves_only_the_version_that_is_named() throws IOException {
        create();
        put(TWO, "b", ",'VersionStages':['AWSPENDING']");

        String move = "{'SecretId':'keyturn/dora','VersionStage':'AWSCURRENT','MoveToVersionId':'" + TWO + "'}";
        assertThat(call("UpdateSecretVersionStage", move).field("/message"))
                .startsWith("The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently"
                        + " attached to version " + ONE);
        String remove = "{'SecretId':'keyturn/dora','VersionStage':'%s','RemoveFromVersionId':'" + TWO + "'}";
        assertThat(call("UpdateSecretVersionStage", remove.formatted("AWSPENDING"))
                        .status())
                .isEqualTo(200);
        assertThat(call("UpdateSecretVersionStage", remove.formatted("AWSPENDING"))
                        .code())
                .isEqualTo("InvalidParameterException");
        assertThat(value(",'VersionId':'" + TWO + "'").field("/SecretString")).isEqualTo("b");
    }

    @Test
    void the_same_token_and_value_again_change_nothing_and_another_value_is_refused() throws IOException {
        create();

        assertThat(create().field("/VersionId")).isEqualTo(ONE);
        assertThat(put(TWO, "b", "").status()).isEqualTo(200);
        put(THREE, "c", "");
        assertThat(put(TWO, "b", "").status()).isEqualTo(200);
        assertThat(value("").field("/SecretString")).as("nothing moved").isEqualTo("c");
        assertThat(put(TWO, "d", "").code()).isEqualTo("ResourceExistsException");
        assertThat(call("CreateSecret", "{'Name':'keyturn/dora'}").field("/message"))
                .isEqualTo("The operation failed because the secret keyturn/dora already exists.");
    }

    @Test
    void a_secret_marked_for_deletion_can_be_brought_back_until_it_is_gone() throws IOException {
        create();
        assertThat(call("DeleteSecret", "{'SecretId':'keyturn/dora','RecoveryWindowInDays':6}")
                        .code())
                .isEqualTo("InvalidParameterException");

        call("DeleteSecret", "{'SecretId':'keyturn/dora','RecoveryWindowInDays':7}");
        assertThat(value("").code()).isEqualTo("InvalidRequestException");
        assertThat(call("CreateSecret", "{'Name':'keyturn/dora'}").field("/message"))
                .contains("already scheduled for deletion");
        assertThat(call("DescribeSecret", "{'SecretId':'keyturn/dora'}").field("/DeletedDate"))
                .isNotEmpty();
        call("RestoreSecret", "{'SecretId':'keyturn/dora'}");
        assertThat(value("").status()).isEqualTo(200);

        call("DeleteSecret", "{'SecretId':'keyturn/dora','RecoveryWindowInDays':7}");
        door.server.clock().move(Duration.ofDays(7));
        assertThat(call("RestoreSecret", "{'SecretId':'keyturn/dora'}").code()).isEqualTo("ResourceNotFoundException");
        assertThat(create().status()).isEqualTo(200);
    }

    @Test
    void names_and_tokens_are_refused_as_aws_refuses_them() throws IOException {
        assertThat(call("CreateSecret", "{'Name':'a,b'}").code()).isEqualTo("ValidationException");
        assertThat(call("CreateSecret", "{'Name':'ab','SecretString':'a','ClientRequestToken':'short'}")
                        .code())
                .isEqualTo("InvalidParameterException");
        assertThat(call("RotateSecret", "{}").code()).isEqualTo("UnknownOperationException");
    }

    @Test
    void a_policy_of_the_secret_lets_readers_in_and_keeps_an_administrator_out() throws IOException {
        create();
        door.world.management().putRole(SimRole.of("web", PolicyDocument.allow(List.of("sqs:*"), "*")));
        String web = Door.role(Door.HOME, "web");
        String policy = """
                {"Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"secretsmanager:GetSecretValue",
                "Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"secretsmanager:GetSecretValue",
                "Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":["%s"]}}}]}""".formatted(web, web);
        String quoted = policy.replace("\n", "").replace("\"", "\\\"");
        assertThat(door.client
                        .secrets(
                                "PutResourcePolicy",
                                "{\"SecretId\":\"keyturn/dora\",\"ResourcePolicy\":\"" + quoted + "\"}")
                        .status())
                .isEqualTo(200);

        assertThat(door.client
                        .as(web)
                        .secrets("GetSecretValue", "{\"SecretId\":\"keyturn/dora\"}")
                        .field("/SecretString"))
                .isEqualTo("a");
        assertThat(door.client
                        .as(web)
                        .secrets("DescribeSecret", "{\"SecretId\":\"keyturn/dora\"}")
                        .code())
                .isEqualTo("AccessDeniedException");
        assertThat(value("").field("/message")).endsWith("with an explicit deny in a resource-based policy");
        assertThat(call("GetResourcePolicy", "{'SecretId':'keyturn/dora'}").field("/ResourcePolicy"))
                .contains(web);
        call("DeleteResourcePolicy", "{'SecretId':'keyturn/dora'}");
        assertThat(value("").status()).isEqualTo(200);
    }

    @Test
    void a_policy_that_names_nobody_there_is_refused() throws IOException {
        create();

        Client.Answer refused = call(
                "PutResourcePolicy",
                "{'SecretId':'keyturn/dora','ResourcePolicy':'{\\'Statement\\':{\\'Effect\\':\\'Allow\\',"
                        + "\\'Principal\\':{\\'AWS\\':\\'arn:aws:iam::111122223333:role/nobody\\'},"
                        + "\\'Action\\':\\'*\\',\\'Resource\\':\\'*\\'}}'}");

        assertThat(refused.code()).isEqualTo("MalformedPolicyDocumentException");
        assertThat(refused.field("/message")).contains("unsupported principal").endsWith("role/nobody");
    }

    @Test
    void another_account_reads_where_both_sides_allow_it() throws IOException {
        String arn = create().field("/ARN");
        SimRole reader = SimRole.of("reader", PolicyDocument.allow(List.of("secretsmanager:GetSecretValue"), "*"));
        door.world
                .account(Door.MEMBER)
                .putRole(new SimRole(reader.name(), reader.policies(), Set.of(Door.HOME), null, reader.longest()));
        Client member = door.client.as(Door.role(Door.MEMBER, "reader"));
        String ask = "{\"SecretId\":\"" + arn + "\"}";

        assertThat(member.secrets("GetSecretValue", ask).field("/message"))
                .endsWith("because no resource-based policy allows the secretsmanager:GetSecretValue action");
        call(
                "PutResourcePolicy",
                "{'SecretId':'keyturn/dora','ResourcePolicy':'{\\'Statement\\':{\\'Effect\\':\\'Allow\\',"
                        + "\\'Principal\\':{\\'AWS\\':\\'arn:aws:iam::" + Door.MEMBER + ":root\\'},"
                        + "\\'Action\\':\\'secretsmanager:GetSecretValue\\',\\'Resource\\':\\'*\\'}}'}");
        assertThat(member.secrets("GetSecretValue", ask).field("/SecretString")).isEqualTo("a");
    }

    @Test
    void faults_strike_it_as_any_other_call() throws IOException {
        door.close();
        WorldOptions late = WorldOptions.DEFAULT.with(Consistency.STALE_ON_DEMAND);
        door = new Door(
                DoorOptions.defaults()
                        .with(
                                Fault.nth(1, "CreateSecret", Fate.Kind.ERROR_AFTER),
                                Fault.nth(1, "GetSecretValue", Fate.Kind.ACCESS_DENIED),
                                Fault.nth(2, "GetSecretValue", Fate.Kind.STALE)),
                late);

        assertThat(create().status()).isEqualTo(500);
        assertThat(value("").code()).isEqualTo("AccessDeniedException");
        assertThat(value("").code()).as("as old as it may be").isEqualTo("ResourceNotFoundException");
        assertThat(value("").field("/SecretString")).isEqualTo("a");
    }
}
