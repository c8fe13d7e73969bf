package io.keyturn.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.plan.RotationPhase.End;
import io.keyturn.core.plan.RotationPhase.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** All facts there can be, and everything that can happen to each. */
class RotationPhaseTest {
    private static final List<Boolean> BOTH = List.of(false, true);

    /** What can happen to a rotation, one fact at a time. */
    private enum Event {
        SECRET_DELIVERED(f ->
                with(f, true, f.told(), f.installed(), f.overdue(), f.end(), f.extended(), f.quiet(), f.approved())),
        OWNER_TOLD(f -> with(
                f, f.delivered(), true, f.installed(), f.overdue(), f.end(), f.extended(), f.quiet(), f.approved())),
        SUCCESSOR_USED(f ->
                with(f, f.delivered(), f.told(), true, f.overdue(), f.end(), f.extended(), f.quiet(), f.approved())),
        TIME_TO_INSTALL_OVER(f ->
                with(f, f.delivered(), f.told(), f.installed(), true, f.end(), f.extended(), f.quiet(), f.approved())),
        END_ANNOUNCED(f -> with(
                f,
                f.delivered(),
                f.told(),
                f.installed(),
                f.overdue(),
                End.AHEAD,
                f.end() == End.PASSED || f.extended(),
                f.quiet(),
                f.approved())),
        END_PASSED(f -> with(
                f,
                f.delivered(),
                f.told(),
                f.installed(),
                f.overdue(),
                f.end() == End.AHEAD ? End.PASSED : f.end(),
                f.extended(),
                f.quiet(),
                f.approved())),
        OLD_KEY_QUIET(f -> with(
                f, f.delivered(), f.told(), f.installed(), f.overdue(), f.end(), f.extended(), true, f.approved())),
        OLD_KEY_USED(f -> with(
                f, f.delivered(), f.told(), f.installed(), f.overdue(), f.end(), f.extended(), false, f.approved())),
        PERSON_APPROVES(f ->
                with(f, f.delivered(), f.told(), f.installed(), f.overdue(), f.end(), f.extended(), f.quiet(), true));

        private final UnaryOperator<Facts> effect;

        Event(UnaryOperator<Facts> effect) {
            this.effect = effect;
        }

        private static Facts with(
                Facts f,
                boolean delivered,
                boolean told,
                boolean installed,
                boolean overdue,
                End end,
                boolean extended,
                boolean quiet,
                boolean approved) {
            return new Facts(delivered, told, installed, overdue, end, extended, quiet, approved);
        }
    }

