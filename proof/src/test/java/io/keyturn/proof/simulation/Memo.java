package io.keyturn.proof.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** States of world and journal after a run from which a calm end is known to break no promise: they are lived once. */
final class Memo {
    private final Set<String> fine = new HashSet<>();
    private int merged;

    /** How many lives ended early, in a state that another one had come to. */
    int merged() {
        return merged;
    }

    /**
     * Lives on until the end, or until a state that is known; whether it was the end.
     *
     * @param intrusions others' deeds, which like the blows are over before it is compared with another one
     */
    boolean through(Life life, Map<Integer, Blow> blows, Map<Integer, Consumer<Life>> intrusions) {
        // What lands late is in no state, so that such a life is lived to its end.
        boolean comparable = !blows.containsValue(Blow.LATE_LANDING);
        int last = Stream.concat(blows.keySet().stream(), intrusions.keySet().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(-1);
        List<String> path = new ArrayList<>();
        while (!life.isOver()) {
            life.next();
            if (comparable && life.points.count() > last) {
                String state = life.runs() + State.of(life);
                if (fine.contains(state)) {
                    merged++;
                    return false;
                }
                path.add(state);
            }
        }
        if (life.truth.broken().isEmpty()) {
            fine.addAll(path);
        }
        return true;
    }
}
