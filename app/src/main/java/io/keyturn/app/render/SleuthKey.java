package io.keyturn.app.render;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key as aws-iam-sleuth sees it.
 *
 * @param limit what it nears or is past; null where it is neither
 * @param spent the time that counts against the limit
 */
record SleuthKey(
        User user,
        @Nullable KeyId id,
        State state,
        @Nullable Long ageDays,
        @Nullable Long idleDays,
        @Nullable Limit limit,
        @Nullable Duration spent) {
    /** What a key is; the first that fits. */
    enum State {
        /** Past its limit of age. */
        EXPIRE,
        /** Past its limit of disuse. */
        STAGNANT_EXPIRE,
        /** Near its limit of age. */
        OLD,
        /** Near its limit of disuse. */
        STAGNANT,
        GOOD,
        /** Switched off already, where keys are switched off. */
        DISABLED,
        /** What must be known to say was not read. */
        UNKNOWN;

        /** The tool's word. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean past() {
            return this == EXPIRE || this == STAGNANT_EXPIRE;
        }
    }

    /** @param policy what governs the key; null where nothing does */
    static SleuthKey of(User user, Finding finding, @Nullable Policy policy) {
        if (policy == null) {
            return new SleuthKey(
                    user,
                    finding.credential().keyId(),
                    State.UNKNOWN,
                    finding.ageDays(),
                    finding.idleDays(),
                    null,
                    null);
        }
        Limit age = policy.age();
        Limit idle = policy.idle();
        if (age == null && idle == null) {
            // Exempt, and so not looked at: the tool shows no ages then.
            return new SleuthKey(user, finding.credential().keyId(), State.GOOD, 0L, 0L, null, null);
        }
        State state = Boolean.FALSE.equals(finding.active()) && switchesOff(policy)
                ? State.DISABLED
                : state(age, finding.age(), idle, finding.idle());
        boolean byAge = state == State.EXPIRE || state == State.OLD;
        boolean byIdle = state == State.STAGNANT_EXPIRE || state == State.STAGNANT;
        return new SleuthKey(
                user,
                finding.credential().keyId(),
                state,
                finding.ageDays(),
                finding.idleDays(),
                byAge ? age : byIdle ? idle : null,
                byAge ? finding.age() : byIdle ? finding.idle() : null);
    }

    private static State state(
            @Nullable Limit age, @Nullable Duration old, @Nullable Limit idle, @Nullable Duration unused) {
        if (age != null && old != null && old.compareTo(age.expire()) >= 0) {
            return State.EXPIRE;
        }
        if (idle != null && unused != null && unused.compareTo(idle.expire()) >= 0) {
            return State.STAGNANT_EXPIRE;
        }
        if (age != null && old != null && old.compareTo(age.warn()) >= 0) {
            return State.OLD;
        }
        if (idle != null && unused != null && unused.compareTo(idle.warn()) >= 0) {
            return State.STAGNANT;
        }
        boolean known = (age == null || old != null) && (idle == null || unused != null);
        return known ? State.GOOD : State.UNKNOWN;
    }

    static boolean switchesOff(Policy policy) {
        return switchesOff(policy.age()) || switchesOff(policy.idle());
    }

    private static boolean switchesOff(@Nullable Limit limit) {
        return limit != null && limit.onExpire().contains(Step.DEACTIVATE);
    }

    /** Whole days until it is past its limit. */
    long daysLeft() {
        return limit == null || spent == null ? 0 : limit.expire().toDays() - spent.toDays();
    }

    /** Whether it is known which tags the user has. */
    boolean knowsTags() {
        return user.tags() instanceof Fact.Known;
    }

    /** The value of one of the user's tags; empty where it has none, or they were not read. */
    String tag(String name) {
        Map<String, String> none = Map.of();
        return user.tags().orElse(none).getOrDefault(name, "");
    }
}
