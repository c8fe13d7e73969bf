package io.keyturn.proof.simulation;

import io.keyturn.sandbox.world.SimKey;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Tries whether a key that was switched off comes back, from whatever point the run ended at: on a copy of the life. */
final class WayBack {
    /** How long it takes until somebody misses a key. */
    private static final Duration MISSED = Duration.ofHours(1);

    private final Life life;
    private final Board.Verdict verdict;
    private final Set<String> tried = new TreeSet<>();

    WayBack(Life life, Board.Verdict verdict) {
        this.life = life;
        this.verdict = verdict;
    }

    /** What another life's judge has seen so far. */
    WayBack(WayBack other, Life life, Board.Verdict verdict) {
        this(life, verdict);
        tried.addAll(other.tried);
    }

    /** What it remembers that bears on what it will say. */
    String memory() {
        return tried.toString();
    }

    /**
     * What holds after a run.
     *
     * @param cut keys of people that Keyturn switched off
     */
    void afterRun(Set<String> cut) {
        if (!life.isSettled() || !life.truth.stop().isEmpty()) {
            return;
        }
        for (SimKey key : life.keys()) {
            if (!key.active() && cut.contains(key.id()) && tried.add(key.id())) {
                Life other = life.parting(Schedule.CALM);
                other.clock.move(MISSED);
                other.undo(key.id());
                verdict.expect(
                        other.keys().stream().anyMatch(now -> now.id().equals(key.id()) && now.active()),
                        "20: a key that was switched off did not come back",
                        key.id());
            }
        }
    }
}
