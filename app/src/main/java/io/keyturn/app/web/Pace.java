package io.keyturn.app.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often one address or person may ask: a bucket each, that fills again. */
final class Pace {
    private static final int MOST_KNOWN = 10_000;

    private final int burst;
    private final Duration each;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Bucket {
        private double left;
        private Instant at;

        Bucket(double left, Instant at) {
            this.left = left;
            this.at = at;
        }
    }

    /**
     * @param burst how many at once
     * @param each how long until one more
     */
    Pace(int burst, Duration each, InstantSource clock) {
        this.burst = burst;
        this.each = each;
        this.clock = clock;
    }

    /** Whether one more is within the pace. */
    synchronized boolean allows(String who) {
        Instant now = clock.instant();
        Bucket bucket = buckets.computeIfAbsent(who, any -> new Bucket(burst, now));
        double earned = Math.max(0, Duration.between(bucket.at, now).toNanos()) / (double) each.toNanos();
        bucket.left = Math.min(burst, bucket.left + earned);
        bucket.at = now;
        if (buckets.size() > MOST_KNOWN) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }
}
