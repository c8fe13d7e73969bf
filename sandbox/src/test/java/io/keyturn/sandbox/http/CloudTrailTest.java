package io.keyturn.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.world.Caller;
import io.keyturn.sandbox.world.TrailSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events as CloudTrail tells them. */
class CloudTrailTest {
    private Door door;

    @BeforeEach
    void open() throws IOException {
        door = Door.prompt();
    }

    @AfterEach
    void close() {
        door.close();
    }

    /** Asked for a second after what was asked before: CloudTrail takes two calls in each. */
    private Client.Answer lookup(String json) throws IOException {
        door.wall.move(Duration.ofSeconds(1));
        return door.client.trail(json.replace('\'', '"'));
    }

    private Client.Answer by(String attribute, String value) throws IOException {
        return lookup("{'LookupAttributes':[{'AttributeKey':'" + attribute + "','AttributeValue':'" + value + "'}]}");
    }

    private static JsonNode record(Client.Answer answer) {
        return Json.read(answer.field("/Events/0/CloudTrailEvent"));
    }

    @Test
    void a_write_is_told_with_who_asked_and_what_came_of_it_but_without_the_secret() throws IOException {
        Client.Answer made = door.client.iam("CreateAccessKey", "UserName", "dora");

        Client.Answer told = by("ResourceName", "dora");

        assertThat(told.field("/Events/0/EventName")).isEqualTo("CreateAccessKey");
        assertThat(told.field("/Events/0/Username")).isEqualTo("administrator");
        assertThat(told.field("/Events/0/AccessKeyId")).isEqualTo(door.client.keyId);
        JsonNode record = record(told);
        assertThat(record.at("/eventTime").asString()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(record.at("/userIdentity/type").asString()).isEqualTo("IAMUser");
        assertThat(record.at("/requestParameters/userName").asString()).isEqualTo("dora");
        assertThat(record.path("userAgent").asString()).startsWith("Java-http-client/");
        assertThat(record.at("/responseElements/accessKey/accessKeyId").asString())
                .isEqualTo(made.text("AccessKeyId"));
        assertThat(told.body()).doesNotContain(made.text("SecretAccessKey"));
    }

    @Test
    void a_session_is_told_with_its_role_and_a_refused_call_with_its_error() throws IOException {
        Client reader = door.client.as(Door.role(Door.HOME, "keyturn-read"));
        reader.iam("DeleteAccessKey", "UserName", "dora", "AccessKeyId", "AKIAGONE");

        Client.Answer told = by("AccessKeyId", reader.keyId);

        assertThat(told.field("/Events/0/Username")).isEqualTo("test");
        JsonNode record = record(told);
        assertThat(record.at("/errorCode").asString()).isEqualTo("AccessDenied");
        assertThat(record.at("/userIdentity/sessionContext/sessionIssuer/arn").asString())
                .isEqualTo(Door.role(Door.HOME, "keyturn-read"));
        assertThat(record.at("/responseElements").isNull()).isTrue();
    }

    @Test
    void it_takes_two_calls_a_second_of_an_account() throws IOException {
        assertThat(door.client.trail("{}").status()).isEqualTo(200);
        assertThat(door.client.trail("{}").status()).isEqualTo(200);
        assertThat(door.client.trail("{}").code()).isEqualTo("ThrottlingException");
        assertThat(lookup("{}").status()).isEqualTo(200);
    }

    @Test
    void pages_follow_each_other_by_token_and_are_of_fifty_at_most() throws IOException {
        for (int i = 0; i < 3; i++) {
            door.client.iam("TagUser", "UserName", "dora", "Tags.member.1.Key", "n", "Tags.member.1.Value", "" + i);
        }
        String three = "{'LookupAttributes':[{'AttributeKey':'EventName','AttributeValue':'TagUser'}],'MaxResults':2";
        Client.Answer first = lookup(three + "}");
        Client.Answer second = lookup(three + ",'NextToken':'" + first.field("/NextToken") + "'}");

        assertThat(Json.read(first.body()).path("Events").size()).isEqualTo(2);
        assertThat(Json.read(second.body()).path("Events").size()).isEqualTo(1);
        assertThat(second.field("/NextToken")).isEmpty();
        assertThat(lookup("{'MaxResults':51}").code()).isEqualTo("InvalidMaxResultsException");
        assertThat(lookup("{'NextToken':'x'}").code()).isEqualTo("InvalidNextTokenException");
        assertThat(by("Colour", "red").code()).isEqualTo("InvalidLookupAttributesException");
    }

    @Test
    void events_end_after_ninety_days_and_lie_in_the_home_of_iam() throws IOException {
        door.client.iam("TagUser", "UserName", "dora", "Tags.member.1.Key", "n", "Tags.member.1.Value", "1");
        assertThat(by("ResourceName", "dora").field("/Events/0/EventName")).isEqualTo("TagUser");
        door.client.region = "eu-central-1";
        assertThat(by("ResourceName", "dora").field("/Events/0/EventName")).isEmpty();
        door.client.region = "us-east-1";
        door.wall.move(Duration.ofDays(91));
        assertThat(by("ResourceName", "dora").field("/Events/0/EventName")).isEmpty();
    }

    @Test
    void the_world_s_past_names_who_made_its_users_and_keys() throws IOException {
        Client.Answer told = by("EventName", "CreateAccessKey");

        assertThat(told.body()).contains("@fernhill.example", "AWSReservedSSO_AdministratorAccess_");
        assertThat(record(told).at("/responseElements/accessKey/accessKeyId").asString())
                .startsWith("AKIA");
    }

    @Test
    void an_event_tells_where_it_came_from_and_lies_in_the_region_where_it_happened() throws IOException {
        Caller dora = Objects.requireNonNull(door.world.caller(door.client.keyId, null, door.wall.instant()));
        door.world
                .trail()
                .record(
                        dora,
                        door.wall.instant(),
                        "ListBuckets",
                        Map.of(),
                        Map.of(),
                        null,
                        null,
                        new TrailSource("Boto3/1.40", "10.0.0.7", "eu-central-1", "vpce-1a2b3c4d"));

        assertThat(by("EventName", "ListBuckets").field("/Events/0/EventName")).isEmpty();
        door.client.region = "eu-central-1";
        JsonNode record = record(by("AccessKeyId", door.client.keyId));
        assertThat(record.path("userAgent").asString()).isEqualTo("Boto3/1.40");
        assertThat(record.path("sourceIPAddress").asString()).isEqualTo("10.0.0.7");
        assertThat(record.path("vpcEndpointId").asString()).isEqualTo("vpce-1a2b3c4d");
        assertThat(record.path("awsRegion").asString()).isEqualTo("eu-central-1");
    }
}
