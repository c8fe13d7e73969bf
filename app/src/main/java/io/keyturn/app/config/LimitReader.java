package io.keyturn.app.config;

import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code age} and {@code idle} of a policy. */
final class LimitReader {
    private static final List<String> KEYS = List.of("warn", "expire", "on-warn", "on-expire");

    private LimitReader() {}

    /** The limit at {@code key}, or null where absent or wrong. */
    static @Nullable Limit read(Fields in, String key) {
        return in.mapping(key, KEYS).flatMap(LimitReader::limit).orElse(null);
    }

    /** Whether a step makes a new key. */
    static boolean rotates(Limit limit) {
        return limit.onWarn().contains(Step.ROTATE) || limit.onExpire().contains(Step.ROTATE);
    }

    private static Optional<Limit> limit(Fields f) {
        Optional<Duration> warn = f.duration("warn");
        Optional<Duration> expire = f.duration("expire");
        List<Step> onWarn = steps(f, "on-warn");
        List<Step> onExpire = steps(f, "on-expire");
        f.require("write for example expire: 90d", "expire");
        if (expire.isEmpty()) {
            return Optional.empty();
        }
        if (warn.isPresent() && warn.get().compareTo(expire.get()) >= 0) {
            f.bad(
                    "warn",
                    "is not before expire, which is " + Durations.write(expire.get()),
                    "make warn shorter than expire");
            return Optional.empty();
        }
        return Optional.of(new Limit(warn.orElse(expire.get()), expire.get(), onWarn, onExpire));
    }

    private static List<Step> steps(Fields f, String key) {
        if (!f.has(key)) {
            return List.of(Step.REMIND);
        }
        List<Step> steps = f.words(key, List.of(Step.values()), Step::label);
        if (f.path.endsWith(".idle") && steps.contains(Step.ROTATE)) {
            f.bad(
                    key,
                    "rotates an idle key, whose successor nobody would install",
                    "write deactivate instead of rotate");
        }
        return steps;
    }
}
