package io.keyturn.core.report;

import java.util.HashMap;
import java.util.Map;

/** Tells things of one name apart by numbers: a series of metrics that stands twice spoils all the others. */
public final class DistinctNames {
    private final Map<String, Integer> seen = new HashMap<>();

    /**
     * The name, followed by {@code (2)} and so on where it was there before.
     *
     * @param within what the name has to be one of a kind in, such as an account's number
     */
    public String of(String within, String name) {
        int times = seen.merge(within + "\n" + name, 1, Integer::sum);
        return times == 1 ? name : of(within, name + " (" + times + ")");
    }
}
