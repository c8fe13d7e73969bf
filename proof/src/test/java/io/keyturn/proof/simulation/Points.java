package io.keyturn.proof.simulation;

import io.keyturn.engine.journal.Leases;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Every call to the outside, counted; some of them meet a blow. After a death nothing gets out until the next start. */
final class Points implements Faults {
    private static final Set<String> WRITES = Set.of("CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey");

    /** More than any read is tried again. */
    private static final int MORE_TRIES = 8;

    private final Schedule schedule;
    private final Witness witness;
    private final List<Blow.Place> places = new ArrayList<>();
    private final Set<Integer> intruded = new HashSet<>();
    /** Calls that something befell by chance. */
    private final NavigableSet<Integer> drawn = new TreeSet<>();

    private volatile boolean uncounted;
    private volatile boolean dead;
    private boolean dieAfter;
    /** A read that is throttled, and how often more. */
    private @Nullable Operation throttled;

    private int again;
    /** How many calls the worker has made that overtakes this one; -1 where none does. */
    private volatile int besides = -1;

    /** Looks on, and does what others do. */
    interface Witness {
        /** Something may have changed. */
        void observe();

        /** AWS is about to be asked. */
        void beforeRead(Operation operation);

        /** A key is about to be changed. */
        void beforeWrite(Operation operation);

        /** Somebody else does something. */
        void act(Deed deed);

        /** What the next call meets by chance. */
        Blow chance(Blow.Place place);

        /** What such a call meets every time; OK for nothing. */
        Fate.Kind always(Operation operation);
    }

    Points(Schedule schedule, Witness witness) {
        this.schedule = schedule;
        this.witness = witness;
    }

    /** The calls that another life has made so far, and what befalls those that this one makes. */
    Points(Points other, Schedule schedule, Witness witness) {
        this(schedule, witness);
        places.addAll(other.places);
        intruded.addAll(other.intruded);
        drawn.addAll(other.drawn);
        uncounted = other.uncounted;
        dead = other.dead;
        dieAfter = other.dieAfter;
    }

    /** What follows is not counted, and nothing befalls it. */
    void aside(boolean uncounted) {
        this.uncounted = uncounted;
    }

    /** Outside of the lock, for whoever intrudes makes calls as well. */
    private void intrude() {
        Deed deed = uncounted || dead || besides >= 0 ? null : schedule.deeds().get(places.size());
        if (deed != null && intruded.add(places.size())) {
            besides = 0;
            witness.act(deed);
            besides = -1;
            // Whoever dies, it is another process.
            dead = false;
        }
    }

    /** What kinds of calls there were, in order. */
    List<Blow.Place> places() {
        return List.copyOf(places);
    }

    /** How many calls there were. */
    int count() {
        return places.size();
    }

    /** How many calls something befalls, or somebody intrudes upon. */
    int faults() {
        return schedule.faults() + drawn.size();
    }

    /** Whether nothing befell any call from that one on, and nobody intruded upon any. */
    boolean isCalmFrom(int call) {
        return schedule.isCalm(call, places.size()) && drawn.tailSet(call).isEmpty();
    }

    /** A new process starts. */
    void revive() {
        dead = false;
    }

    boolean isDead() {
        return dead;
    }

    /** A call is about to be made; what befalls it. */
    Blow meet(Blow.Place place) {
        intrude();
        return counted(place);
    }

    private synchronized Blow counted(Blow.Place place) {
        if (dead) {
            throw new Killed();
        }
        witness.observe();
        if (uncounted) {
            return Blow.NONE;
        }
        Blow blow = next(place);
        if (blow == Blow.KILLED_BEFORE) {
            die();
        }
        return blow == null ? Blow.NONE : blow;
    }

    private @Nullable Blow next(Blow.Place place) {
        if (besides >= 0) {
            return schedule.beside().get(besides++);
        }
        Blow blow = schedule.blows().get(places.size());
        if (blow == null) {
            Blow chance = witness.chance(place);
            if (chance != Blow.NONE) {
                drawn.add(places.size());
                blow = chance;
            }
        }
        places.add(place);
        return blow;
    }

    /** Whether a call goes well. */
    static boolean isWell(Blow blow) {
        return blow == Blow.NONE || blow == Blow.KILLED_AFTER;
    }

    /** Whether a call has its effect. */
    static boolean takesEffect(Blow blow) {
        return isWell(blow) || blow == Blow.DROPPED_AFTER || blow == Blow.ERROR_AFTER;
    }

    /** A call had its effect. */
    void after(Blow blow) {
        witness.observe();
        if (blow == Blow.KILLED_AFTER) {
            die();
        }
    }

    private void die() {
        dead = true;
        throw new Killed();
    }

    @Override
    public Fate before(Operation operation) {
        intrude();
        return counted(operation);
    }

    private synchronized Fate counted(Operation operation) {
        if (dead) {
            throw new Killed();
        }
        witness.observe();
        boolean writes = WRITES.contains(operation.action());
        if (writes) {
            witness.beforeWrite(operation);
        } else {
            witness.beforeRead(operation);
        }
        dieAfter = false;
        if (again > 0 && operation.equals(throttled)) {
            again--;
            return Fate.of(Fate.Kind.THROTTLED);
        }
        Fate.Kind always = witness.always(operation);
        if (uncounted || always != Fate.Kind.OK) {
            return Fate.of(always);
        }
        Blow blow = next(writes ? Blow.Place.AWS_WRITE : Blow.Place.AWS_READ);
        if (blow == Blow.KILLED_BEFORE) {
            die();
        }
        dieAfter = blow == Blow.KILLED_AFTER;
        if (blow == null) {
            return Fate.OK;
        }
        if (blow == Blow.THROTTLED && !writes) {
            throttled = operation;
            again = MORE_TRIES;
        }
        if (blow == Blow.SLOW) {
            return new Fate(blow.kind(), Leases.TERM.plusMinutes(1));
        }
        return blow == Blow.LATE_LANDING ? new Fate(blow.kind(), Fault.AFTER.multipliedBy(12)) : Fate.of(blow.kind());
    }

    @Override
    public synchronized void after(Operation operation) {
        witness.observe();
        if (dieAfter) {
            die();
        }
    }
}
