package io.keyturn.proof.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A simulated life told run by run: what befell its calls, what came of it, how the keys then stood, what was broken. */
final class Timeline {
    /** There is one user, so that what is said of every key again and again is left out. */
    private static final Pattern CREDENTIAL = Pattern.compile("credential=CredentialId\\[.*?created=[^]]*], ");

    private final Life life;
    private final Seed seed;
    private final List<String> lines = new ArrayList<>();
    private int calls;
    private int shown;
    private int letters;
    private int broken;

    private Timeline(Seed seed) {
        this.seed = seed;
        this.life = new Life(seed.scenario(), seed.person(), seed.schedule(), Bug.NONE);
    }

    static List<String> of(Seed seed) {
        return new Timeline(seed).told();
    }

    private List<String> told() {
        Instant begun = life.clock.instant();
        lines.add("seed " + seed);
        lines.add("        " + keys());
        while (!life.isOver()) {
            life.next();
            long day = Duration.between(begun, life.clock.instant()).toDays();
            lines.add("day " + day + "  " + life.worker() + ", calls " + calls + " to "
                    + (life.points.places().size() - 1));
            tellRun();
        }
        life.truth.end();
        tellBroken();
        lines.add(
                life.truth.broken().isEmpty()
                        ? "every promise held"
                        : life.truth.broken().size() + " promises broken");
        return List.copyOf(lines);
    }

    private void tellRun() {
        List<Blow.Place> places = life.points.places();
        befallen(seed.schedule().blows(), places);
        befallen(seed.schedule().deeds(), places);
        Drift drift = seed.schedule().drifts().get(life.runs());
        if (drift != null) {
            lines.add("        the clock of Keyturn's machine is a day " + drift);
        }
        calls = places.size();
        life.shown
                .subList(shown, life.shown.size())
                .forEach(line -> lines.add("        " + CREDENTIAL.matcher(line).replaceAll("")));
        shown = life.shown.size();
        life.letters
                .arrived
                .subList(letters, life.letters.arrived.size())
                .forEach(letter -> lines.add("        letter: " + Said.words(letter)));
        letters = life.letters.arrived.size();
        lines.add("        " + keys());
        tellBroken();
    }

    private void befallen(Map<Integer, ?> what, List<Blow.Place> places) {
        what.forEach((call, blow) -> {
            if (call >= calls && call < places.size()) {
                lines.add("        call " + call + ", " + places.get(call) + ": " + blow);
            }
        });
    }

    private void tellBroken() {
        List<String> all = life.truth.broken();
        all.subList(broken, all.size()).forEach(promise -> lines.add("      ! " + promise));
        broken = all.size();
    }

    private String keys() {
        return "keys: "
                + life.keys().stream()
                        .map(key -> key.id()
                                + (key.active() ? " active" : " off")
                                + (life.inUse().contains(key.id()) ? ", in use" : ""))
                        .collect(Collectors.joining("; "));
    }
}
