package io.keyturn.proof.simulation;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges days: those that letters announced, by both clocks. */
final class Calendar {
    private final Life life;
    private final Board.Verdict verdict;
    /** By key and step, the latest day that was announced. */
    private final Map<String, Instant> announced = new HashMap<>();

    private int letters;

    Calendar(Life life, Board.Verdict verdict) {
        this.life = life;
        this.verdict = verdict;
    }

    /** What another life's judge has seen so far. */
    Calendar(Calendar other, Life life, Board.Verdict verdict) {
        this(life, verdict);
        announced.putAll(other.announced);
        letters = other.letters;
    }

    /** Looks at what arrived since the last look. */
    void observe() {
        List<SimulatedLetters.Letter> arrived = life.letters.arrived;
        for (; letters < arrived.size(); letters++) {
            Deadline deadline = arrived.get(letters).notice().announced();
            if (deadline != null) {
                String key = Board.keyOf(arrived.get(letters));
                announced.merge(key + " " + deadline.step(), deadline.at(), (before, now) -> {
                    verdict.expect(!now.isBefore(before), "12: an announced day moved earlier", key);
                    return now;
                });
            }
        }
    }

    /** A step was taken that letters announced. */
    void taken(String key, Step step) {
        Instant day = announced.get(key + " " + step);
        Instant here = life.local().instant();
        Instant there = life.clock.instant();
        verdict.expect(
                day == null || !day.isAfter(here.isBefore(there) ? here : there),
                "12: a step came on a day that one clock had not come to",
                key);
    }
}
