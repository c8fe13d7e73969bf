package io.keyturn.sandbox.world;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
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
    public SimUser {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        groups = List.copyOf(groups);
        attached = List.copyOf(attached);
        inline = List.copyOf(inline);
        keys = List.copyOf(keys);
    }

    public SimUser withKeys(List<SimKey> other) {
        return new SimUser(name, id, path, created, password, mfa, tags, groups, attached, inline, boundary, other);
    }

    public SimUser withTags(Map<String, String> other) {
        return new SimUser(name, id, path, created, password, mfa, other, groups, attached, inline, boundary, keys);
    }

    public String arn(String partition, String account) {
        return "arn:" + partition + ":iam::" + account + ":user" + path + name;
    }

    /** The key of that ID, or null. */
    public @Nullable SimKey key(String keyId) {
        for (SimKey key : keys) {
            if (key.id().equals(keyId)) {
                return key;
            }
        }
        return null;
    }

    /** With another key in the place of the one with its ID. */
    SimUser withKey(SimKey other) {
        return withKeys(keys.stream()
                .map(key -> key.id().equals(other.id()) ? other : key)
                .toList());
    }

    /** The tags of this user as conditions of policies know them. */
    Map<String, String> context() {
        Map<String, String> context = new LinkedHashMap<>();
        tags.forEach((key, value) -> {
            context.put("aws:ResourceTag/" + key, value);
            context.put("iam:ResourceTag/" + key, value);
        });
        return context;
    }
}
