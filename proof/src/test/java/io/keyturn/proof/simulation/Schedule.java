package io.keyturn.proof.simulation;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What befalls a life.
 *
 * @param blows by the number of the call, counted from 0
 * @param deeds what others do right before a call, by its number
 * @param beside blows to calls of the worker that overtakes, by their number since it began
 * @param drifts of the clock, by the number of the run, counted from 1
 */
record Schedule(
        SortedMap<Integer, Blow> blows,
        SortedMap<Integer, Deed> deeds,
        SortedMap<Integer, Blow> beside,
        SortedMap<Integer, Drift> drifts) {
    static final Schedule CALM = of(Map.of());

    static Schedule of(Map<Integer, Blow> blows) {
        return of(blows, Map.of());
    }

    static Schedule of(Map<Integer, Blow> blows, Map<Integer, Deed> deeds) {
        return new Schedule(new TreeMap<>(blows), new TreeMap<>(deeds), new TreeMap<>(), new TreeMap<>());
    }

    /** The same where calls of the worker that overtakes meet those. */
    Schedule beside(Map<Integer, Blow> others) {
        return new Schedule(blows, deeds, new TreeMap<>(others), drifts);
    }

    static Schedule drifting(Map<Integer, Drift> drifts) {
        return new Schedule(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(drifts));
    }

    /** How many calls something befalls, or somebody intrudes upon, and runs whose clock is wrong. */
    int faults() {
        return blows.size() + deeds.size() + beside.size() + drifts.size();
    }

    /** Whether nothing befalls a call from the first of these numbers on and before the second. */
    boolean isCalm(int from, int before) {
        return at().noneMatch(at -> at >= from && at < before);
    }

    /** The last call that something befalls, or -1. */
    int last() {
        return at().max().orElse(-1);
    }

    private IntStream at() {
        return Stream.concat(blows.keySet().stream(), deeds.keySet().stream()).mapToInt(Integer::intValue);
    }

    /** Whether something takes effect when everybody has stopped looking for it. */
    boolean landsLate() {
        return blows.containsValue(Blow.LATE_LANDING) || beside.containsValue(Blow.LATE_LANDING);
    }
}
