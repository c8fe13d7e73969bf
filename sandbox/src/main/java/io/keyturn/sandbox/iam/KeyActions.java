package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.ServiceError;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What IAM does with access keys. */
final class KeyActions {
    /** IAM's quota for a user. */
    private static final int KEYS_PER_USER = 2;

    /** A new key works everywhere after some seconds; reported between 3 and 15. */
    private static final Duration PROPAGATION = Duration.ofSeconds(5);

    private final World world;

    KeyActions(World world) {
        this.world = world;
    }

    String list(Call call) {
        SimUser user = UserReads.user(call);
        return new Xml()
                .list(
                        "AccessKeyMetadata",
                        user.keys(),
                        (xml, key) -> xml.text("UserName", user.name())
                                .text("AccessKeyId", key.id())
                                .text("Status", key.active() ? "Active" : "Inactive")
                                .time("CreateDate", key.created()))
                .text("IsTruncated", false)
                .toString();
    }

    String lastUsed(Call call) {
        String id = call.need("AccessKeyId");
        SimUser user = call.caller().account().userOfKey(id);
        if (user == null) {
            throw ServiceError.denied(call.caller().arn(), "iam:GetAccessKeyLastUsed");
        }
        SimKey key = key(user, id);
        Xml xml = new Xml().text("UserName", user.name()).open("AccessKeyLastUsed");
        Instant used = key.lastUsed();
        if (used != null) {
            xml.time("LastUsedDate", used);
        }
        return xml.text("ServiceName", used == null ? "N/A" : key.service())
                .text("Region", used == null ? "N/A" : key.region())
                .close("AccessKeyLastUsed")
                .toString();
    }

    String create(Call call) {
        SimUser user = UserReads.user(call);
        if (user.keys().size() >= KEYS_PER_USER) {
            throw new ServiceError(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: " + KEYS_PER_USER);
        }
        Instant created = Instant.ofEpochSecond(call.now().getEpochSecond());
        SimKey key = new SimKey(
                "AKIA" + world.letters(16),
                world.letters(40),
                true,
                created,
                null,
                "N/A",
                "N/A",
                call.now().plus(PROPAGATION));
        call.caller().account().change(user.name(), held -> {
            if (held.keys().size() >= KEYS_PER_USER) {
                throw new ServiceError(
                        409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: " + KEYS_PER_USER);
            }
            List<SimKey> keys = new ArrayList<>(held.keys());
            keys.add(key);
            return held.withKeys(keys);
        });
        return new Xml()
                .open("AccessKey")
                .text("UserName", user.name())
                .text("AccessKeyId", key.id())
                .text("Status", "Active")
                .text("SecretAccessKey", key.secret())
                .time("CreateDate", created)
                .close("AccessKey")
                .toString();
    }

    String update(Call call) {
        SimUser user = UserReads.user(call);
        String id = call.need("AccessKeyId");
        String status = call.need("Status");
        if (!status.equals("Active") && !status.equals("Inactive")) {
            throw ServiceError.invalidInput("Status must be Active or Inactive, not " + status);
        }
        key(user, id);
        SimAccount account = call.caller().account();
        account.change(
                user.name(),
                now -> now.withKeys(now.keys().stream()
                        .map(key -> key.id().equals(id) ? key.withActive(status.equals("Active")) : key)
                        .toList()));
        return "";
    }

    String delete(Call call) {
        SimUser user = UserReads.user(call);
        String id = call.need("AccessKeyId");
        key(user, id);
        call.caller()
                .account()
                .change(
                        user.name(),
                        now -> now.withKeys(now.keys().stream()
                                .filter(key -> !key.id().equals(id))
                                .toList()));
        return "";
    }

    private static SimKey key(SimUser user, String id) {
        return user.keys().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ServiceError.noSuchEntity("The Access Key with id " + id));
    }
}
