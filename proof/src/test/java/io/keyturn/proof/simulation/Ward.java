package io.keyturn.proof.simulation;

import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import java.util.ArrayList;
import java.util.List;

/** Judges whom the pager woke by the world's own keys. */
final class Ward {
    private static final String LEAK = "a leaked access key of ";

    private final Life life;
    private final Board.Verdict verdict;
    private List<SimulatedPager.Incident> before = List.of();

    Ward(Life life, Board.Verdict verdict) {
        this.life = life;
        this.verdict = verdict;
    }

    /** What another life's judge has seen so far. */
    Ward(Ward other, Life life, Board.Verdict verdict) {
        this(life, verdict);
        before = other.before;
    }

    /** Looks at what changed since the last look. */
    void observe() {
        List<SimulatedPager.Incident> now = life.pager.incidents;
        if (now.equals(before)) {
            return;
        }
        for (int i = 0; i < now.size(); i++) {
            SimulatedPager.Incident incident = now.get(i);
            boolean isNew = i >= before.size();
            if (incident.summary().startsWith(LEAK) && (isNew || !incident.equals(before.get(i)))) {
                verdict.expect(!isNew || isOut(), "19: somebody was woken for a key that is no longer out", "pager");
                verdict.expect(
                        !isNew || leaks(now).size() == 1, "19: somebody was woken twice for the same key", "pager");
                verdict.expect(
                        incident.open() || !isOut(), "8: the alarm of a leaked key that works was ended", "pager");
            }
        }
        before = new ArrayList<>(now);
    }

    /** What holds after a run that nothing befell. */
    void afterCalmRun() {
        if (!life.scenario().alarms()) {
            return;
        }
        List<SimulatedPager.Incident> open = life.pager.incidents.stream()
                .filter(SimulatedPager.Incident::open)
                .toList();
        verdict.expect(isOut() == !leaks(open).isEmpty(), "17: the alarm does not say what is so", "pager");
        verdict.expect(
                !life.truth.stop().isEmpty() || open.size() == leaks(open).size(),
                "17: somebody is awake for what Keyturn could do",
                "pager");
    }

    private static List<SimulatedPager.Incident> leaks(List<SimulatedPager.Incident> incidents) {
        return incidents.stream()
                .filter(incident -> incident.summary().startsWith(LEAK))
                .toList();
    }

    /** Whether a leaked key works. */
    private boolean isOut() {
        return life.account().allUsers().stream()
                .filter(user -> !user.attached().isEmpty())
                .map(SimUser::keys)
                .flatMap(List::stream)
                .anyMatch(SimKey::active);
    }
}
