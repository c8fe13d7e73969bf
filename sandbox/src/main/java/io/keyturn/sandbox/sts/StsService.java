package io.keyturn.sandbox.sts;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Service;
import io.keyturn.sandbox.protocol.ServiceError;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;

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

    private static String identity(World.Caller caller) {
        return new Xml()
                .text("Arn", caller.arn())
                .text("UserId", caller.userId())
                .text("Account", caller.account().id())
                .toString();
    }

    private String assume(Call call) {
        String arn = call.need("RoleArn");
        String[] parts = arn.split(":", 6);
        if (parts.length != 6 || !parts[5].startsWith("role/")) {
            throw ServiceError.invalidInput(arn + " is invalid");
        }
        SimAccount account = world.account(parts[4]);
        String role = parts[5].substring(parts[5].lastIndexOf('/') + 1);
        boolean refused = account == null || !account.state().equals("ACTIVE") || !parts[1].equals(world.partition());
        if (refused || role.startsWith("denied") || account == null) {
            throw new ServiceError(
                    403,
                    "AccessDenied",
                    "User: " + call.caller().arn() + " is not authorized to perform: sts:AssumeRole on resource: "
                            + arn);
        }
        long seconds = Long.parseLong(call.parameters().getOrDefault("DurationSeconds", "3600"));
        // A session's end is judged by the client's real clock, and so it is counted from there.
        Instant ends = call.wall().plus(Duration.ofSeconds(seconds));
        World.Temporary session = world.assume(account, role, call.need("RoleSessionName"), ends);
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
        for (SimAccount account : world.accounts()) {
            if (account.userOfKey(id) != null) {
                return new Xml().text("Account", account.id()).toString();
            }
        }
        throw new ServiceError(400, "ValidationError", "Access key " + id + " is not valid");
    }
}
