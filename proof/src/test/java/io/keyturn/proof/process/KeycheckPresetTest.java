package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.proof.moto.AgedMoto;
import io.keyturn.proof.moto.AgedMoto.Person;
import io.keyturn.proof.process.Tool.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keyturn in the place of keycheck, in its users' environment, as a whole process or within this one, on moto. */
@Timeout(180)
class KeycheckPresetTest {
    private static final String ACCOUNT = "lacework-devtest";

    @TempDir
    private Path home;

    private AgedMoto moto;
    private Between aws;
    private SlackAndJira services;
    private Tool tool;
    private Map<String, String> keys;
    private Pings pings;

    private static Instant old(int days) {
        return Instant.now().minus(Duration.ofDays(days)).minus(Duration.ofHours(1));
    }

    @BeforeEach
    void open() throws Exception {
        moto = AgedMoto.start(
                Person.of("dev_alice", AgedMoto.key(old(197), true)),
                Person.of("bob", AgedMoto.key(old(170), true)),
                Person.of("carl", AgedMoto.key(old(3), true)),
                Person.of("dora", AgedMoto.key(old(400), false)),
                Person.of("prod", AgedMoto.key(old(300), true)));
        aws = new Between(moto.environment().get("AWS_ENDPOINT_URL"));
        services = new SlackAndJira();
        keys = new TreeMap<>();
        moto.python("""
                iam = boto3.client("iam")
                for user in iam.list_users()["Users"]:
                    for key in iam.list_access_keys(UserName=user["UserName"])["AccessKeyMetadata"]:
                        print(user["UserName"], key["AccessKeyId"])
                import credstash
                kms = boto3.client("kms")
                key = kms.create_key()["KeyMetadata"]["KeyId"]
                kms.create_alias(AliasName="alias/credstash", TargetKeyId=key)
                boto3.client("dynamodb").create_table(TableName="credential-store", BillingMode="PAY_PER_REQUEST",
                    KeySchema=[{"AttributeName": "name", "KeyType": "HASH"}, {"AttributeName": "version", "KeyType": "RANGE"}],
                    AttributeDefinitions=[{"AttributeName": "name", "AttributeType": "S"},
                                          {"AttributeName": "version", "AttributeType": "S"}])
                for name, value in (("slack.token", "%s"), ("jira.email", "%s"), ("jira.token", "%s")):
                    credstash.putSecret(name, value, version="1".zfill(19), region="us-east-1")
                """.formatted(SlackAndJira.SLACK_TOKEN, SlackAndJira.JIRA_EMAIL, SlackAndJira.JIRA_TOKEN))
                .lines()
                .forEach(line -> keys.put(line.split(" ")[0], line.split(" ")[1]));
        pings = new Pings(moto, keys);
        Path profiles = Files.writeString(home.resolve("aws-config"), """
                [profile %s]
                aws_access_key_id = AKIATESTTESTTESTTEST
                aws_secret_access_key = secret
                [profile state]
                aws_access_key_id = AKIASTATESTATESTATES
                aws_secret_access_key = secret
                """.formatted(ACCOUNT));
        Path mapping = Files.writeString(home.resolve("slack_ID_mapping.py"), """
                # who is who
                mapping = {"dev_alice": "U123", "bob": "U0BOB", "dora": "U0DORA", "carl": "U0CARL"}
                """);
        tool = new Tool(home)
                .inside()
                .with("KEYTURN_SLACK_MAPPING", mapping.toString())
                .with("AWS_CONFIG_FILE", profiles.toString())
                .with("AWS_ENDPOINT_URL", aws.url())
                .with("AWS_REGION", "us-east-1")
                .with("KEYTURN_SLACK_API_URL", services.url() + "/api/")
                .with("KEYTURN_ALLOW_LOOPBACK", "1");
        Map.of(
                        "send_slack", "True",
                        "create_jira", "True",
                        "dump_metric_to_console", "True",
                        "disable_key", "True",
                        "jira_server_address", services.url(),
                        "jira_project_key", "OPS",
                        "credstash_aws_profile_name", "state",
                        "credstash_region", "us-east-1",
                        "aws_dynamodb_profile_name", "state",
                        "aws_dynamodb_region", "us-east-1")
                .forEach(tool::with);
        Map.of(
                        "credstash_keyname_atlassian_api_email", "jira.email",
                        "credstash_keyname_atlassian_api_token", "jira.token",
                        "credstash_keyname_slack_api_token", "slack.token")
                .forEach(tool::with);
    }

    @AfterEach
    void close() throws Exception {
        aws.close();
        services.close();
        moto.close();
    }

