package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Parameter Store keeps in all accounts and Regions: every parameter by its ARN, its versions oldest first. */
public final class Parameters {
    private final Duration staleFor;
    private final Map<String, List<SimParameter>> all = new TreeMap<>();
    private final Map<String, Before> before = new HashMap<>();

    /** The versions until a write; none where there was no such parameter. */
    private record Before(Instant until, List<SimParameter> were) {}

    Parameters(Duration staleFor) {
        this.staleFor = staleFor;
    }

    synchronized Parameters copy() {
        Parameters copy = new Parameters(staleFor);
        all.forEach((arn, versions) -> copy.all.put(arn, new ArrayList<>(versions)));
        copy.before.putAll(before);
        return copy;
    }

    /** Its versions, oldest first; none where there is no such parameter. */
    public synchronized List<SimParameter> versions(String arn) {
        return List.copyOf(all.getOrDefault(arn, List.of()));
    }

    /**
     * The same as a read is told of it.
     *
     * @param stale whether the answer is as old as eventual consistency allows
     */
    public synchronized List<SimParameter> told(String arn, Instant now, boolean stale) {
        Before written = before.get(arn);
        return stale && written != null && written.until().plus(staleFor).isAfter(now) ? written.were() : versions(arn);
    }

    public synchronized void put(String arn, SimParameter version) {
        before.put(arn, new Before(version.modified(), versions(arn)));
        all.computeIfAbsent(arn, a -> new ArrayList<>()).add(version);
    }

    /** Takes the parameter away with all its versions, and says whether it was there. */
    public synchronized boolean delete(String arn, Instant now) {
        before.put(arn, new Before(now, versions(arn)));
        return all.remove(arn) != null;
    }
}
