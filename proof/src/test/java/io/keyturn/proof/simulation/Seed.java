package io.keyturn.proof.simulation;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What makes a life happen again, in one word: {@code ROTATION/INSTALLS/12=DROPPED_AFTER,40=KILLED_BEFORE}.
 *
 * @param blows by the number of the call, counted from 0
 */
record Seed(Scenario scenario, Person person, SortedMap<Integer, Blow> blows) {
    static Seed of(Scenario scenario, Person person, Map<Integer, Blow> blows) {
        return new Seed(scenario, person, new TreeMap<>(blows));
    }

    /** @throws IllegalArgumentException where it is none, saying what would be */
    static Seed parse(String text) {
        String[] parts = text.split("/", -1);
        try {
            if (parts.length == 3) {
                Map<Integer, Blow> blows = Arrays.stream(parts[2].split(","))
                        .filter(one -> !one.isEmpty())
                        .map(one -> one.split("=", 2))
                        .collect(Collectors.toMap(one -> Integer.valueOf(one[0]), one -> Blow.valueOf(one[1])));
                return of(Scenario.valueOf(parts[0]), Person.valueOf(parts[1]), blows);
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            // answered as any other text that is no seed
        }
        throw new IllegalArgumentException("\"" + text + "\" is no seed of a simulated life; copy it from the failure,"
                + " such as ROTATION/INSTALLS/12=DROPPED_AFTER,40=KILLED_BEFORE; scenarios are "
                + Arrays.toString(Scenario.values()) + ", owners " + Arrays.toString(Person.values()) + ", blows "
                + Arrays.toString(Blow.values()));
    }

    @Override
    public String toString() {
        return scenario + "/" + person + "/"
                + blows.entrySet().stream()
                        .map(one -> one.getKey() + "=" + one.getValue())
                        .collect(Collectors.joining(","));
    }
}
