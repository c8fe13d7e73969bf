package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.Use;
import io.keyturn.sandbox.world.World;

/** What IAM does with access keys, as it says it. */
final class KeyActions {
    private final AccessKeys keys;

    KeyActions(World world) {
        this.keys = new AccessKeys(world);
    }

    String list(Call call) {
        SimUser user = UserReads.user(call);
        return new Xml()
                .page(
                        "AccessKeyMetadata",
                        call.page(user.keys()),
                        (xml, key) -> metadata(xml, user.name(), key).time("CreateDate", key.created()))
                .toString();
    }

    private static Xml metadata(Xml xml, String user, SimKey key) {
        return xml.text("UserName", user)
                .text("AccessKeyId", key.id())
                .text("Status", key.active() ? "Active" : "Inactive");
    }

    String lastUsed(Call call) {
        SimAccount account = call.caller().account();
        String id = call.need("AccessKeyId");
        AccessKeys.LastUsed told = keys.lastUsed(account, id, call.readsAt(), call.now());
        if (told == null) {
            throw ServiceError.denied(call.caller().arn(), "iam:GetAccessKeyLastUsed", "access key " + id, "");
        }
        Use use = told.use();
        Xml xml = new Xml().text("UserName", told.userName()).open("AccessKeyLastUsed");
        if (use != null) {
            xml.time("LastUsedDate", use.at());
        }
        return xml.text("ServiceName", use == null ? "N/A" : use.service())
                .text("Region", use == null ? "N/A" : use.region())
                .close("AccessKeyLastUsed")
                .toString();
    }

    String create(Call call) {
        String user = UserReads.name(call);
        SimKey key = keys.create(call.caller().account(), user, call.now());
        return metadata(new Xml().open("AccessKey"), user, key)
                .text("SecretAccessKey", key.secret())
                .time("CreateDate", key.created())
                .close("AccessKey")
                .toString();
    }

    String update(Call call) {
        String status = call.need("Status");
        if (!status.equals("Active") && !status.equals("Inactive")) {
            throw ServiceError.invalidInput("Status must be Active or Inactive, not " + status);
        }
        SimAccount account = call.caller().account();
        keys.update(account, UserReads.name(call), call.need("AccessKeyId"), status.equals("Active"), call.now());
        return "";
    }

    String delete(Call call) {
        keys.delete(call.caller().account(), UserReads.name(call), call.need("AccessKeyId"), call.now());
        return "";
    }
}
