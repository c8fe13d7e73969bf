package io.keyturn.engine.catalog;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plan of the last run, to look at and approve.
 *
 * @param hash of the whole plan
 * @param run the name of the run that made it
 * @param complete whether everything was read when it was made
 * @param fingerprint of what it changes; null where an earlier version wrote it down
 */
public record SeenPlan(
        String hash,
        String run,
        Instant at,
        boolean complete,
        List<Row> rows,
        @Nullable String fingerprint) {
    public SeenPlan {
        rows = List.copyOf(rows);
    }

    /** How it is with a step of the plan. */
    public enum State {
        /** Within the limits: the next run takes it, once enough people approved it where that is asked for. */
        DUE,
        /** Put off by a limit. */
        DEFERRED,
        /** Somebody holds it back. */
        HELD
    }

    /**
     * One step about one key.
     *
     * @param verb what is done, such as {@code open-ticket}
     * @param key the key's {@link SeenKey#name}
     * @param account the account's name
     * @param why a sentence
     * @param more why it waits, or was not done when somebody applied it; null where it is neither
     */
    public record Row(
            String verb,
            Step step,
            CredentialId credential,
            String key,
            String account,
            String why,
            State state,
            @Nullable String more) {
        /** The same, which was to be done and is not; {@code why} says how it ended. */
        public Row leftFor(String why) {
            return new Row(verb, step, credential, key, account, this.why, state, why);
        }

        /** Whether it changes a key, now. */
        public boolean isChange() {
            return state == State.DUE && !step.speaksOnly();
        }
    }

    /** The changes that the next run would make, each step of a key once, of however many actions it is made. */
    public List<Row> changes() {
        Set<List<Object>> seen = new HashSet<>();
        return rows.stream()
                .filter(row -> row.isChange() && seen.add(List.of(row.key(), row.step())))
                .toList();
    }

    /**
     * A plan without its steps, of which there may be tens of thousands.
     *
     * @param changes how many {@link SeenPlan#changes} are of each step
     */
    public record Brief(
            String hash,
            String run,
            Instant at,
            boolean complete,
            @Nullable String fingerprint,
            Map<Step, Integer> changes) {
        public Brief {
            changes = Map.copyOf(changes);
        }

        /** How many changes of that step. */
        public int count(Step step) {
            return changes.getOrDefault(step, 0);
        }

        /** How many changes in all. */
        public int count() {
            return changes.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** The same without its steps. */
    public Brief brief() {
        Map<Step, Integer> counts = new EnumMap<>(Step.class);
        changes().forEach(row -> counts.merge(row.step(), 1, Integer::sum));
        return new Brief(hash, run, at, complete, fingerprint, counts);
    }
}