    private static List<Facts> all() {
        List<Facts> all = new ArrayList<>();
        for (boolean delivered : BOTH) {
            for (boolean told : BOTH) {
                for (boolean installed : BOTH) {
                    for (boolean overdue : BOTH) {
                        for (End end : End.values()) {
                            for (boolean extended : BOTH) {
                                for (boolean quiet : BOTH) {
                                    for (boolean approved : BOTH) {
                                        all.add(new Facts(
                                                delivered, told, installed, overdue, end, extended, quiet, approved));
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    @Test
    void theOldKeyEndsOnlyWhenItsSuccessorIsInUseAndItIsQuietOrAPersonSaysSo() {
        assertThat(all())
                .hasSize(384)
                .filteredOn(facts -> RotationPhase.of(facts) == RotationPhase.ENDED)
                .isNotEmpty()
                .allMatch(facts -> facts.delivered() && facts.told())
                .allMatch(
                        facts -> facts.approved() || (facts.installed() && facts.quiet() && facts.end() == End.PASSED));
    }

    @Test
    void anApprovalEndsWhatWaitsForItAndCutsNothingElseShort() {
        for (Facts facts : all()) {
            Facts before = new Facts(
                    facts.delivered(),
                    facts.told(),
                    facts.installed(),
                    facts.overdue(),
                    facts.end(),
                    facts.extended(),
                    facts.quiet(),
                    false);
            RotationPhase phase = RotationPhase.of(before);
            assertThat(RotationPhase.of(facts))
                    .isEqualTo(facts.approved() && phase.waitsForDecision() ? RotationPhase.ENDED : phase);
        }
    }

    @Test
    void nothingButADeliveryEndsTheTakingBack() {
        for (Facts facts : all()) {
            assertThat(RotationPhase.of(facts) == RotationPhase.UNDELIVERED).isEqualTo(!facts.delivered());
        }
    }

    @Test
    void byTimeTheOldKeyEndsAtTheDayThatWasAnnouncedUnlessItIsUsedAndItsSuccessorNeverWas() {
        assertThat(all())
                .filteredOn(facts -> RotationPhase.byTime(facts) == RotationPhase.ENDED)
                .isNotEmpty()
                .allMatch(facts -> facts.delivered() && facts.told() && facts.end() == End.PASSED)
                .allMatch(facts -> facts.approved() || facts.installed() || facts.quiet());
        assertThat(all())
                .filteredOn(facts -> facts.delivered() && facts.told() && facts.end() == End.PASSED)
                .filteredOn(facts -> facts.installed() || facts.quiet())
                .allMatch(facts -> RotationPhase.byTime(facts) == RotationPhase.ENDED);
        assertThat(all())
                .allMatch(facts -> (RotationPhase.byTime(facts) == RotationPhase.UNDELIVERED) == !facts.delivered());
    }

    @Test
    void byTimeNoPhaseWaitsForTheSuccessorToBeInstalledBeforeItsEnd() {
        Set<RotationPhase> reached = new TreeSet<>();
        for (Facts facts : reachable(true)) {
            reached.add(RotationPhase.byTime(facts));
        }
        assertThat(reached)
                .containsExactly(
                        RotationPhase.UNDELIVERED,
                        RotationPhase.DELIVERED,
                        RotationPhase.GRACE,
                        RotationPhase.HELD,
                        RotationPhase.ENDED);
    }

    @Test
    void everyPhaseIsReachedFromTheFirstAndOnlyTheEndHasNoWayOn() {
        Set<RotationPhase> reached = new TreeSet<>();
        for (Facts facts : reachable()) {
            reached.add(RotationPhase.of(facts));
        }
        assertThat(reached).containsExactly(RotationPhase.values());
    }

    /** Facts that events lead to, from a key that was just made; an end is announced only where the successor is used. */
    private static Set<Facts> reachable() {
        return reachable(false);
    }

    private static Set<Facts> reachable(boolean byTime) {
        Set<Facts> seen = new java.util.LinkedHashSet<>();
        List<Facts> next =
                new ArrayList<>(List.of(new Facts(false, false, false, false, End.NONE, false, false, false)));
        while (!next.isEmpty()) {
            Facts facts = next.removeLast();
            if (seen.add(facts)) {
                for (Event event : Event.values()) {
                    if (isPossible(event, facts, byTime)) {
                        next.add(event.effect.apply(facts));
                    }
                }
            }
        }
        return seen;
    }

    private static RotationPhase phase(Facts facts, boolean byTime) {
        return byTime ? RotationPhase.byTime(facts) : RotationPhase.of(facts);
    }

    private static boolean isPossible(Event event, Facts facts, boolean byTime) {
        RotationPhase phase = phase(facts, byTime);
        return switch (event) {
            // By time the first word names the day, so that telling and announcing are one.
            case END_ANNOUNCED ->
                phase == (byTime ? RotationPhase.DELIVERED : RotationPhase.INSTALLED) && (!byTime || facts.told())
                        || phase == RotationPhase.CONTESTED;
            case OWNER_TOLD, SUCCESSOR_USED, TIME_TO_INSTALL_OVER, PERSON_APPROVES -> facts.delivered();
            case SECRET_DELIVERED, END_PASSED, OLD_KEY_QUIET, OLD_KEY_USED -> phase != RotationPhase.ENDED;
        };
    }

    /** The diagram of the guide is made from the machine; this says what it must be where they differ. */
    @Test
    void theGuideShowsTheMachineAsItIs() throws IOException {
        assertThat(Files.readString(Path.of("../docs/guide/rotation.md"))).contains(diagram(false), diagram(true));
    }

    private static String diagram(boolean byTime) {
        Set<String> edges = new TreeSet<>();
        for (Facts facts : reachable(byTime)) {
            for (Event event : Event.values()) {
                if (isPossible(event, facts, byTime)) {
                    RotationPhase from = phase(facts, byTime);
                    RotationPhase to = phase(event.effect.apply(facts), byTime);
                    if (from != to) {
                        edges.add("    " + from.label() + " --> " + to.label() + ": "
                                + event.name().toLowerCase(Locale.ROOT).replace('_', ' '));
                    }
                }
            }
        }
        return "```mermaid\nstateDiagram-v2\n    [*] --> undelivered: key made\n" + String.join("\n", edges)
                + "\n    ended --> [*]: old key switched off\n```";
    }
}
