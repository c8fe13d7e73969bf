package io.keyturn.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists come in pages that may be short, or empty with a token to go on; nothing is lost or told twice. */
class PagesTest {
    private static final Pattern NEXT = Pattern.compile("\"NextToken\":\"([^\"]+)\"");

    @ParameterizedTest
    @CsvSource({
        "ListUsers, UserName, 60",
        "GetAccountAuthorizationDetails, UserName, 60",
        "ListUserTags, Key, 50",
        "ListAccessKeys, AccessKeyId, 3",
        "ListGroupsForUser, GroupName, 7",
        "ListUserPolicies, member, 9",
        "ListAttachedUserPolicies, PolicyName, 8",
        "ListMFADevices, SerialNumber, 1",
        "ListAccountAliases, member, 1",
        "ListServiceSpecificCredentials, UserName, 0",
        "ListSSHPublicKeys, UserName, 0",
        "ListSigningCertificates, UserName, 0",
    })
    void every_list_gives_the_same_in_ragged_pages_as_in_whole_ones(String action, String element, int count)
            throws IOException {
        List<String> whole = all(Page.Style.WHOLE, action, element, new ArrayList<>());
        List<Integer> sizes = new ArrayList<>();

        List<String> ragged = all(Page.Style.RAGGED, action, element, sizes);

        assertThat(whole).hasSizeGreaterThanOrEqualTo(count);
        assertThat(ragged).isEqualTo(whole);
        if (count > 20) {
            assertThat(sizes).as("pages, an empty one among them").contains(0).hasSizeGreaterThan(2);
        }
    }

    private static List<String> all(Page.Style style, String action, String element, List<Integer> sizes)
            throws IOException {
        try (Door door = Door.prompt(DoorOptions.defaults().paging(style))) {
            SimAccount member = door.world.accounts().get(1);
            member.allUsers().forEach(door.world.management()::put);
            SimUser three = member.allUsers().stream()
                    .filter(u -> u.name().equals("three-keys"))
                    .findFirst()
                    .orElseThrow();
            door.world.management().put(rich(three.keys()));
            List<String> all = new ArrayList<>();
            List<String> parameters = List.of("UserName", "rich", "MaxItems", "9");
            for (Client.Answer page = page(door, action, parameters); ; page = page(door, action, parameters)) {
                assertThat(page.status()).as(page.body()).isEqualTo(200);
                List<String> found = page.texts(element);
                all.addAll(found);
                sizes.add(found.size());
                if (page.text("IsTruncated").equals("false")) {
                    return all;
                }
                parameters = List.of("UserName", "rich", "MaxItems", "9", "Marker", page.text("Marker"));
            }
        }
    }

    private static Client.Answer page(Door door, String action, List<String> parameters) throws IOException {
        return door.client.iam(action, parameters.toArray(String[]::new));
    }

    private static SimUser rich(List<SimKey> keys) {
        Map<String, String> tags = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tags.put("tag-" + i, "value");
            names.add("name-" + i);
        }
        return new SimUser(
                "rich",
                "AIDARICH",
                "/",
                Door.NOW,
                true,
                true,
                tags,
                names.subList(0, 7),
                names.subList(0, 8),
                names.subList(0, 9),
                null,
                keys);
    }

    @ParameterizedTest
    @CsvSource({"ListAccounts, {}", "ListRoots, {}", "ListAccountsForParent, '{\"ParentId\":\"r-fern\"}'"})
    void an_organizations_lists_too(String action, String body) throws IOException {
        assertThat(organization(Page.Style.RAGGED, action, body))
                .isEqualTo(organization(Page.Style.WHOLE, action, body))
                .isNotEmpty();
    }

    private static List<String> organization(Page.Style style, String action, String body) throws IOException {
        try (Door door = Door.prompt(DoorOptions.defaults().paging(style))) {
            List<String> ids = new ArrayList<>();
            String asked = body;
            while (true) {
                String page = door.client.organizations(action, asked).body();
                Matcher id = Pattern.compile("\"Id\":\"([^\"]+)\"").matcher(page);
                while (id.find()) {
                    ids.add(id.group(1));
                }
                Matcher next = NEXT.matcher(page);
                if (!next.find()) {
                    return ids.stream().sorted().toList();
                }
                String token = "\"NextToken\":\"" + next.group(1) + "\"}";
                asked = body.equals("{}") ? "{" + token : body.replace("}", "," + token);
            }
        }
    }

    @Test
    void a_marker_or_limit_that_is_none_is_refused() throws IOException {
        try (Door door = Door.prompt()) {
            assertThat(door.client.iam("ListUsers", "Marker", "xyz").code()).isEqualTo("ValidationError");
            assertThat(door.client
                            .iam("ListUserTags", "UserName", "dora", "Marker", "pxyz")
                            .code())
                    .isEqualTo("ValidationError");
            assertThat(door.client.iam("ListUsers", "MaxItems", "0").text("Message"))
                    .isEqualTo("MaxItems must be from 1 to 1000, not 0");
            assertThat(door.client
                            .organizations("ListAccounts", "{\"NextToken\":\"xyz\"}")
                            .code())
                    .isEqualTo("InvalidInputException");
            assertThat(door.client
                            .organizations("ListAccounts", "{\"MaxResults\":21}")
                            .code())
                    .isEqualTo("InvalidInputException");
        }
    }
}
