package io.keyturn.core.plan;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.CredentialOrder;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns findings into what is due and what comes next: pure. */
public final class Planner {
    private static final Comparator<Finding> BY_CREDENTIAL =
            Comparator.comparing(Finding::credential, CredentialOrder.CREDENTIALS);
    /** What nobody knows the idleness of comes last: it counts as in use. */
    private static final Comparator<Due> OLDEST_IDLE_FIRST = Comparator.comparing(Due::waits)
            .thenComparing(Due::idle, Comparator.nullsLast(Comparator.<Duration>reverseOrder()));

    private final Rules rules;
    private final History history;
    private final Map<String, Policy> policies;

    public Planner(Rules rules, History history) {
        this.rules = rules;
        this.history = history;
        Map<String, Policy> byName = HashMap.newHashMap(rules.policies().size());
        rules.policies().forEach(policy -> byName.putIfAbsent(policy.name(), policy));
        this.policies = Map.copyOf(byName);
    }

    /** The same planner with the past of one account in mind. */
    public Planner remembering(History past) {
        return new Planner(rules, past);
    }

    /** Whether the policy of a key that is switched off deletes it one day. */
    public boolean mayDelete(Finding finding) {
        Policy policy = policy(finding);
        return finding.standing() == Standing.INACTIVE && policy != null && Deletion.after(policy) != null;
    }

    /** How the policy that governs the key rotates it; null where none does. */
    public @Nullable Rotation rotation(Finding finding) {
        Policy policy = policy(finding);
        return policy == null ? null : policy.rotation();
    }

    private @Nullable Policy policy(Finding finding) {
        return finding.governedBy() == null ? null : policies.get(finding.governedBy());
    }

    /** Whether the rotation of the key goes on only where a person approves it. */
    public boolean waitsForDecision(Finding finding, Instant now) {
        Policy policy = policy(finding);
        return policy != null
                && finding.standing() == Standing.ROTATING
                && new RotationSteps(finding, policy, history, rules.days(), now).waitsForDecision();
    }

    /**
     * Until when nothing is due for a key, if nothing happens to its user and the finding stays as it is: an instant at or
     * before the first at which something may be. It is not after {@code now} where something is due, or only asking again
     * can tell.
     *
     * @param goesOn whether the key goes on being used, so that its last use stays as long ago as it is
     */
    public Instant quietUntil(Account account, Finding finding, boolean goesOn, Instant now) {
        return new Lull(rules, history, now).until(finding, policy(finding), Stages.of(account, rules, now), goesOn);
    }

