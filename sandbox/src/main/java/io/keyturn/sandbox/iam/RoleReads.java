package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimRole;
import io.keyturn.sandbox.world.TrustPolicy;
import io.keyturn.sandbox.world.World;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What IAM tells of roles. */
final class RoleReads {
    private final World world;

    RoleReads(World world) {
        this.world = world;
    }

    String getRole(Call call) {
        SimAccount account = call.caller().account();
        String name = call.need("RoleName");
        SimRole role = account.role(name);
        if (role == null) {
            throw ServiceError.noSuchEntity("The role with name " + name);
        }
        return new Xml()
                .open("Role")
                .text("Path", "/")
                .text("RoleName", role.name())
                .text("RoleId", role.id(account.id()))
                .text("Arn", role.arn(world.partition(), account.id()))
                .time("CreateDate", world.spec().now())
                .text(
                        "AssumeRolePolicyDocument",
                        // IAM writes documents percent-encoded (RFC 3986), where a space is no plus sign.
                        URLEncoder.encode(TrustPolicy.of(world, role), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                .text("MaxSessionDuration", Long.toString(role.longest().toSeconds()))
                .close("Role")
                .toString();
    }
}
