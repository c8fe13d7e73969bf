package io.keyturn.adapters.aws;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** What IAM is asked about one user, call by call; a live reading asks each of thousands. */
final class UserReads {
    /** The most users or keys that AWS puts on a page. */
    static final int PAGE = 1000;

    private final Access access;

    UserReads(Access access) {
        this.access = access;
    }

    /** What a page of a list is asked with. */
    static Map<String, @Nullable String> paged(int most, @Nullable String token) {
        Map<String, @Nullable String> asked = new TreeMap<>();
        asked.put("MaxItems", Integer.toString(most));
        asked.put("Marker", token);
        return asked;
    }

    DetailsPage.Detail user(String name) throws CallFailure, InterruptedException {
        return one(
                "GetUser",
                "UserName",
                name,
                DetailsPage::readUser,
                as -> access.iam().getUser(r -> r.userName(name).overrideConfiguration(as)));
    }

    /** The user's keys, whose last use is not asked for. */
    List<KeysPage.Listed> keys(String user) throws CallFailure, InterruptedException {
        List<KeysPage.Listed> keys = new ArrayList<>();
        Pages.each(
                access.calls(),
                token -> page(
                        "ListAccessKeys",
                        user,
                        token,
                        KeysPage::read,
                        (as, at) -> access.iam()
                                .listAccessKeys(r -> r.userName(user)
                                        .maxItems(PAGE)
                                        .marker(at)
                                        .overrideConfiguration(as))),
                page -> page.keys(),
                page -> page.next(),
                keys::add);
        return keys;
    }

    LastUse lastUse(KeyId id) throws CallFailure, InterruptedException {
        String action = "GetAccessKeyLastUsed";
        OwnParser.Reader<Map<String, String>> reader = Listing.one(action, "AccessKeyLastUsed");
        return one(
                action,
                "AccessKeyId",
                id.value(),
                xml -> used(reader.read(xml)),
                as -> access.iam()
                        .getAccessKeyLastUsed(r -> r.accessKeyId(id.value()).overrideConfiguration(as)));
    }

    private static LastUse used(Map<String, String> used) {
        String at = used.get("LastUsedDate");
        return at == null
                ? LastUse.NEVER_USED
                : new LastUse.Used(AwsTime.parse(at), word(used.get("ServiceName")), word(used.get("Region")));
    }

    private static String word(@Nullable String value) {
        return value == null || value.isBlank() || value.equals("not_supported") ? "N/A" : value;
    }

    Map<String, String> tags(String user) throws CallFailure, InterruptedException {
        Map<String, String> tags = new TreeMap<>();
        for (Map<String, String> tag : all(
                "ListUserTags",
                "Tags",
                user,
                (as, token) -> access.iam()
                        .listUserTags(r ->
                                r.userName(user).maxItems(PAGE).marker(token).overrideConfiguration(as)))) {
            tags.put(tag.getOrDefault("Key", ""), tag.getOrDefault("Value", ""));
        }
        return tags;
    }

    /** In their order. */
    List<String> groups(String user) throws CallFailure, InterruptedException {
        return sorted(names(
                "GroupName",
                all(
                        "ListGroupsForUser",
                        "Groups",
                        user,
                        (as, token) -> access.iam()
                                .listGroupsForUser(r -> r.userName(user)
                                        .maxItems(PAGE)
                                        .marker(token)
                                        .overrideConfiguration(as)))));
    }

    /** Those of AWS and of the account that are attached, and those of the user's own, in their order. */
    List<String> policies(String user) throws CallFailure, InterruptedException {
        List<String> policies = new ArrayList<>(names(
                "PolicyName",
                all(
                        "ListAttachedUserPolicies",
                        "AttachedPolicies",
                        user,
                        (as, token) -> access.iam()
                                .listAttachedUserPolicies(r -> r.userName(user)
                                        .maxItems(PAGE)
                                        .marker(token)
                                        .overrideConfiguration(as)))));
        policies.addAll(names(
                "",
                all(
                        "ListUserPolicies",
                        "PolicyNames",
                        user,
                        (as, token) -> access.iam()
                                .listUserPolicies(r -> r.userName(user)
                                        .maxItems(PAGE)
                                        .marker(token)
                                        .overrideConfiguration(as)))));
        return sorted(policies);
    }

    /** Whether the user has a password for the console. */
    boolean console(String user) throws CallFailure, InterruptedException {
        try {
            String action = "GetLoginProfile";
            one(
                    action,
                    "UserName",
                    user,
                    Listing.one(action, "LoginProfile"),
                    as -> access.iam().getLoginProfile(r -> r.userName(user).overrideConfiguration(as)));
            return true;
        } catch (CallFailure failure) {
            if (failure.gone()) {
                return false;
            }
            throw failure;
        }
    }

    boolean mfa(String user) throws CallFailure, InterruptedException {
        return !all(
                        "ListMFADevices",
                        "MFADevices",
                        user,
                        (as, token) -> access.iam()
                                .listMFADevices(r -> r.userName(user)
                                        .maxItems(PAGE)
                                        .marker(token)
                                        .overrideConfiguration(as)))
                .isEmpty();
    }

    static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }

    private static List<String> names(String element, List<Map<String, String>> members) {
        return members.stream().map(member -> member.getOrDefault(element, "")).toList();
    }

    /** All members of a list. */
    private List<Map<String, String>> all(
            String action,
            String list,
            String user,
            BiConsumer<AwsRequestOverrideConfiguration, @Nullable String> first)
            throws CallFailure, InterruptedException {
        List<Map<String, String>> members = new ArrayList<>();
        Pages.each(
                access.calls(),
                token -> page(action, user, token, Listing.of(action, list), first),
                page -> page.members(),
                page -> page.next(),
                members::add);
        return members;
    }

    private <P> P page(
            String action,
            String user,
            @Nullable String token,
            OwnParser.Reader<P> reader,
            BiConsumer<AwsRequestOverrideConfiguration, @Nullable String> first) {
        Map<String, @Nullable String> asked = paged(PAGE, token);
        asked.put("UserName", user);
        return access.reads().call(access.as(), action, asked, reader, as -> first.accept(as, token));
    }

    private <T> T one(
            String action,
            String parameter,
            String value,
            OwnParser.Reader<T> reader,
            Consumer<AwsRequestOverrideConfiguration> first)
            throws CallFailure, InterruptedException {
        return access.calls()
                .call(() -> access.reads().call(access.as(), action, Map.of(parameter, value), reader, first));
    }
}