    /** All the ways in which policies rotate. */
    public List<Rotation> rotations() {
        return rules.policies().stream()
                .map(Policy::rotation)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The actions due for one key; one whose key is compromised waits for no other. */
    private record Due(@Nullable Duration idle, List<Action> actions, boolean waits) {
        Due(@Nullable Duration idle, List<Action> actions) {
            this(idle, actions, true);
        }
    }

    /** What is due in one account that was read whole. */
    public AccountPlan plan(Account account, List<Finding> findings, Instant now) {
        return plan(account, findings, true, now);
    }

    /**
     * What is due in one account.
     *
     * @param whole whether all of the account was read
     */
    public AccountPlan plan(Account account, List<Finding> findings, boolean whole, Instant now) {
        Stage stage = Stages.of(account, rules, now);
        List<Finding> ordered = new ArrayList<>(findings);
        ordered.sort(BY_CREDENTIAL);
        List<Due> due = new ArrayList<>();
        List<Scheduled> next = new ArrayList<>(ordered.size());
        int active = 0;
        Map<CredentialId, Preview> enforced = new HashMap<>();
        for (Finding finding : ordered) {
            active += Boolean.TRUE.equals(finding.active()) ? 1 : 0;
            Policy policy = finding.governedBy() == null ? null : policies.get(finding.governedBy());
            Brownout brownout = history.openBrownout(finding.credential().keyId());
            if (brownout != null && finding.standing() != Standing.LEAKED) {
                due.add(new Due(finding.idle(), Brownouts.end(finding, brownout, now), false));
            } else if (finding.standing() == Standing.LEAKED) {
                // The way out of a compromise is approved by a person, so it is shown and never due by itself.
                next.add(scheduled(finding, Step.DEACTIVATE, now, stage, now));
                if (ShortWay.isOpen(finding, stage, history.holds(finding.credential(), now))) {
                    Action cut = new Action.Deactivate(finding.credential(), finding.reasons());
                    due.add(new Due(finding.idle(), List.of(cut), false));
                }
            } else if (policy != null) {
                planKey(finding, policy, stage, now, due, next);
                if (finding.standing() == Standing.EXPIRED) {
                    enforced.put(finding.credential(), ifEnforced(finding, policy));
                }
            }
        }
        due.sort(OLDEST_IDLE_FIRST);
        List<Action> actions =
                new ArrayList<>(due.stream().flatMap(d -> d.actions().stream()).toList());
        Ends ends = new Ends(ordered, whole);
        if (stage.allows(Step.TICKET)) {
            actions.addAll(ends.of(history.tickets()));
        }
        if (stage.allows(Step.REMIND)) {
            actions.addAll(ends.of(history.notices(), now));
        }
        return new AccountPlan(account, stage, active, actions, next, enforced);
    }

    private void planKey(
            Finding finding, Policy policy, Stage stage, Instant now, List<Due> due, List<Scheduled> next) {
        if (finding.standing() == Standing.INACTIVE) {
            planDeletion(finding, policy, stage, now, due, next);
            return;
        }
        if (finding.standing() == Standing.ROTATING) {
            RotationSteps rotation = new RotationSteps(finding, policy, history, rules.days(), now);
            take(finding, rotation.due(stage), rotation.next(), stage, now, due, next);
            return;
        }
        if (finding.deadlines().isEmpty()) {
            return;
        }
        KeySteps steps = new KeySteps(finding, policy, history, rules.firstNotice(), now);
        boolean acts = finding.standing() == Standing.EXPIRED || finding.standing() == Standing.WARNED;
        take(finding, acts ? steps.due(stage) : List.of(), steps.next(), stage, now, due, next);
    }

    private void take(
            Finding finding,
            List<Action> actions,
            @Nullable Deadline step,
            Stage stage,
            Instant now,
            List<Due> due,
            List<Scheduled> next) {
        if (!actions.isEmpty() && stage != Stage.OBSERVE) {
            due.add(new Due(finding.idle(), actions));
        }
        if (step != null) {
            next.add(scheduled(finding, step.step(), step.at(), stage, now));
        }
    }

    private void planDeletion(
            Finding finding, Policy policy, Stage stage, Instant now, List<Due> due, List<Scheduled> next) {
        Deletion deletion = new Deletion(finding, policy, history, rules, now);
        take(finding, deletion.due(stage), deletion.next(), stage, now, due, next);
    }

    private Scheduled scheduled(Finding finding, Step step, Instant at, Stage stage, Instant now) {
        return new Scheduled(
                finding.credential(),
                step,
                at,
                stage.allows(step) ? null : stage,
                // What is out goes off, whoever switched it on.
                finding.standing() == Standing.LEAKED
                        ? history.hold(finding.credential(), now)
                        : SwitchedOnAgain.hold(history, finding, now));
    }

    private static Preview ifEnforced(Finding finding, Policy policy) {
        return KeySteps.inUse(finding, policy) ? new Preview(1, 0) : new Preview(0, 1);
    }

    /** The plan of the run: everything due, after the caps. */
    public Plan settle(Collection<AccountPlan> plans) {
        return settle(plans, Usage.NONE);
    }

    /** The same after what {@code usage} says of earlier runs. */
    public Plan settle(Collection<AccountPlan> plans, Usage usage) {
        Settlement settlement = new Settlement(rules.caps(), usage);
        plans.stream().sorted(Comparator.comparing(plan -> plan.account().id())).forEach(settlement::add);
        return settlement.plan();
    }
}