    private Ended run() throws Exception {
        return tool.run("run", "--preset", "keycheck", ACCOUNT);
    }

    private String five(String user) {
        String key = keys.get(user);
        return key.substring(key.length() - 5);
    }

    private String line(String user, String status, int age) {
        return "iam,name=" + user + ",key=" + five(user) + ",status=" + status + ",accountAlias=" + ACCOUNT + " age="
                + age;
    }

    private List<String> metrics() {
        return List.of(
                line("bob", "expiring", 170),
                line("carl", "ok", 3),
                line("dev_alice", "disabled", 197),
                line("dora", "disabled", 400),
                line("prod", "disabled", 300));
    }

    private List<String> told() {
        return services.messages.stream()
                .map(message -> message.path("channel").asString())
                .sorted()
                .toList();
    }

    /** Keys that are switched off, by their users. */
    private String off() throws Exception {
        return moto.python("""
                iam = boto3.client("iam")
                for user in iam.list_users()["Users"]:
                    for key in iam.list_access_keys(UserName=user["UserName"])["AccessKeyMetadata"]:
                        if key["Status"] != "Active":
                            print(user["UserName"], end=" ")
                """).strip();
    }

    @Test
    void owners_are_told_tickets_filed_and_expired_keys_switched_off_once() throws Exception {
        tool.apart().without("KEYTURN_SLACK_MAPPING");
        Ended ended = run();

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out().lines()).containsExactlyInAnyOrderElementsOf(metrics());
        assertThat(told()).containsExactly("U0BOB", "U123");
        assertThat(services.tickets).hasSize(3);
        assertThat(off()).isEqualTo("dev_alice dora");
        assertThat(pings.rows("iam_access_key_alert"))
                .satisfiesExactly(
                        bob -> assertThat(bob).startsWith("bob "),
                        alice -> assertThat(alice).startsWith("dev_alice "));
        assertThat(ended.err()).doesNotContain("canary");

