package io.keyturn.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** IAM's quotas and refusals of writes. */
class QuotasTest {
    @Test
    void a_user_has_two_keys_and_the_third_is_refused() throws IOException {
        try (Door door = Door.prompt()) {
            door.client.iam("CreateAccessKey", "UserName", "dora");
            door.client.iam("CreateAccessKey", "UserName", "dora");

            Client.Answer third = door.client.iam("CreateAccessKey", "UserName", "dora");

            assertThat(third.status()).isEqualTo(409);
            assertThat(third.text("Message")).isEqualTo("Cannot exceed quota for AccessKeysPerUser: 2");
            assertThat(door.keys()).isEqualTo(2);
            assertThat(door.client.iam("DeleteUser", "UserName", "dora").code()).isEqualTo("DeleteConflict");
        }
    }

    @Test
    void a_user_has_fifty_tags_of_at_most_256_characters() throws IOException {
        try (Door door = Door.prompt()) {
            List<String> parameters = new ArrayList<>(List.of("UserName", "dora"));
            for (int i = 1; i <= 50; i++) {
                parameters.addAll(List.of("Tags.member." + i + ".Key", "k" + i, "Tags.member." + i + ".Value", "v"));
            }

            Client.Answer tooMany = door.client.iam("TagUser", parameters.toArray(String[]::new));
            Client.Answer tooLong = door.client.iam(
                    "TagUser", "UserName", "dora", "Tags.member.1.Key", "k", "Tags.member.1.Value", "v".repeat(257));

            assertThat(tooMany.text("Message")).isEqualTo("Cannot exceed quota for TagsPerUser: 50");
            assertThat(tooLong.code()).isEqualTo("ValidationError");
            assertThat(door.client
                            .iam("UntagUser", "UserName", "dora", "TagKeys.member.1", "team")
                            .status())
                    .isEqualTo(200);
            assertThat(door.client.iam("ListUserTags", "UserName", "dora").texts("Key"))
                    .isEmpty();
        }
    }

    @Test
    void names_are_checked_and_taken_once() throws IOException {
        try (Door door = Door.prompt()) {
            assertThat(door.client.iam("CreateUser", "UserName", "dora").code()).isEqualTo("EntityAlreadyExists");
            assertThat(door.client.iam("CreateUser", "UserName", "a b").code()).isEqualTo("ValidationError");
            assertThat(door.client.iam("CreateUser").text("Message"))
                    .isEqualTo("1 validation error detected: Value null at &apos;UserName&apos; failed to satisfy"
                                    .replace("&apos;", "'")
                            + " constraint: Member must not be null");
            assertThat(door.client.iam("ListAccessKeys", "UserName", "nobody").code())
                    .isEqualTo("NoSuchEntity");
            assertThat(door.client
                            .iam("GetAccessKeyLastUsed", "AccessKeyId", "AKIA0000000000000000")
                            .code())
                    .isEqualTo("AccessDenied");
            assertThat(door.client.iam("MakeTea").code()).isEqualTo("InvalidAction");
        }
    }

    @Test
    void asking_for_a_report_too_often_is_refused_where_a_fault_says_so() throws IOException {
        Fault often = Fault.nth(1, "GenerateCredentialReport", Fate.Kind.LIMIT_EXCEEDED);
        try (Door door = Door.prompt(DoorOptions.defaults().with(often))) {
            assertThat(door.client.iam("GetCredentialReport").code()).isEqualTo("ReportNotPresent");
            assertThat(door.client.iam("GenerateCredentialReport").code()).isEqualTo("LimitExceeded");
            assertThat(door.client.iam("GenerateCredentialReport").text("State"))
                    .isEqualTo("STARTED");
            assertThat(door.client.iam("GenerateCredentialReport").text("State"))
                    .isEqualTo("COMPLETE");
            door.server.clock().move(Duration.ofHours(4));
            assertThat(door.client.iam("GetCredentialReport").code()).isEqualTo("ReportExpired");
            assertThat(door.client.iam("GetCredentialReport").status()).isEqualTo(410);
        }
    }
}
