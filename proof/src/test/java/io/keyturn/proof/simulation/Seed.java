package io.keyturn.proof.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What makes a life happen again, in one word: {@code ROTATION/INSTALLS/12=DROPPED_AFTER,40=KILLED_BEFORE}. In the same
 * list stand others' deeds ({@code 30=OVERTAKE}), what befalls the worker that overtakes ({@code +4=STALE}), and drifts of
 * the clock in a run ({@code @3=AHEAD}).
 */
record Seed(Scenario scenario, Person person, Schedule schedule) {
    /** @throws IllegalArgumentException where it is none, saying what would be */
    static Seed parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 3) {
                SortedMap<Integer, Blow> blows = new TreeMap<>();
                SortedMap<Integer, Deed> deeds = new TreeMap<>();
                SortedMap<Integer, Blow> beside = new TreeMap<>();
                SortedMap<Integer, Drift> drifts = new TreeMap<>();
                for (String one : parts[2].isEmpty() ? List.<String>of() : List.of(parts[2].split(",", -1))) {
                    String[] sides = one.split("=", 2);
                    String what = sides[1];
                    if (one.startsWith("+")) {
                        beside.put(Integer.valueOf(sides[0].substring(1)), Blow.valueOf(what));
                    } else if (one.startsWith("@")) {
                        drifts.put(Integer.valueOf(sides[0].substring(1)), Drift.valueOf(what));
                    } else if (Arrays.stream(Deed.values())
                            .anyMatch(deed -> deed.name().equals(what))) {
                        deeds.put(Integer.valueOf(sides[0]), Deed.valueOf(what));
                    } else {
                        blows.put(Integer.valueOf(sides[0]), Blow.valueOf(what));
                    }
                }
                return new Seed(
                        Scenario.valueOf(parts[0]),
                        Person.valueOf(parts[1]),
                        new Schedule(blows, deeds, beside, drifts));
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            // answered as any other text that is no seed
        }
        throw new IllegalArgumentException("\"" + text + "\" is no seed of a simulated life; copy it from the failure,"
                + " such as ROTATION/INSTALLS/12=DROPPED_AFTER,40=KILLED_BEFORE; scenarios are "
                + Arrays.toString(Scenario.values()) + ", owners " + Arrays.toString(Person.values()) + ", blows "
                + Arrays.toString(Blow.values()) + ", deeds " + Arrays.toString(Deed.values()) + ", drifts "
                + Arrays.toString(Drift.values()));
    }

    @Override
    public String toString() {
        return scenario + "/" + person + "/"
                + Stream.of(
                                parts("", schedule.blows()),
                                parts("", schedule.deeds()),
                                parts("+", schedule.beside()),
                                parts("@", schedule.drifts()))
                        .flatMap(Function.identity())
                        .collect(Collectors.joining(","));
    }

    private static Stream<String> parts(String mark, Map<Integer, ?> what) {
        return what.entrySet().stream().map(one -> mark + one.getKey() + "=" + one.getValue());
    }
}
