package io.keyturn.sandbox.world;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One IAM user of the simulated world.
 *
 * @param attached names of attached managed policies
 * @param inline names of inline policies
 */
public record SimUser(
        String name,
        String id,
        String path,
        Instant created,
        boolean password,
        boolean mfa,
        Map<String, String> tags,
        List<String> groups,
        List<String> attached,
        List<String> inline,
        @Nullable String boundary,
        List<SimKey> keys) {
    public SimUser withKeys(List<SimKey> other) {
        return new SimUser(
                name, id, path, created, password, mfa, tags, groups, attached, inline, boundary, List.copyOf(other));
    }

    public SimUser withTags(Map<String, String> other) {
        return new SimUser(name, id, path, created, password, mfa, other, groups, attached, inline, boundary, keys);
    }

    public String arn(String partition, String account) {
        return "arn:" + partition + ":iam::" + account + ":user" + path + name;
    }
}
