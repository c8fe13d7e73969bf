package io.keyturn.sandbox.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Parameter Store keeps in all accounts and Regions: every parameter by its ARN, its versions oldest first. */
public final class Parameters {
    private final Map<String, List<SimParameter>> all = new TreeMap<>();

    Parameters(Map<String, List<SimParameter>> others) {
        others.forEach((arn, versions) -> all.put(arn, new ArrayList<>(versions)));
    }

    synchronized Parameters copy() {
        return new Parameters(all);
    }

    /** Its versions, oldest first; none where there is no such parameter. */
    public synchronized List<SimParameter> versions(String arn) {
        return List.copyOf(all.getOrDefault(arn, List.of()));
    }

    public synchronized void put(String arn, SimParameter version) {
        all.computeIfAbsent(arn, a -> new ArrayList<>()).add(version);
    }

    /** Takes the parameter away with all its versions, and says whether it was there. */
    public synchronized boolean delete(String arn) {
        return all.remove(arn) != null;
    }
}
