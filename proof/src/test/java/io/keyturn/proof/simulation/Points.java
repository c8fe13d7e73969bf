package io.keyturn.proof.simulation;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every call to the outside, counted; some of them meet a blow. After a death nothing gets out until the next start. */
final class Points implements Faults {
    private static final Set<String> WRITES = Set.of("CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey");

    private final Map<Integer, Blow> blows;
    private final Map<Integer, Runnable> intrusions;
    private final Runnable observe;
    private final Runnable beforeWrite;
    private final List<Blow.Place> places = new ArrayList<>();
    private final Set<Integer> intruded = new HashSet<>();
    private volatile boolean uncounted;
    private volatile boolean dead;
    private boolean dieAfter;

    /**
     * A course of calls.
     *
     * @param blows by the number of the call, counted from 0
     * @param intrusions what happens right before a call, by its number
     * @param observe looks at the world after each call
     * @param beforeWrite looks right before a call that changes a key
     */
    Points(Map<Integer, Blow> blows, Map<Integer, Runnable> intrusions, Runnable observe, Runnable beforeWrite) {
        this.blows = Map.copyOf(blows);
        this.intrusions = Map.copyOf(intrusions);
        this.observe = observe;
        this.beforeWrite = beforeWrite;
    }

    /** The calls that another life has made so far, and what befalls those that this one makes. */
    Points(
            Points other,
            Map<Integer, Blow> blows,
            Map<Integer, Runnable> intrusions,
            Runnable observe,
            Runnable beforeWrite) {
        this(blows, intrusions, observe, beforeWrite);
        places.addAll(other.places);
        intruded.addAll(other.intruded);
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
        Runnable intrusion = uncounted || dead ? null : intrusions.get(places.size());
        if (intrusion != null && intruded.add(places.size())) {
            boolean before = uncounted;
            uncounted = true;
            intrusion.run();
            uncounted = before;
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
        return blows.size() + intrusions.size();
    }

    /** Whether nothing befell any call from that one on, and nobody intruded upon any. */
    boolean isCalmFrom(int call) {
        return Stream.concat(blows.keySet().stream(), intrusions.keySet().stream())
                .noneMatch(at -> at >= call && at < places.size());
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
        observe.run();
        if (uncounted) {
            return Blow.NONE;
        }
        Blow blow = blows.get(places.size());
        places.add(place);
        if (blow == Blow.KILLED_BEFORE) {
            die();
        }
        return blow == null ? Blow.NONE : blow;
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
        observe.run();
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
        observe.run();
        if (WRITES.contains(operation.action())) {
            beforeWrite.run();
        }
        if (uncounted) {
            dieAfter = false;
            return Fate.OK;
        }
        Blow blow = blows.get(places.size());
        places.add(WRITES.contains(operation.action()) ? Blow.Place.AWS_WRITE : Blow.Place.AWS_READ);
        if (blow == Blow.KILLED_BEFORE) {
            die();
        }
        dieAfter = blow == Blow.KILLED_AFTER;
        if (blow == null) {
            return Fate.OK;
        }
        return blow == Blow.LATE_LANDING ? new Fate(blow.kind(), Fault.AFTER.multipliedBy(12)) : Fate.of(blow.kind());
    }

    @Override
    public synchronized void after(Operation operation) {
        observe.run();
        if (dieAfter) {
            die();
        }
    }
}
