package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What IAM does with users. */
final class UserWrites {
    /** IAM's quotas: users an account, tags a user. */
    private static final int USERS = 5000;

    private static final int TAGS = 50;

    private final World world;

    UserWrites(World world) {
        this.world = world;
    }

    String create(Call call) {
        SimAccount account = call.caller().account();
        String name = call.need("UserName");
        if (!name.matches("[\\w+=,.@-]{1,64}")) {
            throw ServiceError.invalidInput("The specified value for userName is invalid: " + name);
        }
        if (account.user(name) != null) {
            throw new ServiceError(409, "EntityAlreadyExists", "User with name " + name + " already exists.");
        }
        if (account.userCount() >= USERS) {
            throw ServiceError.limitExceeded("UsersPerAccount", USERS);
        }
        SimUser user = new SimUser(
                name,
                "AIDA" + world.letters(17),
                call.parameters().getOrDefault("Path", "/"),
                Instant.ofEpochSecond(call.now().getEpochSecond()),
                false,
                false,
                tags(call),
                List.of(),
                List.of(),
                List.of(),
                call.get("PermissionsBoundary"),
                List.of());
        account.add(user, call.now());
        Xml xml = new Xml().open("User");
        new UserReads(world).user(xml, user, account);
        return xml.close("User").toString();
    }

    String delete(Call call) {
        SimUser user = user(call);
        if (!user.keys().isEmpty()) {
            throw new ServiceError(409, "DeleteConflict", "Cannot delete entity, must delete access keys first.");
        }
        call.caller().account().remove(user.name(), call.now());
        return "";
    }

    String tag(Call call) {
        SimUser user = user(call);
        Map<String, String> more = tags(call);
        call.caller().account().change(user.name(), call.now(), held -> {
            Map<String, String> tags = new LinkedHashMap<>(held.tags());
            tags.putAll(more);
            if (tags.size() > TAGS) {
                throw ServiceError.limitExceeded("TagsPerUser", TAGS);
            }
            return held.withTags(tags);
        });
        return "";
    }

    String untag(Call call) {
        SimUser user = user(call);
        call.caller().account().change(user.name(), call.now(), held -> {
            Map<String, String> tags = new LinkedHashMap<>(held.tags());
            call.members("TagKeys").forEach(tags::remove);
            return held.withTags(tags);
        });
        return "";
    }

    /** The user to write on, as it is. */
    private static SimUser user(Call call) {
        return AccessKeys.user(call.caller().account(), UserReads.name(call), call.now());
    }

    private static Map<String, String> tags(Call call) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 1; call.get("Tags.member." + i + ".Key") != null; i++) {
            String value = call.parameters().getOrDefault("Tags.member." + i + ".Value", "");
            if (value.length() > 256) {
                throw ServiceError.invalidInput("a tag's value has at most 256 characters");
            }
            tags.put(call.need("Tags.member." + i + ".Key"), value);
        }
        return tags;
    }
}
