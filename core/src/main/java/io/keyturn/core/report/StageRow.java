package io.keyturn.core.report;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.plan.Stages;
import io.keyturn.core.policy.Lowering;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stage of an organizational unit, or of an account that is in none, and what its next stage would do.
 *
 * @param place path of the unit, or name of the account
 * @param lowered what people lowered the stage to
 * @param next the stage after it; null after the highest
 * @param today keys that the next stage would act on today and this one does not, by step
 * @param later the same in the {@link #AHEAD} that follow
 * @param keys all of these
 * @param owned those of them whose owner is known
 * @param told those of them with a placed notice
 * @param unread why something was not read, a sentence each
 */
public record StageRow(
        String place,
        int accounts,
        Stage stage,
        List<Lowering> lowered,
        @Nullable Stage next,
        Map<Step, Integer> today,
        Map<Step, Integer> later,
        int keys,
        int owned,
        int told,
        List<String> unread) {
    /** How far is looked ahead. */
    public static final Duration AHEAD = Duration.ofDays(30);

    public StageRow {
        lowered = List.copyOf(lowered);
        today = Map.copyOf(today);
        later = Map.copyOf(later);
        unread = List.copyOf(unread);
    }

    /** The row of one account. */
    public static StageRow of(Rules rules, History past, Snapshot snapshot, List<Finding> findings, Instant now) {
        Stage stage = Stages.of(snapshot.account(), rules, now);
        Lowering lowering = Stages.lowering(snapshot.account(), rules, now);
        Stage next = stage == Stage.ENFORCE ? null : Stage.values()[stage.ordinal() + 1];
        Map<Step, Integer> today = new EnumMap<>(Step.class);
        Map<Step, Integer> later = new EnumMap<>(Step.class);
        Set<CredentialId> keys = new HashSet<>();
        if (next != null) {
            var plan = new Planner(rules.at(next), past).plan(snapshot.account(), findings, now);
            for (Action action : plan.due()) {
                // A secret is delivered with the key that is made: one rotation. What only ends is nobody's work.
                boolean counts = !(action instanceof Action.DeliverSecret) && !action.isEnd();
                if (action.step().stage() == next && counts) {
                    keys.add(action.credential());
                    today.merge(action.step(), 1, Integer::sum);
                }
            }
            for (Scheduled step : plan.next()) {
                if (step.step().stage() == next
                        && step.hold() == null
                        && !step.at().isAfter(now.plus(AHEAD))
                        && keys.add(step.credential())) {
                    later.merge(step.step(), 1, Integer::sum);
                }
            }
        }
        int owned = 0;
        int told = 0;
        for (Finding finding : findings) {
            if (keys.contains(finding.credential())) {
                owned += finding.owner() instanceof Fact.Known<Owner> ? 1 : 0;
                told += past.told(finding.credential()).isEmpty() ? 0 : 1;
            }
        }
        return new StageRow(
                place(snapshot),
                1,
                stage,
                lowering == null ? List.of() : List.of(lowering),
                next,
                today,
                later,
                keys.size(),
                owned,
                told,
                snapshot.reading() instanceof Reading.Partial(String why)
                        ? List.of(snapshot.account().name() + ": " + why)
                        : List.of());
    }

    private static String place(Snapshot snapshot) {
        return snapshot.account().ou() instanceof Fact.Known<String> ou
                ? ou.value().isEmpty() ? "(the root)" : ou.value()
                : snapshot.account().name();
    }

    /** Whether both are of one place and stage. */
    public boolean joins(StageRow other) {
        return place.equals(other.place) && stage == other.stage;
    }

    /** Both as one. */
    public StageRow plus(StageRow other) {
        List<Lowering> all = new ArrayList<>(lowered);
        other.lowered.stream().filter(lowering -> !all.contains(lowering)).forEach(all::add);
        List<String> missing = new ArrayList<>(unread);
        missing.addAll(other.unread);
        return new StageRow(
                place,
                accounts + other.accounts,
                stage,
                all,
                next,
                sum(today, other.today),
                sum(later, other.later),
                keys + other.keys,
                owned + other.owned,
                told + other.told,
                missing);
    }

    private static Map<Step, Integer> sum(Map<Step, Integer> a, Map<Step, Integer> b) {
        Map<Step, Integer> sum = new EnumMap<>(Step.class);
        a.forEach((step, count) -> sum.merge(step, count, Integer::sum));
        b.forEach((step, count) -> sum.merge(step, count, Integer::sum));
        return sum;
    }

    /**
     * What is missing before the next stage is a good idea, a few words each; empty where it is ready, or there is none.
     *
     * @param channel whether owners can be told at all
     * @param undone whether an undo was tried anywhere
     */
    public List<String> missing(boolean channel, boolean undone) {
        if (next == null) {
            return List.of();
        }
        List<String> missing = new ArrayList<>();
        if (!unread.isEmpty()) {
            missing.add(unread.size() + (unread.size() == 1 ? " account" : " accounts") + " not read whole");
        }
        if (!channel) {
            missing.add("no channel that could tell owners");
        }
        if (owned < keys) {
            missing.add((keys - owned) + " of " + keys + " keys without an owner");
        }
        if (next != Stage.NOTIFY && told < keys) {
            missing.add((keys - told) + " of " + keys + " keys without a placed notice");
        }
        if (next == Stage.ENFORCE && !undone) {
            missing.add("no undo was tried");
        }
        return missing;
    }
}
