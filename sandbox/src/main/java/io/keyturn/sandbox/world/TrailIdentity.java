package io.keyturn.sandbox.world;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who called, as CloudTrail tells it. Source: CloudTrail user guide, "CloudTrail userIdentity element".
 *
 * @param roleArn of the role whose session it is; null for an IAM user
 */
public record TrailIdentity(
        String arn,
        String principalId,
        String account,
        String keyId,
        @Nullable String roleArn) {
    /** Whoever is behind a call. */
    static TrailIdentity of(Caller caller, String partition) {
        SimRole role = caller.role() == null ? null : caller.account().role(caller.role());
        String account = caller.account().id();
        return new TrailIdentity(
                caller.arn(),
                caller.userId(),
                account,
                caller.keyId(),
                role == null ? null : role.arn(partition, account));
    }

    /** A user's own name, a session's the name that it was given. */
    public String userName() {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** The element {@code userIdentity}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", roleArn == null ? "IAMUser" : "AssumedRole");
        json.put("principalId", principalId);
        json.put("arn", arn);
        json.put("accountId", account);
        json.put("accessKeyId", keyId);
        if (roleArn == null) {
            json.put("userName", userName());
            return json;
        }
        Map<String, Object> issuer = new LinkedHashMap<>();
        issuer.put("type", "Role");
        issuer.put("principalId", principalId.substring(0, Math.max(0, principalId.indexOf(':'))));
        issuer.put("arn", roleArn);
        issuer.put("accountId", account);
        issuer.put("userName", roleArn.substring(roleArn.lastIndexOf('/') + 1));
        json.put("sessionContext", Map.of("sessionIssuer", issuer, "attributes", Map.of("mfaAuthenticated", "false")));
        return json;
    }
}
