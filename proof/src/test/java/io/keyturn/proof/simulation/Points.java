package io.keyturn.proof.simulation;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every call to the outside, counted; some of them meet a blow. After a death nothing gets out until the next start. */
final class Points implements Faults {
    private static final Set<String> WRITES = Set.of("CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey");

    private final Map<Integer, Blow> blows;
    private final Runnable observe;
    private final List<Blow.Place> places = new ArrayList<>();
    private boolean dead;
    private boolean dieAfter;

    /**
     * A course of calls.
     *
     * @param blows by the number of the call, counted from 0
     * @param observe looks at the world after each call
     */
    Points(Map<Integer, Blow> blows, Runnable observe) {
        this.blows = Map.copyOf(blows);
        this.observe = observe;
    }

    /** What kinds of calls there were, in order. */
    List<Blow.Place> places() {
        return List.copyOf(places);
    }

    /** How many calls something befalls. */
    int faults() {
        return blows.size();
    }

    /** A new process starts. */
    void revive() {
        dead = false;
    }

    boolean isDead() {
        return dead;
    }

    /** A call is about to be made; what befalls it. */
    synchronized Blow meet(Blow.Place place) {
        if (dead) {
            throw new Killed();
        }
        observe.run();
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
    public synchronized Fate before(Operation operation) {
        if (dead) {
            throw new Killed();
        }
        observe.run();
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
