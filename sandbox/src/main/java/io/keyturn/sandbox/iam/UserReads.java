package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What IAM tells of users. */
final class UserReads {
    private final World world;

    UserReads(World world) {
        this.world = world;
    }

    /** The name of the user a call is about: the named one, else the caller. */
    static String name(Call call) {
        String name = call.get("UserName");
        if (name == null) {
            name = call.caller().userName();
        }
        if (name == null) {
            throw ServiceError.invalidInput("Must specify userName when calling with non-User credentials");
        }
        return name;
    }

    /** That user, as a read is told of it. */
    static SimUser user(Call call) {
        return AccessKeys.user(call.caller().account(), name(call), call.readsAt());
    }

    String listUsers(Call call) {
        SimAccount account = call.caller().account();
        String prefix = call.parameters().getOrDefault("PathPrefix", "/");
        Page<SimUser> page = page(call);
        Page<SimUser> wanted = new Page<>(
                page.items().stream().filter(u -> u.path().startsWith(prefix)).toList(), page.next());
        return new Xml().page("Users", wanted, (x, u) -> user(x, u, account)).toString();
    }

    /** A page of the account's users in order of their names. */
    static Page<SimUser> page(Call call) {
        Page.Cut cut = call.cut();
        if (cut.size() == 0) {
            return new Page<>(List.of(), cut.again());
        }
        List<SimUser> found = call.caller().account().usersAfter(cut.after(), cut.size() + 1, call.readsAt());
        if (found.size() <= cut.size()) {
            return new Page<>(found, null);
        }
        List<SimUser> items = found.subList(0, cut.size());
        return new Page<>(items, cut.then(items.getLast().name()));
    }

    Xml user(Xml xml, SimUser user, SimAccount account) {
        return xml.text("Path", user.path())
                .text("UserName", user.name())
                .text("UserId", user.id())
                .text("Arn", user.arn(world.partition(), account.id()))
                .time("CreateDate", user.created());
    }

    String getUser(Call call) {
        SimUser user = user(call);
        Xml xml = new Xml().open("User");
        user(xml, user, call.caller().account());
        boundary(xml, user);
        return xml.tags(user.tags()).close("User").toString();
    }

    static void boundary(Xml xml, SimUser user) {
        String boundary = user.boundary();
        if (boundary != null) {
            xml.open("PermissionsBoundary")
                    .text("PermissionsBoundaryType", "Policy")
                    .text("PermissionsBoundaryArn", boundary)
                    .close("PermissionsBoundary");
        }
    }

    String listUserTags(Call call) {
        List<Map.Entry<String, String>> tags = List.copyOf(user(call).tags().entrySet());
        return new Xml().page("Tags", call.page(tags), Xml::tag).toString();
    }

    String listGroupsForUser(Call call) {
        String account = call.caller().account().id();
        return new Xml()
                .page(
                        "Groups",
                        call.page(user(call).groups()),
                        (xml, group) -> xml.text("Path", "/")
                                .text("GroupName", group)
                                .text("GroupId", "AGPA" + group.toUpperCase(Locale.ROOT))
                                .text("Arn", "arn:" + world.partition() + ":iam::" + account + ":group/" + group)
                                .time("CreateDate", Instant.EPOCH))
                .toString();
    }

    String listUserPolicies(Call call) {
        return new Xml()
                .page("PolicyNames", call.page(user(call).inline()), Xml::bare)
                .toString();
    }

    String listAttachedUserPolicies(Call call) {
        return new Xml()
                .page("AttachedPolicies", call.page(user(call).attached()), this::attached)
                .toString();
    }

    void attached(Xml xml, String name) {
        xml.text("PolicyName", name).text("PolicyArn", "arn:" + world.partition() + ":iam::aws:policy/" + name);
    }

    String getLoginProfile(Call call) {
        SimUser user = user(call);
        if (!user.password()) {
            throw ServiceError.noSuchEntity("Login Profile for User " + user.name());
        }
        return new Xml()
                .open("LoginProfile")
                .text("UserName", user.name())
                .time("CreateDate", user.created())
                .text("PasswordResetRequired", false)
                .close("LoginProfile")
                .toString();
    }

    String listMfaDevices(Call call) {
        SimUser user = user(call);
        String serial =
                "arn:" + world.partition() + ":iam::" + call.caller().account().id() + ":mfa/" + user.name();
        return new Xml()
                .page(
                        "MFADevices",
                        call.page(user.mfa() ? List.of(serial) : List.<String>of()),
                        (xml, s) -> xml.text("UserName", user.name())
                                .text("SerialNumber", s)
                                .time("EnableDate", user.created()))
                .toString();
    }

    /** What a thief left behind: only a user that AWS quarantined has one, made while its newest key was out. */
    String serviceCredentials(Call call) {
        List<SimUser> robbed = "true".equals(call.get("AllUsers"))
                ? List.of()
                : List.of(user(call)).stream()
                        .filter(user -> user.attached().stream()
                                .anyMatch(policy -> policy.startsWith("AWSCompromisedKeyQuarantine")))
                        .toList();
        return new Xml()
                .page(
                        "ServiceSpecificCredentials",
                        call.page(robbed),
                        (xml, user) -> xml.text("UserName", user.name())
                                .text("Status", "Active")
                                .text("ServiceName", "bedrock.amazonaws.com")
                                .text(
                                        "ServiceUserName",
                                        user.name() + "-at-"
                                                + call.caller().account().id())
                                .text("ServiceSpecificCredentialId", "ACCAEXAMPLEROBBED001")
                                .time("CreateDate", call.readsAt().minus(Duration.ofDays(1))))
                .toString();
    }

    /** Credentials of other kinds, which no user of this world has. */
    String empty(Call call, String element) {
        if (!"true".equals(call.get("AllUsers"))) {
            user(call);
        }
        return new Xml().page(element, call.page(List.<String>of()), Xml::bare).toString();
    }
}
