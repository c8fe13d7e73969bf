package io.keyturn.proof.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every blow of a scenario, alone and followed by every other one. Where the first of two leaves world and journal after
 * its run as another one did, what follows is the same, and is lived once.
 */
final class Pairs {
    private final Scenario scenario;
    private final Person person;
    private final Memo memo = new Memo();
    private final List<String> broken = new ArrayList<>();
    private int schedules;
    private int same;

    Pairs(Scenario scenario, Person person) {
        this.scenario = scenario;
        this.person = person;
    }

    /** Tries them all; what was broken, each with what makes it happen again. */
    List<String> broken() {
        take(Story.of(scenario, person, Map.of()));
        Course calm = Course.calm(scenario, person);
        List<Blow.Place> places = calm.places();
        for (int at = 0; at < places.size(); at++) {
            for (Blow blow : Blow.at(places.get(at))) {
                take(calm.story(at, Map.of(at, blow), memo));
            }
        }
        Set<String> followed = new HashSet<>();
        for (int run = 0; run < scenario.runs().length; run++) {
            followed.add(calm.stateAfter(run));
        }
        for (int at = 0; at < places.size(); at++) {
            for (Blow blow : Blow.at(places.get(at))) {
                follow(calm, at, blow, followed);
            }
        }
        return broken;
    }

    private void follow(Course calm, int at, Blow blow, Set<String> followed) {
        int run = calm.end().runOf(at);
        Course first = new Course(calm.parting(at, Schedule.of(Map.of(at, blow))));
        String state = blow == Blow.LATE_LANDING ? null : first.stateAfter(run);
        boolean anew = state == null || followed.add(state);
        List<Blow.Place> places = first.places();
        for (int second = at + 1; second < places.size(); second++) {
            for (Blow other : Blow.at(places.get(second))) {
                if (anew || first.end().runOf(second) == run) {
                    take(first.story(second, Map.of(at, blow, second, other), memo));
                } else {
                    same++;
                }
            }
        }
    }

    private void take(Story story) {
        schedules++;
        broken.addAll(story.broken());
    }

    /** How many there were, in words. */
    String count() {
        return (schedules + same) + " schedules of " + scenario + ": " + schedules + " lived, of which " + memo.merged()
                + " ended in a state that was known, and " + same + " that begin as another one did";
    }
}
