package io.keyturn.proof.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** States of world and journal after a run from which a calm end is known to break no promise: they are lived once. */
final class Memo {
    private final Set<String> fine = new HashSet<>();
    private int merged;

    /** How many lives ended early, in a state that another one had come to. */
    int merged() {
        return merged;
    }

    /** Lives on until the end, or until a state that is known once nothing befalls it any more; whether it was the end. */
    boolean through(Life life, Schedule schedule) {
        // What lands late is in no state, so that such a life is lived to its end.
        boolean comparable = !schedule.landsLate();
        int last = schedule.last();
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
