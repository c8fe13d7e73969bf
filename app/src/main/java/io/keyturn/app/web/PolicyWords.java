package io.keyturn.app.web;

import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A policy in lines as the configuration has them. */
final class PolicyWords {
    private PolicyWords() {}

    static List<String> of(Policy policy) {
        List<String> lines = new ArrayList<>();
        limit(lines, "age", policy.age());
        limit(lines, "idle", policy.idle());
        if (policy.rotation() != null) {
            lines.add("  rotate: {deactivate-after: " + days(policy.rotation().deactivateAfter()) + ", delete-after: "
                    + days(policy.rotation().deleteAfter()) + "}");
        }
        return lines;
    }

    private static void limit(List<String> lines, String name, @Nullable Limit limit) {
        if (limit != null) {
            lines.add("  " + name + ": {warn: " + days(limit.warn()) + ", expire: " + days(limit.expire()) + ",");
            lines.add("    on-warn: " + steps(limit.onWarn()) + ", on-expire: " + steps(limit.onExpire()) + "}");
        }
    }

    private static String steps(List<Step> steps) {
        return steps.stream().map(Step::label).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String days(Duration duration) {
        return duration.toDays() + "d";
    }
}
