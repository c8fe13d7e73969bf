package io.keyturn.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OrganizationTest {
    @Test
    void a_member_learns_what_it_is_a_member_of_and_no_more() throws IOException {
        try (Door door = Door.prompt()) {
            Client member = door.client.as(Door.role(Door.MEMBER, "keyturn-read"));

            assertThat(member.organizations("DescribeOrganization", "{}").body())
                    .contains("\"MasterAccountId\":\"" + Door.HOME);
            assertThat(member.organizations("ListAccounts", "{}").code()).isEqualTo("AccessDeniedException");
        }
    }

    @Test
    void a_delegated_administrator_sees_the_whole_and_is_listed() throws IOException {
        try (Door door = Door.prompt()) {
            door.world.delegateTo(Door.MEMBER);
            Client member = door.client.as(Door.role(Door.MEMBER, "keyturn-read"));

            assertThat(member.organizations("ListAccounts", "{}").body()).contains(Door.HOME, "SUSPENDED");
            assertThat(door.client
                            .organizations("ListDelegatedAdministrators", "{}")
                            .body())
                    .contains("\"Id\":\"" + Door.MEMBER + "\"", "DelegationEnabledDate");
        }
    }

    @Test
    void units_and_accounts_are_described_and_unknown_ones_refused() throws IOException {
        try (Door door = Door.prompt()) {
            assertThat(describe(door, "DescribeOrganizationalUnit", "OrganizationalUnitId", "ou-fern-workload")
                            .body())
                    .contains("\"Name\":\"Workloads\"");
            assertThat(describe(door, "DescribeOrganizationalUnit", "OrganizationalUnitId", "ou-x")
                            .code())
                    .isEqualTo("OrganizationalUnitNotFoundException");
            assertThat(describe(door, "DescribeAccount", "AccountId", Door.MEMBER)
                            .body())
                    .contains("\"Name\":\"production\"");
            assertThat(describe(door, "DescribeAccount", "AccountId", "999999999999")
                            .code())
                    .isEqualTo("AccountNotFoundException");
        }
    }

    private static Client.Answer describe(Door door, String action, String name, String value) throws IOException {
        return door.client.organizations(action, "{\"" + name + "\":\"" + value + "\"}");
    }

    @Test
    void the_keys_of_an_account_that_is_suspended_open_nothing() throws IOException {
        try (Door door = Door.prompt()) {
            Client member = door.client.as(Door.role(Door.MEMBER, "keyturn-read"));
            door.world.accounts().get(1).become("SUSPENDED");

            assertThat(member.iam("ListUsers").code()).isEqualTo("InvalidClientTokenId");
        }
    }
}
