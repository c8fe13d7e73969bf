package io.keyturn.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.WorldOptions;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    @ParameterizedTest
    @CsvSource({
        "ACCESS_DENIED, 403, AccessDenied, 0",
        "THROTTLED, 400, Throttling, 0",
        "LIMIT_EXCEEDED, 409, LimitExceeded, 0",
        "ERROR_BEFORE, 500, ServiceFailure, 0",
        "ERROR_AFTER, 500, ServiceFailure, 1",
        "SLOW, 200, '', 1",
    })
    void a_call_that_is_answered_took_effect_or_not_as_its_fault_says(Fate.Kind kind, int status, String code, int keys)
            throws IOException {
        Fault fault = new Fault("iam", "CreateAccessKey", null, null, new Fate(kind, Duration.ofMillis(1)), 1, 1);
        try (Door door = Door.prompt(DoorOptions.defaults().with(fault))) {
            Client.Answer answer = door.client.iam("CreateAccessKey", "UserName", "dora");

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.code()).isEqualTo(code);
            assertThat(door.keys()).isEqualTo(keys);
            assertThat(door.client.iam("CreateAccessKey", "UserName", "dora").status())
                    .as("the fault strikes once")
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"DROPPED_BEFORE, 0", "DROPPED_AFTER, 1", "LATE_LANDING, 0"})
    void a_call_whose_connection_breaks_took_effect_or_not_as_its_fault_says(Fate.Kind kind, int keys)
            throws IOException {
        try (Door door = Door.prompt(DoorOptions.defaults().with(Fault.nth(1, "CreateAccessKey", kind)))) {
            assertThatThrownBy(() -> door.client.iam("CreateAccessKey", "UserName", "dora"))
                    .isInstanceOf(IOException.class);

            assertThat(door.keys()).isEqualTo(keys);
        }
    }

    @Test
    void a_late_call_lands_when_its_time_has_come_and_not_before() throws IOException {
        Fault late = Fault.nth(1, "CreateAccessKey", Fate.Kind.LATE_LANDING);
        try (Door door = Door.prompt(DoorOptions.defaults().with(late))) {
            assertThatThrownBy(() -> door.client.iam("CreateAccessKey", "UserName", "dora"))
                    .isInstanceOf(IOException.class);

            door.server.clock().move(Fault.AFTER.minusMillis(1));
            assertThat(listed(door)).isZero();
            door.server.clock().move(Duration.ofMillis(1));
            assertThat(listed(door)).isOne();
        }
    }

    @Test
    void a_role_an_account_and_a_call_can_be_singled_out() throws IOException {
        Fault ofRole = Fault.always("ListUsers", Fate.Kind.ACCESS_DENIED).ofRole("keyturn-read");
        Fault ofAccount = new Fault("GetUser", Door.MEMBER, Fate.Kind.THROTTLED, 2, 1);
        try (Door door = Door.prompt(DoorOptions.defaults().with(ofRole, ofAccount))) {
            Client reader = door.client.as(Door.role(Door.HOME, "keyturn-read"));
            Client member = door.client.as(Door.role(Door.MEMBER, "keyturn-act"));

            assertThat(door.client.iam("ListUsers").status()).isEqualTo(200);
            assertThat(reader.iam("ListUsers").code()).isEqualTo("AccessDenied");
            assertThat(reader.iam("GetUser", "UserName", "dora").status()).isEqualTo(200);
            assertThat(reader.iam("GetUser", "UserName", "dora").status()).isEqualTo(200);
            assertThat(member.iam("GetUser", "UserName", "nobody").code()).isEqualTo("NoSuchEntity");
            assertThat(member.iam("GetUser", "UserName", "nobody").code()).isEqualTo("Throttling");
            assertThat(member.iam("GetUser", "UserName", "nobody").code()).isEqualTo("NoSuchEntity");
        }
    }

    @Test
    void json_services_have_their_own_names_for_the_same_errors() throws IOException {
        Fault throttled = Fault.nth(1, "ListAccounts", Fate.Kind.THROTTLED);
        Fault denied = Fault.nth(2, "ListAccounts", Fate.Kind.ACCESS_DENIED);
        try (Door door = Door.prompt(DoorOptions.defaults().with(throttled, denied))) {
            assertThat(door.client.organizations("ListAccounts", "{}").code()).isEqualTo("TooManyRequestsException");
            assertThat(door.client.organizations("ListAccounts", "{}").code()).isEqualTo("AccessDeniedException");
            assertThat(door.client.organizations("ListAccounts", "{}").status()).isEqualTo(200);
        }
    }

    @Test
    void a_read_can_be_made_stale_and_a_page_empty_or_short() throws IOException {
        Fault stale = Fault.nth(1, "ListAccessKeys", Fate.Kind.STALE);
        Fault empty = Fault.nth(1, "ListUsers", Fate.Kind.EMPTY_PAGE);
        Fault cut = Fault.nth(2, "ListUsers", Fate.Kind.SHORT_PAGE);
        try (Door door = new Door(
                DoorOptions.defaults().with(stale, empty, cut),
                WorldOptions.DEFAULT.with(Consistency.STALE_ON_DEMAND))) {
            door.client.iam("CreateAccessKey", "UserName", "dora");

            assertThat(listed(door)).as("told of the time before").isZero();
            assertThat(listed(door)).isOne();
            Client.Answer first = door.client.iam("ListUsers");
            Client.Answer second = door.client.iam("ListUsers", "Marker", first.text("Marker"));
            assertThat(first.texts("UserName")).isEmpty();
            assertThat(second.texts("UserName")).hasSize(1);
            assertThat(second.text("IsTruncated")).isEqualTo("true");
        }
    }

    private static int listed(Door door) throws IOException {
        return door.client
                .iam("ListAccessKeys", "UserName", "dora")
                .texts("AccessKeyId")
                .size();
    }
}
