package io.keyturn.core.policy;

import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run judges by, in the order in which it is asked: the first policy that matches governs the key.
 *
 * @param stages first match; nothing matches: observe
 * @param owners first that answers
 * @param caps what may happen in a window; an absent entry is no limit
 * @param firstNotice a key first seen overdue has this long from its first placed notice; null where no step waits to be
 *     announced at all, which relaxes promise 13
 * @param leaks whether AWS's quarantine of leaked keys is looked for
 * @param lowered stages that people lowered since; not part of the configuration
 * @param days how days of age are counted
 * @param root whether it is looked for keys of the root user
 * @param ownHistory how long runs must have watched a key before its disuse may change anything, and how rarely it is used
 *     be judged by what they saw; null where AWS's last use alone decides
 * @param escalation who hears in the place of an owner who does nothing; null where nobody does
 * @param zoneTag the tag of a user that says the owner's time zone; null where the usual one is looked at, if tags are read
 */
public record Rules(
        List<Policy> policies,
        List<Exemption> exemptions,
        List<StageRule> stages,
        List<OwnerRule> owners,
        Map<Capped, Caps> caps,
        @Nullable Duration firstNotice,
        boolean leaks,
        List<Lowering> lowered,
        DayCount days,
        boolean root,
        @Nullable Duration ownHistory,
        @Nullable Escalation escalation,
        @Nullable String zoneTag) {
    public static final Duration DEFAULT_FIRST_NOTICE = Duration.ofDays(30);

    /** Longer than a quarter, so that a key which is used at its end has been seen at work. */
    public static final Duration OWN_HISTORY = Duration.ofDays(100);

    public Rules {
        policies = List.copyOf(policies);
        exemptions = List.copyOf(exemptions);
        stages = List.copyOf(stages);
        owners = List.copyOf(owners);
        caps = Map.copyOf(caps);
        lowered = List.copyOf(lowered);
    }

    /** Rules with their stages as they are configured, days of 24 hours, and a look at the root user. */
    public Rules(
            List<Policy> policies,
            List<Exemption> exemptions,
            List<StageRule> stages,
            List<OwnerRule> owners,
            Map<Capped, Caps> caps,
            @Nullable Duration firstNotice,
            boolean leaks) {
        this(
                policies,
                exemptions,
                stages,
                owners,
                caps,
                firstNotice,
                leaks,
                List.of(),
                DayCount.ELAPSED,
                true,
                null,
                null,
                null);
    }

    /** The same with days counted so. */
    public Rules counting(DayCount count) {
        return with(draft -> draft.days = count);
    }

    /** The same where a key must have been watched for so long before its disuse changes anything. */
    public Rules watching(Duration atLeast) {
        return with(draft -> draft.ownHistory = atLeast);
    }

    /** The same with or without a look for keys of the root user. */
    public Rules looking(boolean atRoot) {
        return with(draft -> draft.root = atRoot);
    }

    /** The same with stages that people lowered. */
    public Rules lowered(List<Lowering> decided) {
        return with(draft -> draft.lowered = decided);
    }

    /** The same with somebody who hears in the place of an owner who does nothing. */
    public Rules escalating(@Nullable Escalation to) {
        return with(draft -> draft.escalation = to);
    }

    /** The same where that tag of a user says the owner's time zone. */
    public Rules clockedBy(@Nullable String tag) {
        return with(draft -> draft.zoneTag = tag);
    }

    /** The same with one stage everywhere: what it would be like. */
    public Rules at(Stage everywhere) {
        return with(draft -> {
            draft.stages = List.of(new StageRule(null, null, everywhere));
            draft.lowered = List.of();
        });
    }

    private Rules with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Rules(
                policies,
                exemptions,
                draft.stages,
                owners,
                caps,
                firstNotice,
                leaks,
                draft.lowered,
                draft.days,
                draft.root,
                draft.ownHistory,
                draft.escalation,
                draft.zoneTag);
    }

    /** What can be changed of rules, while it is changed. */
    private static final class Draft {
        private List<StageRule> stages;
        private List<Lowering> lowered;
        private DayCount days;
        private boolean root;
        private @Nullable Duration ownHistory;
        private @Nullable Escalation escalation;
        private @Nullable String zoneTag;

        Draft(Rules rules) {
            this.stages = rules.stages();
            this.lowered = rules.lowered();
            this.days = rules.days();
            this.root = rules.root();
            this.ownHistory = rules.ownHistory();
            this.escalation = rules.escalation();
            this.zoneTag = rules.zoneTag();
        }
    }

    /** What must be read so that every one of these rules can be decided. */
    public Needs needs(Needs.Identify identify) {
        Set<FactName> facts = EnumSet.of(FactName.KEYS);
        if (root) {
            facts.add(FactName.ROOT);
        }
        for (Policy policy : policies) {
            facts.addAll(policy.when().needs());
            if (policy.idle() != null) {
                facts.add(FactName.LAST_USE);
            }
            if (policy.rotation() != null) {
                // Whether the successor is used and the old key quiet, and whether code keeps the user.
                facts.add(FactName.LAST_USE);
                facts.add(FactName.TAGS);
            }
        }
        Stream.concat(owners.stream(), escalation == null ? Stream.of() : escalation.to().stream())
                .flatMap(rule -> factOf(rule).stream())
                .forEach(facts::add);
        if (stages.stream().anyMatch(rule -> rule.ou() != null)
                || lowered.stream().anyMatch(lowering -> lowering.ou() != null)) {
            facts.add(FactName.ACCOUNT_OU);
        }
        if (zoneTag != null) {
            facts.add(FactName.TAGS);
        }
        if (leaks) {
            facts.add(FactName.POLICIES);
        }
        return new Needs(facts, identify);
    }

    private static Optional<FactName> factOf(OwnerRule rule) {
        return switch (rule) {
            case OwnerRule.Tag tag -> Optional.of(FactName.TAGS);
            case OwnerRule.Creator() -> Optional.of(FactName.TRAIL);
            case OwnerRule.AccountTag tag -> Optional.of(FactName.ACCOUNT_TAGS);
            case OwnerRule.Contact contact -> Optional.of(FactName.CONTACTS);
            case OwnerRule.Listed listed -> Optional.empty();
            case OwnerRule.MailName() -> Optional.empty();
            case OwnerRule.Default standing -> Optional.empty();
        };
    }

    /** The policy of that name, or null. */
    public @Nullable Policy policy(String name) {
        return policies.stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
    }
}
