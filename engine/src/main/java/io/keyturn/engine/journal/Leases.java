package io.keyturn.engine.journal;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One writer for each account. A lease ends by itself, so that a worker that was killed holds nobody up for long. Its
 * end is judged by two clocks, the holder's and the taker's: the taker adds an allowance for their difference, and
 * should they differ by more, the fence refuses whatever the first holder still means to do.
 */
public final class Leases {
    /** How long a lease lasts unless it is renewed. */
    public static final Duration TERM = Duration.ofMinutes(2);

    /** How far the clocks of two workers may differ. */
    static final Duration SKEW = Duration.ofSeconds(15);

    private final JournalStore store;
    private final InstantSource clock;
    private final String worker;

    /** @param worker names this process to people and to others that want the same account */
    public Leases(JournalStore store, InstantSource clock, String worker) {
        this.store = store;
        this.clock = clock;
        this.worker = worker;
    }

    /** Who holds a lease that was asked for. */
    public record Held(String by, Instant until) {}

    /** What asking for a lease came to. */
    public sealed interface Answer {
        record Granted(Lease lease) implements Answer {}

        record Refused(Held held) implements Answer {}
    }

    /** Takes the lease of that name where nobody holds it. */
    public Answer acquire(String name) throws StoreFailure {
        Optional<Register> register = store.register(key(name));
        Instant now = clock.instant();
        if (register.isPresent()) {
            Held held = held(register.get());
            if (held.until().plus(SKEW).isAfter(now) && !held.by().isEmpty()) {
                return new Answer.Refused(held);
            }
        }
        try {
            return new Answer.Granted(
                    write(name, register.map(Register::version).orElse(0L), worker, now.plus(TERM)));
        } catch (StoreFailure e) {
            if (e.kind() != StoreFailure.Kind.CONFLICT) {
                throw e;
            }
            Held winner = store.register(key(name)).map(this::heldOrUnknown).orElse(new Held("another worker", now));
            return new Answer.Refused(winner);
        }
    }

    /** Who holds the lease of that name now; empty where nobody does. */
    public Optional<Held> holder(String name) throws StoreFailure {
        Optional<Register> register = store.register(key(name));
        if (register.isEmpty()) {
            return Optional.empty();
        }
        Held held = held(register.get());
        return held.by().isEmpty() || held.until().isBefore(clock.instant()) ? Optional.empty() : Optional.of(held);
    }

    /**
     * Whether the lease lets a change start now: it has not ended by this worker's clock. Time that ran backwards since
     * it was taken ends it too.
     */
    public boolean holds(Lease lease) {
        Instant now = clock.instant();
        return now.isBefore(lease.until()) && !now.isBefore(lease.until().minus(TERM));
    }

    /** The same lease for another term; {@code FENCED} where it has passed to somebody else. */
    public Lease renew(Lease lease) throws StoreFailure {
        try {
            return write(
                    lease.name(),
                    lease.register().version(),
                    worker,
                    clock.instant().plus(TERM));
        } catch (StoreFailure e) {
            throw e.kind() == StoreFailure.Kind.CONFLICT ? lost(lease, e) : e;
        }
    }

    /** Gives the lease back, so that the next worker need not wait for its end. */
    public void release(Lease lease) throws StoreFailure {
        try {
            write(lease.name(), lease.register().version(), "", clock.instant());
        } catch (StoreFailure e) {
            // Somebody else has it already: there is nothing left to give back.
            if (e.kind() != StoreFailure.Kind.CONFLICT) {
                throw e;
            }
        }
    }

    private Lease write(String name, long version, String holder, Instant until) throws StoreFailure {
        ObjectNode value = EntryWriter.JSON.createObjectNode();
        value.put("worker", holder);
        value.put("until", until.toString());
        return new Lease(name, store.write(key(name), version, EntryWriter.JSON.writeValueAsString(value)), until);
    }

    private Held held(Register register) throws StoreFailure {
        try {
            JsonNode value = EntryWriter.JSON.readTree(register.value());
            return new Held(
                    value.path("worker").asString(""),
                    Instant.parse(value.path("until").asString("")));
        } catch (JacksonException | DateTimeException e) {
            throw new StoreFailure(
                    StoreFailure.Kind.DAMAGED,
                    new Problem(
                            "read the lease",
                            register.name() + " in " + store.place(),
                            "it says \"" + register.value() + "\"",
                            "restore the store from a copy"),
                    e);
        }
    }

    private Held heldOrUnknown(Register register) {
        try {
            return held(register);
        } catch (StoreFailure e) {
            return new Held("another worker", clock.instant());
        }
    }

    private StoreFailure lost(Lease lease, StoreFailure cause) {
        return new StoreFailure(
                StoreFailure.Kind.FENCED,
                new Problem(
                        "keep the lease",
                        lease.name(),
                        "another worker has taken it over since " + lease.until(),
                        "what was begun is finished by that worker"),
                cause);
    }

    private static String key(String name) {
        return "lease/" + name;
    }
}
