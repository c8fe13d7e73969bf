package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The management events of all accounts: what was written to IAM through a door, and before the world began who made its
 * users and keys. Told at once, where AWS takes some minutes. Safe for use by several threads.
 */
public final class Trail {
    /** How long events are kept. Source: CloudTrail user guide, "Viewing events with event history". */
    private static final Duration KEPT = Duration.ofDays(90);

    private final WorldSpec spec;
    private final Map<String, List<TrailEvent>> events = new HashMap<>();
    private final AtomicLong number = new AtomicLong();

    Trail(WorldSpec spec) {
        this.spec = spec;
    }

    /** The same, which changes apart from now on. */
    Trail copy() {
        Trail copy = new Trail(spec);
        synchronized (events) {
            events.forEach((account, kept) -> copy.events.put(account, new ArrayList<>(kept)));
        }
        copy.number.set(number.get());
        return copy;
    }

    /** Keeps what was called by nobody in particular. */
    public void record(
            Caller caller,
            Instant now,
            String action,
            Map<String, Object> request,
            Map<String, Object> response,
            @Nullable String keyId,
            @Nullable String errorCode) {
        record(caller, now, action, request, response, keyId, errorCode, TrailSource.USUAL);
    }

    /**
     * Keeps what was called.
     *
     * @param keyId the key that it was about; null for none
     * @param errorCode null where it was done
     * @param source where it came from
     */
    public void record(
            Caller caller,
            Instant now,
            String action,
            Map<String, Object> request,
            Map<String, Object> response,
            @Nullable String keyId,
            @Nullable String errorCode,
            TrailSource source) {
        Object user = request.get("userName");
        long count = number.getAndIncrement();
        TrailEvent event = new TrailEvent(
                new UUID(Chance.bits(spec.seed(), "event", count), Chance.bits(spec.seed(), count, "event")).toString(),
                Instant.ofEpochSecond(now.getEpochSecond()),
                action,
                TrailIdentity.of(caller, spec.options().partition()),
                request,
                response,
                errorCode,
                TrailEvent.about(user == null ? null : user.toString(), keyId),
                source);
        synchronized (events) {
            events.computeIfAbsent(caller.account().id(), account -> new ArrayList<>())
                    .add(event);
        }
    }

    /** The account's events of the ninety days before {@code now}, newest first. */
    public List<TrailEvent> of(SimAccount account, Instant now) {
        List<TrailEvent> all = new ArrayList<>(new PastEvents(spec, account).all());
        synchronized (events) {
            all.addAll(events.getOrDefault(account.id(), List.of()));
        }
        // Of two in one second the later one was kept later.
        return all.reversed().stream()
                .filter(event ->
                        event.at().isAfter(now.minus(KEPT)) && !event.at().isAfter(now))
                .sorted(Comparator.comparing(TrailEvent::at).reversed())
                .toList();
    }
}
