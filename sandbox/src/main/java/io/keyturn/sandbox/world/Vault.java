package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The secrets of Secrets Manager in all accounts and Regions. Safe for use by several threads. */
public final class Vault {
    private final Duration staleFor;
    private final Map<String, SimSecret> secrets = new TreeMap<>();
    private final Map<String, Before> before = new HashMap<>();

    /** What a secret was until a write; null for nothing. */
    private record Before(Instant until, @Nullable SimSecret was) {}

    Vault(Duration staleFor) {
        this.staleFor = staleFor;
    }

    /** The same, which changes apart from now on. */
    synchronized Vault copy() {
        Vault copy = new Vault(staleFor);
        copy.secrets.putAll(secrets);
        copy.before.putAll(before);
        return copy;
    }

    /** What a place is called: every ARN of its secrets begins so. */
    public static String place(String partition, String region, String account) {
        return "arn:" + partition + ":secretsmanager:" + region + ":" + account + ":secret:";
    }

    /**
     * The secret of that name; null for none.
     *
     * @param stale whether the answer is as old as eventual consistency allows
     */
    public synchronized @Nullable SimSecret find(String place, String name, Instant now, boolean stale) {
        Before written = before.get(place + name);
        if (stale && written != null && written.until().plus(staleFor).isAfter(now)) {
            return written.was();
        }
        SimSecret secret = secrets.get(place + name);
        if (secret != null && secret.goneAt() != null && !secret.goneAt().isAfter(now)) {
            secrets.remove(place + name);
            return null;
        }
        return secret;
    }

    /** Writes a secret that is new, or takes the place of the one of its name. */
    public synchronized void put(String place, SimSecret secret, Instant now) {
        before.put(place + secret.name(), new Before(now, secrets.get(place + secret.name())));
        secrets.put(place + secret.name(), secret);
    }

    /** Changes a secret that is there. */
    public synchronized SimSecret change(String place, SimSecret secret, Instant now, UnaryOperator<SimSecret> how) {
        SimSecret changed = how.apply(secret);
        put(place, changed, now);
        return changed;
    }

    /** Every secret there is, those that are marked for deletion among them. */
    public synchronized List<SimSecret> all() {
        return List.copyOf(secrets.values());
    }
}
