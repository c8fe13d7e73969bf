package io.keyturn.proof.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A life, and what it was before each of its runs: those that go another way later part from there, and nothing that was
 * the same is lived again.
 */
final class Course {
    private final List<Life> before = new ArrayList<>();
    private final Life end;

    /** Lives it to its end. */
    Course(Life life) {
        while (!life.isOver()) {
            // What is on its way lands in that life alone.
            if (life.isSettled()) {
                before.add(life.parting(Schedule.CALM));
            }
            life.next();
        }
        end = life;
    }

    /** A life in which nothing befalls anybody. */
    static Course calm(Scenario scenario, Person person) {
        return new Course(new Life(scenario, person, Map.of()));
    }

    /** What became of it. */
    Life end() {
        return end;
    }

    /** The kinds of its calls, in order. */
    List<Blow.Place> places() {
        return end.points.places();
    }

    /** A life that goes as this one did until shortly before that call, and then on its own way. */
    Life parting(int call, Schedule schedule) {
        Life last = before.getFirst();
        for (Life life : before) {
            if (life.points.count() <= call) {
                last = life;
            }
        }
        return last.parting(schedule);
    }

    /** What comes of it where those blows befall it, the last of them at that call. */
    Story story(int call, Map<Integer, Blow> blows, @Nullable Memo memo) {
        Schedule schedule = Schedule.of(blows);
        return Story.of(parting(call, schedule), schedule, memo);
    }

    /** What it was after a run, counted from 0; null where something was on its way. */
    @Nullable
    String stateAfter(int run) {
        for (Life life : before) {
            if (life.runs() == run + 1) {
                return run + State.of(life);
            }
        }
        return end.runs() == run + 1 && end.isSettled() ? run + State.of(end) : null;
    }
}
