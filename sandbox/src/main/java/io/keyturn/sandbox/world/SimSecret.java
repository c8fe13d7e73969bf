package io.keyturn.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A secret of Secrets Manager.
 *
 * @param kmsKey the customer's key; null for AWS's own
 * @param policy its resource policy as it was written; null for none
 * @param deletedAt when its deletion was asked for; null where it was not
 * @param goneAt when it is deleted for good; null where it is not to be
 * @param versions oldest first, by their IDs
 */
public record SimSecret(
        String arn,
        String name,
        @Nullable String kmsKey,
        Map<String, String> tags,
        @Nullable String policy,
        Instant created,
        @Nullable Instant deletedAt,
        @Nullable Instant goneAt,
        Map<String, Version> versions) {
    public static final String CURRENT = "AWSCURRENT";
    public static final String PREVIOUS = "AWSPREVIOUS";

    /**
     * One value.
     *
     * @param stages the labels on it; a version without any is deprecated
     */
    public record Version(String id, String value, Instant created, List<String> stages) {
        public Version {
            stages = List.copyOf(stages);
        }

        Version with(String stage) {
            TreeSet<String> more = new TreeSet<>(stages);
            more.add(stage);
            return new Version(id, value, created, List.copyOf(more));
        }

        Version without(String stage) {
            List<String> fewer = new ArrayList<>(stages);
            fewer.remove(stage);
            return new Version(id, value, created, fewer);
        }

        /** Without the value. */
        @Override
        public String toString() {
            return id + " " + stages;
        }
    }

    public SimSecret {
        tags = Map.copyOf(tags);
        versions = new LinkedHashMap<>(versions);
    }

    @Override
    public Map<String, Version> versions() {
        return new LinkedHashMap<>(versions);
    }

    /** The version that has this label; null for none. */
    public @Nullable Version at(String stage) {
        return versions.values().stream()
                .filter(version -> version.stages().contains(stage))
                .findFirst()
                .orElse(null);
    }

    public SimSecret withPolicy(@Nullable String other) {
        return new SimSecret(arn, name, kmsKey, tags, other, created, deletedAt, goneAt, versions);
    }

    public SimSecret withTags(Map<String, String> others) {
        return new SimSecret(arn, name, kmsKey, others, policy, created, deletedAt, goneAt, versions);
    }

    /** Marked for deletion; nulls take the mark away. */
    public SimSecret deleted(@Nullable Instant at, @Nullable Instant gone) {
        return new SimSecret(arn, name, kmsKey, tags, policy, created, at, gone, versions);
    }

    /** With one more version, which takes these labels from whichever has them. */
    public SimSecret plus(Version version) {
        SimSecret more = with(all -> {
            all.put(version.id(), new Version(version.id(), version.value(), version.created(), List.of()));
            return all;
        });
        for (String stage : version.stages()) {
            more = more.moved(stage, version.id());
        }
        return more;
    }

    /** With a label on one version alone, or on none; what was current becomes the previous one. */
    public SimSecret moved(String stage, @Nullable String to) {
        Version from = at(stage);
        SimSecret moved = with(all -> {
            all.replaceAll((id, version) -> id.equals(to) ? version.with(stage) : version.without(stage));
            return all;
        });
        return from == null || from.id().equals(to) || !stage.equals(CURRENT)
                ? moved
                : moved.moved(PREVIOUS, from.id());
    }

    private SimSecret with(UnaryOperator<Map<String, Version>> change) {
        return new SimSecret(
                arn,
                name,
                kmsKey,
                tags,
                policy,
                created,
                deletedAt,
                goneAt,
                change.apply(new LinkedHashMap<>(versions)));
    }

    /** Without the values. */
    @Override
    public String toString() {
        return arn + " " + versions.values();
    }
}
