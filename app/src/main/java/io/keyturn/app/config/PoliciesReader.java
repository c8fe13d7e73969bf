package io.keyturn.app.config;

import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads {@code policies}: which keys are governed, and how. */
final class PoliciesReader {
    private static final List<String> KEYS = List.of(
            "name",
            "when",
            "age",
            "idle",
            "remind-every",
            "in-use-window",
            "cut-in-use",
            "snooze-at-most",
            "rotate",
            "brownout");
    /** A short deactivation that lasts longer is none. */
    private static final Duration LONGEST_BROWNOUT = Duration.ofDays(1);

    private final ConditionCompiler compiler;
    private final Set<String> names = new HashSet<>();

    PoliciesReader(ConditionCompiler compiler) {
        this.compiler = compiler;
    }

    List<Policy> read(Fields top) {
        List<Policy> policies = top.each("policies", KEYS, f -> Optional.of(policy(f)));
        if (top.isEmptyList("policies")) {
            top.bad("policies", "has no entry", "name a policy, or leave the key out for the built-in one");
        }
        return policies;
    }

    private Policy policy(Fields f) {
        f.require("give every policy its own name", "name");
        String name = f.text("name", "write a name");
        if (name != null && !names.add(name)) {
            f.bad("name", "is the name of an earlier policy", "give every policy its own name");
        }
        Limit age = LimitReader.read(f, "age");
        Limit idle = LimitReader.read(f, "idle");
        Rotation rotation = RotationReader.read(f).orElse(null);
        if (age != null && LimitReader.rotates(age) && !f.has("rotate")) {
            f.bad(
                    "age",
                    "rotates, and the policy does not say how",
                    "add rotate, such as rotate: {deliver: {to:" + " secrets-manager, readers: [ARN]}}");
        }
        Duration remindEvery = f.duration("remind-every", Policy.DEFAULT_REMIND_EVERY);
        if (remindEvery.isZero()) {
            f.bad("remind-every", "would remind in every run", "write for example 7d");
        }
        return new Policy(
                name == null ? "" : name,
                when(f),
                age,
                idle,
                remindEvery,
                rotation,
                f.duration("in-use-window", Policy.DEFAULT_IN_USE_WINDOW),
                f.truth("cut-in-use", false),
                f.duration("snooze-at-most", Policy.DEFAULT_SNOOZE_AT_MOST),
                brownout(f));
    }

    private static List<Duration> brownout(Fields f) {
        List<Duration> durations = f.durations("brownout");
        Duration before = Duration.ZERO;
        for (Duration duration : durations) {
            if (duration.compareTo(before) <= 0 || duration.compareTo(LONGEST_BROWNOUT) > 0) {
                f.bad(
                        "brownout",
                        "does not grow from entry to entry up to a day at most",
                        "write for example [15m, 4h]");
                return List.of();
            }
            before = duration;
        }
        return durations;
    }

    private Condition when(Fields f) {
        // "when: true" is a truth to YAML, and a condition here.
        boolean truth =
                f.node("when") instanceof ScalarNode node && node.getTag().equals(Tag.BOOL);
        String source = truth
                ? Fields.text(f.node("when"))
                : f.text("when", "write a condition, such as user.class == \"person\"");
        return source == null ? Condition.ALWAYS : compiled(f, source);
    }

    private Condition compiled(Fields f, String source) {
        try {
            return compiler.compile(source);
        } catch (ConditionError e) {
            ScalarPlace place = ScalarPlace.of(f.tree, (ScalarNode) f.node("when"), e.line(), e.column());
            f.tree.problems.add(new ConfigProblem(
                    f.tree.file,
                    place.line(),
                    place.column(),
                    f.at("when"),
                    String.valueOf(e.getMessage()),
                    "",
                    e.right()));
            return Condition.ALWAYS;
        }
    }
}
