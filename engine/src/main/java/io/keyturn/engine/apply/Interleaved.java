package io.keyturn.engine.apply;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An order in which everybody's first comes before anybody's second, so that nobody's pace holds the others up. */
final class Interleaved {
    private Interleaved() {}

    private record Place<T>(T one, int turn) {}

    /** @param whose in the order that each has them in, and among those of one turn in the order given */
    static <T> List<T> of(List<T> all, Function<T, String> whose) {
        Map<String, Integer> turns = new HashMap<>();
        List<Place<T>> places = new ArrayList<>(all.size());
        for (T one : all) {
            places.add(new Place<>(one, turns.merge(whose.apply(one), 1, Integer::sum)));
        }
        return places.stream()
                .sorted(Comparator.comparingInt(Place::turn))
                .map(Place::one)
                .toList();
    }
}
