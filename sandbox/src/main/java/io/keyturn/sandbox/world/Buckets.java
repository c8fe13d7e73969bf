package io.keyturn.sandbox.world;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The buckets of S3, whose names are one for all accounts. */
public final class Buckets {
    private final Map<String, SimBucket> all = new ConcurrentSkipListMap<>();

    Buckets(Collection<SimBucket> others) {
        others.forEach(one -> all.put(one.name(), one.copy()));
    }

    Buckets copy() {
        return new Buckets(all.values());
    }

    public @Nullable SimBucket find(String name) {
        return all.get(name);
    }

    /** Adds it unless its name is taken, and gives the bucket of that name. */
    public SimBucket add(SimBucket bucket) {
        SimBucket there = all.putIfAbsent(bucket.name(), bucket);
        return there == null ? bucket : there;
    }

    public void remove(SimBucket bucket) {
        all.remove(bucket.name());
    }

    /** Those of an account, by name. */
    public List<SimBucket> of(String account) {
        return all.values().stream().filter(one -> one.owner().equals(account)).toList();
    }
}