        Ended again = run();

        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out().lines()).containsExactlyInAnyOrderElementsOf(metrics());
        assertThat(told()).containsExactly("U0BOB", "U123");
        assertThat(services.tickets).hasSize(3);
        assertThat(pings.rows("iam_access_key_alert")).hasSize(2);
        assertThat(aws.operations().stream().filter("UpdateAccessKey"::equals)).hasSize(1);
    }

    @Test
    void a_message_says_what_the_tool_said_and_names_the_ticket() throws Exception {
        run();

        JsonNode message = services.messages.stream()
                .filter(one -> one.path("channel").asString().equals("U123"))
                .findFirst()
                .orElseThrow();
        JsonNode ticket = services.tickets.stream()
                .filter(one -> one.at("/fields/description").asString().contains(keys.get("dev_alice")))
                .findFirst()
                .orElseThrow();
        String expired = old(197).plus(Duration.ofDays(180)).toString().substring(0, 10);
        assertThat(message.path("text").asString())
                .contains(
                        "ending in " + five("dev_alice"), "dev_alice", "197 days old", "expired on " + expired, ACCOUNT)
                .contains("/browse/" + ticket.path("key").asString());
        assertThat(SlackAndJira.text(message))
                .contains("aws iam create-access-key --user-name dev_alice")
                .contains("aws iam update-access-key --user-name dev_alice --access-key-id " + keys.get("dev_alice")
                        + " --status Inactive")
                .contains("aws iam delete-access-key --user-name dev_alice --access-key-id " + keys.get("dev_alice"));
        assertThat(ticket.at("/fields/summary").asString()).contains(five("dev_alice"), "dev_alice");
        assertThat(ticket.at("/fields/description").asString())
                .contains("****" + five("dev_alice"), "dev_alice", ACCOUNT, expired);
    }

    @Test
    void who_was_told_by_the_tool_within_a_day_is_not_told_again_and_who_longer_ago_is() throws Exception {
        pings.toldBefore("iam-access-key-alert", "bob", Duration.ofHours(23));
        pings.toldBefore("iam-access-key-alert", "dev_alice", Duration.ofHours(90));
        pings.toldBefore("iam-access-key-alert", "dev_alice", Duration.ofHours(25));

        Ended ended = run();

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(told()).containsExactly("U123");
        assertThat(pings.rows("iam-access-key-alert")).hasSize(4);
        assertThat(pings.tables()).as("the table that is there is used").doesNotContain("iam_access_key_alert");
    }

    @Test
    void the_tool_can_take_over_again_and_finds_in_the_table_whom_keyturn_told() throws Exception {
        run();

        // What the tool asks before it tells somebody, and how it writes down that it did.
        assertThat(moto.python("""
                import datetime
                table = boto3.client("dynamodb")
                def hours(key):
                    rows = table.query(TableName="iam_access_key_alert", KeyConditionExpression="iam_access_key_id = :k",
                                       ExpressionAttributeValues={":k": {"S": key}})["Items"]
                    last = datetime.datetime.strptime(rows[-1]["last_pinged_time"]["S"], "%%Y-%%m-%%d %%H:%%M:%%S")
                    return (datetime.datetime.utcnow() - last).total_seconds() // 3600
                print(hours("%s"), hours("%s"))
                now = datetime.datetime.utcnow().strftime("%%Y-%%m-%%d %%H:%%M:%%S")
                table.put_item(TableName="iam_access_key_alert",
                               Item={"iam_access_key_id": {"S": "%s"}, "last_pinged_time": {"S": now}})
                """.formatted(keys.get("bob"), keys.get("dev_alice"), keys.get("carl"))))
                .isEqualTo("0.0 0.0\n");
        tool.with("expire_age", "4");
        services.messages.clear();
        assertThat(run().exit()).isZero();
        assertThat(told())
                .as("neither whom it told itself, nor carl, whom the tool told")
                .isEmpty();
    }

    @Test
    void a_message_that_slack_refuses_leaves_no_row_and_is_sent_the_next_time() throws Exception {
        services.slackSays("channel_not_found");

        Ended ended = run();

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out().lines()).containsExactlyInAnyOrderElementsOf(metrics());
        assertThat(ended.said()).contains("channel_not_found");
        assertThat(pings.rows("iam_access_key_alert")).isEmpty();
        services.slackSays("");
        assertThat(run().exit()).isZero();
        assertThat(told()).containsExactly("U0BOB");
    }

    @Test
    void where_the_table_cannot_be_written_nobody_is_told_and_no_key_is_cut() throws Exception {
        aws.refuse("UpdateItem");
        aws.refuse("PutItem");

        Ended ended = run();

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out().lines()).containsExactlyInAnyOrderElementsOf(metrics());
        assertThat(told()).isEmpty();
        assertThat(off()).isEqualTo("dora");
        assertThat(ended.said()).contains("could not write down whom it is about to tell", "dynamodb:PutItem");
    }

    @Test
    void where_the_table_cannot_be_read_nothing_is_done_and_the_metrics_are_whole() throws Exception {
        pings.toldBefore("iam_access_key_alert", "bob", Duration.ofHours(23));
        aws.refuse("Query", "iam_access_key_alert");

        Ended ended = run();

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out().lines()).containsExactlyInAnyOrderElementsOf(metrics());
        assertThat(told()).isEmpty();
        assertThat(services.tickets).isEmpty();
        assertThat(off()).isEqualTo("dora");
        assertThat(ended.said()).contains("everything is stopped: could not read when owners were told");
    }

    @Test
    void a_table_of_another_shape_is_refused_in_words() throws Exception {
        moto.python("""
                boto3.client("dynamodb").create_table(TableName="iam_access_key_alert", BillingMode="PAY_PER_REQUEST",
                    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
                """);

        Ended ended = run();

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(told()).isEmpty();
        assertThat(ended.said()).contains("the table is of another shape: keycheck's has the partition key");
    }

    @Test
    void a_user_that_cannot_be_read_holds_up_nobody_and_every_page_is_read() throws Exception {
        aws.pages(2);
        aws.refuse("Action=ListAccessKeys", "UserName=bob");

        Ended ended = run();

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out().lines())
                .containsExactlyInAnyOrderElementsOf(metrics().subList(1, 5));
        assertThat(told()).containsExactly("U123");
        assertThat(off()).isEqualTo("dev_alice dora");
        assertThat(ended.said()).contains("no line for bob");
    }

    @Test
    void it_needs_no_more_permissions_than_the_tool_and_one_call_a_user() throws Exception {
        aws.refuse("Action=GetAccessKeyLastUsed");
        aws.refuse("Action=GetAccountSummary");
        aws.refuse("Action=ListUserTags");
        aws.refuse("Action=GetUser");

        Ended ended = run();

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(told()).containsExactly("U0BOB", "U123");
        assertThat(off()).isEqualTo("dev_alice dora");
        aws.calls.clear();
        tool.with("create_jira", "False").with("disable_key", "False");
        run();
        assertThat(aws.operations().stream()
                        .filter(call -> call.startsWith("List"))
                        .sorted())
                .containsExactly(
                        "ListAccessKeys",
                        "ListAccessKeys",
                        "ListAccessKeys",
                        "ListAccessKeys",
                        "ListAccessKeys",
                        "ListTables",
                        "ListUsers");
    }

    @Test
    void a_ticket_of_the_tool_that_is_open_is_found_and_one_about_another_user_is_not_taken_for_it() throws Exception {
        String open = services.filedByTheTool("dev_alice", five("dev_alice"), "To Do");
        services.filedByTheTool("eve", five("bob"), "To Do");
        services.filedByTheTool("prod", five("prod"), "Closed");

        assertThat(run().exit()).isZero();

        assertThat(services.tickets).as("new ones for bob and prod").hasSize(5);
        assertThat(services.messages.stream().map(SlackAndJira::text))
                .anyMatch(text -> text.contains("browse/" + open));
    }

    @Test
    void a_dry_run_and_a_stop_only_read() throws Exception {
        Ended dry = tool.run("run", "--preset", "keycheck", "--dry-run", ACCOUNT);

        assertThat(dry.exit()).as(dry.err()).isZero();
        assertThat(dry.out().lines()).containsExactlyInAnyOrderElementsOf(metrics());
        assertThat(dry.said())
                .contains(
                        "would tell U123 of the key ending in " + five("dev_alice") + " of dev_alice",
                        "would switch off the key ending in " + five("dev_alice") + " of dev_alice",
                        "would file a ticket about the key ending in " + five("prod") + " of prod");
        Ended stopped = tool.with("KEYTURN_STOP", "1").run("run", "--preset", "keycheck", ACCOUNT);
        assertThat(stopped.exit()).isEqualTo(3);
        assertThat(stopped.out().lines()).containsExactlyInAnyOrderElementsOf(metrics());
        assertThat(told()).isEmpty();
        assertThat(services.tickets).isEmpty();
        assertThat(services.searches).isEmpty();
        assertThat(off()).isEqualTo("dora");
        assertThat(pings.tables()).isEqualTo("credential-store");
    }

    @Test
    void nothing_but_metrics_needs_no_secret_no_table_and_no_home() throws Exception {
        tool.with("HOME", "/proc/nowhere");
        for (String off : List.of("send_slack", "create_jira", "disable_key")) {
            tool.with(off, "");
        }

        Ended ended = run();

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().lines()).containsExactlyInAnyOrderElementsOf(metrics());
        assertThat(aws.operations()).doesNotContain("Query", "ListTables", "GetUser");
    }

    @Test
    void a_profile_that_is_a_role_is_assumed_where_the_environment_says() throws Exception {
        Path profiles = Files.writeString(home.resolve("roles"), """
                [profile %s]
                role_arn = arn:aws:iam::123456789012:role/keycheck
                credential_source = Environment
                """.formatted(ACCOUNT));
        for (String off : List.of("send_slack", "create_jira", "disable_key", "AWS_REGION")) {
            tool.with(off, "");
        }
        tool.with("AWS_CONFIG_FILE", profiles.toString()).with("AWS_DEFAULT_REGION", "us-east-1");

        Ended ended = tool.apart()
                .with("AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST")
                .with("AWS_SECRET_ACCESS_KEY", "secret")
                .run("run", "--preset", "keycheck", ACCOUNT);

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out().lines()).containsExactlyInAnyOrderElementsOf(metrics());
        assertThat(aws.operations()).contains("AssumeRole");
    }

    @Test
    void a_comparison_reads_the_table_and_the_keys_and_changes_and_sends_nothing() throws Exception {
        pings.toldBefore("iam_access_key_alert", "dev_alice", Duration.ofHours(2));
        pings.toldBefore("iam_access_key_alert", "carl", Duration.ofHours(3));

        Ended ended = tool.run("run", "--preset", "keycheck", "--compare", ACCOUNT);

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out())
                .startsWith("Keyturn beside keycheck: 3 differ, 2 the same, of 5 keys\n")
                .contains(
                        "· tell\n  keycheck  told its owner 3 hours ago\n  keyturn   says nothing: 3 days old, told of from 165",
                        "· tell\n  keycheck  no row tells that it told anybody\n  keyturn   tells its owner: 170 days old",
                        "· deactivate\n  keycheck  left it on\n  keyturn   switches it off: 197 days old, limit 180");
        assertThat(aws.operations()).noneMatch(call -> call.matches("(Put|Update|Delete|Create|Tag).*"));
        assertThat(services.messages).isEmpty();
        assertThat(services.searches).isEmpty();
        assertThat(pings.rows("iam_access_key_alert")).hasSize(2);
    }
}
