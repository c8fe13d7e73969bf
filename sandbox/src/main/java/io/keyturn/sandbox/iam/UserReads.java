package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.ServiceError;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What IAM tells of users. */
final class UserReads {
    private final World world;

    UserReads(World world) {
        this.world = world;
    }

    /** The user a call is about: the named one, else the caller. */
    static SimUser user(Call call) {
        String name = call.get("UserName");
        if (name == null) {
            name = call.caller().userName();
        }
        if (name == null) {
            throw ServiceError.invalidInput("Must specify userName when calling with non-User credentials");
        }
        SimUser user = call.caller().account().user(name);
        if (user == null) {
            throw ServiceError.noSuchEntity("The user with name " + name);
        }
        return user;
    }

    String listUsers(Call call) {
        SimAccount account = call.caller().account();
        int limit = call.maxItems();
        String prefix = call.parameters().getOrDefault("PathPrefix", "/");
        List<SimUser> users = account.usersAfter(call.parameters().getOrDefault("Marker", ""), limit + 1);
        boolean more = users.size() > limit;
        List<SimUser> page = more ? users.subList(0, limit) : users;
        Xml xml = new Xml();
        xml.list(
                "Users",
                page.stream().filter(u -> u.path().startsWith(prefix)).toList(),
                (x, u) -> user(x, u, account));
        return truncated(xml, more, page).toString();
    }

    /** The end of a page; the marker is the last name on it. */
    static Xml truncated(Xml xml, boolean more, List<SimUser> page) {
        xml.text("IsTruncated", more);
        return more ? xml.text("Marker", page.getLast().name()) : xml;
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
        return new Xml().tags(user(call).tags()).text("IsTruncated", false).toString();
    }

    String listGroupsForUser(Call call) {
        String account = call.caller().account().id();
        return new Xml()
                .list(
                        "Groups",
                        user(call).groups(),
                        (xml, group) -> xml.text("Path", "/")
                                .text("GroupName", group)
                                .text("GroupId", "AGPA" + group.toUpperCase(Locale.ROOT))
                                .text("Arn", "arn:" + world.partition() + ":iam::" + account + ":group/" + group)
                                .time("CreateDate", Instant.EPOCH))
                .text("IsTruncated", false)
                .toString();
    }

    String listUserPolicies(Call call) {
        return new Xml()
                .list("PolicyNames", user(call).inline(), (xml, name) -> xml.bare(name))
                .text("IsTruncated", false)
                .toString();
    }

    String listAttachedUserPolicies(Call call) {
        Xml xml = new Xml();
        attached(xml, "AttachedPolicies", user(call));
        return xml.text("IsTruncated", false).toString();
    }

    void attached(Xml xml, String element, SimUser user) {
        xml.list(
                element,
                user.attached(),
                (x, name) -> x.text("PolicyName", name)
                        .text("PolicyArn", "arn:" + world.partition() + ":iam::aws:policy/" + name));
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
                .list(
                        "MFADevices",
                        user.mfa() ? List.of(serial) : List.<String>of(),
                        (xml, s) -> xml.text("UserName", user.name())
                                .text("SerialNumber", s)
                                .time("EnableDate", user.created()))
                .text("IsTruncated", false)
                .toString();
    }

    /** Credentials of other kinds, which no user of this world has. */
    String empty(Call call, String element) {
        user(call);
        return new Xml().open(element).close(element).text("IsTruncated", false).toString();
    }
}
