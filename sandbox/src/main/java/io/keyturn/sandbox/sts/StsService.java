package io.keyturn.sandbox.sts;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Service;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.Authorization;
import io.keyturn.sandbox.world.Caller;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.Sessions;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.World;
import java.time.Duration;

/** Security Token Service. Source: its API reference, version 2011-06-15. */
public final class StsService implements Service {
    private final World world;

    public StsService(World world) {
        this.world = world;
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public String namespace() {
        return "https://sts.amazonaws.com/doc/2011-06-15/";
    }

    @Override
    public String answer(Call call) {
        return switch (call.action()) {
            case "GetCallerIdentity" -> identity(call.caller());
            case "AssumeRole" -> assume(call);
            case "GetAccessKeyInfo" -> keyInfo(call);
            default -> throw new ServiceError(400, "InvalidAction", "Could not find operation " + call.action());
        };
    }

    private static String identity(Caller caller) {
        return new Xml()
                .text("Arn", caller.arn())
                .text("UserId", caller.userId())
                .text("Account", caller.account().id())
                .toString();
    }

    private String assume(Call call) {
        if (call.get("PolicyArns.member.1.arn") != null) {
            // To ignore it would widen the session.
            throw ServiceError.invalidInput("PolicyArns is not simulated; use Policy");
        }
        Sessions.Asked asked = new Sessions.Asked(
                call.need("RoleArn"),
                call.need("RoleSessionName"),
                call.get("ExternalId"),
                call.get("Policy"),
                Duration.ofSeconds(call.number("DurationSeconds", 3600, 0, Integer.MAX_VALUE)));
        Sessions.Temporary session = world.sessions().assume(call.caller(), asked, call.wall());
        return new Xml()
                .open("Credentials")
                .text("AccessKeyId", session.id())
                .text("SecretAccessKey", session.secret())
                .text("SessionToken", session.token())
                .time("Expiration", session.ends())
                .close("Credentials")
                .open("AssumedRoleUser")
                .text("AssumedRoleId", session.roleId())
                .text("Arn", session.arn())
                .close("AssumedRoleUser")
                .toString();
    }

    private String keyInfo(Call call) {
        String id = call.need("AccessKeyId");
        Authorization.check(call.caller(), "sts:GetAccessKeyInfo", "*", null);
        SimAccount account = world.accountOf(id);
        if (account == null) {
            throw ServiceError.invalidInput("Access key " + id + " is not valid");
        }
        return new Xml().text("Account", account.id()).toString();
    }
}
