package io.keyturn.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bucket of S3 with the versions of its objects, newest first. Safe for use by several threads. */
public final class SimBucket {
    private final String name;
    private final String owner;
    private final Instant created;
    private final boolean locks;
    private boolean versioned;
    private @Nullable String policy;
    private final Map<String, List<SimObject>> objects = new TreeMap<>();

    /**
     * @param owner number of the account it belongs to
     * @param locks whether Object Lock can be asked for in it, which brings versions
     */
    public SimBucket(String name, String owner, Instant created, boolean locks) {
        this.name = name;
        this.owner = owner;
        this.created = created;
        this.locks = locks;
        this.versioned = locks;
    }

    synchronized SimBucket copy() {
        SimBucket copy = new SimBucket(name, owner, created, locks);
        copy.versioned = versioned;
        copy.policy = policy;
        objects.forEach((key, versions) -> copy.objects.put(key, new ArrayList<>(versions)));
        return copy;
    }

    public String name() {
        return name;
    }

    public String owner() {
        return owner;
    }

    public Instant created() {
        return created;
    }

    public boolean locks() {
        return locks;
    }

    public synchronized boolean versioned() {
        return versioned;
    }

    public synchronized void version(boolean on) {
        versioned = on;
    }

    /** Its policy as it was written; null for none. */
    public synchronized @Nullable String policy() {
        return policy;
    }

    public synchronized void policy(@Nullable String other) {
        policy = other;
    }

    /** All versions of all objects, by key and newest first. */
    public synchronized List<SimObject> versions() {
        return objects.values().stream().flatMap(List::stream).toList();
    }

    /** The newest version, or that of a name; null where there is none. */
    public synchronized @Nullable SimObject find(String key, @Nullable String version) {
        return objects.getOrDefault(key, List.of()).stream()
                .filter(one -> version == null || one.version().equals(version))
                .findFirst()
                .orElse(null);
    }

    /** Puts a version before the others, or, where the bucket keeps none, in the place of what was there. */
    public synchronized void put(SimObject object) {
        List<SimObject> all = objects.computeIfAbsent(object.key(), k -> new ArrayList<>());
        all.removeIf(one -> one.version().equals(object.version()));
        all.addFirst(object);
    }

    public synchronized void lock(SimObject object, SimObject.Lock lock) {
        objects.getOrDefault(object.key(), new ArrayList<>())
                .replaceAll(one -> one.version().equals(object.version()) ? one.with(lock) : one);
    }

    /** Takes a version away for good. */
    public synchronized void remove(SimObject object) {
        List<SimObject> all = objects.getOrDefault(object.key(), new ArrayList<>());
        all.remove(object);
        if (all.isEmpty()) {
            objects.remove(object.key());
        }
    }
}
