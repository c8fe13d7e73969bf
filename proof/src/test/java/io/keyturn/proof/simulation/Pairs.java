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
        Story calm = live(Map.of());
        List<Blow.Place> places = calm.places();
        for (int at = 0; at < places.size(); at++) {
            for (Blow blow : Blow.at(places.get(at))) {
                live(Map.of(at, blow));
            }
        }
        Set<String> followed = new HashSet<>();
        for (int run = 0; run < scenario.runs().length; run++) {
            followed.add(Memo.stateAfter(scenario, person, Map.of(), run));
        }
        for (int at = 0; at < places.size(); at++) {
            int run = calm.life().runOf(at);
            for (Blow blow : Blow.at(places.get(at))) {
                follow(at, blow, run, followed);
            }
        }
        return broken;
    }

    private void follow(int at, Blow blow, int run, Set<String> followed) {
        Life first = Memo.lived(scenario, person, Map.of(at, blow), scenario.runs().length);
        boolean comparable = blow != Blow.LATE_LANDING;
        boolean anew = !comparable || followed.add(Memo.stateAfter(scenario, person, Map.of(at, blow), run));
        List<Blow.Place> places = first.points.places();
        for (int second = at + 1; second < places.size(); second++) {
            for (Blow other : Blow.at(places.get(second))) {
                if (anew || first.runOf(second) == run) {
                    live(Map.of(at, blow, second, other));
                } else {
                    same++;
                }
            }
        }
    }

    private Story live(Map<Integer, Blow> blows) {
        Story story = Story.of(scenario, person, blows, Map.of(), Bug.NONE, blows.isEmpty() ? null : memo);
        schedules++;
        broken.addAll(story.broken());
        return story;
    }

    /** How many there were, in words. */
    String count() {
        return (schedules + same) + " schedules of " + scenario + ": " + schedules + " lived, of which " + memo.merged()
                + " ended in a state that was known, and " + same + " that begin as another one did";
    }
}
