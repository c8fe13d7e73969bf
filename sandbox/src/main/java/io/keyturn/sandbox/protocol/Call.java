package io.keyturn.sandbox.protocol;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.world.Caller;
import io.keyturn.sandbox.world.ServiceError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, authenticated.
 *
 * @param region that it is signed for
 * @param parameters of a Query request; a JSON request has its body in {@code body}
 * @param now the world's instant
 * @param readsAt the instant whose state reads are told of
 * @param wall the real instant
 * @param reads how what it reads is bent: {@code STALE}, {@code EMPTY_PAGE}, {@code SHORT_PAGE}, else {@code OK}
 * @param seed of the world, for chance
 * @param agent what the caller says it is; empty where it says nothing
 */
public record Call(
        String service,
        String region,
        String action,
        Map<String, String> parameters,
        String body,
        Caller caller,
        Instant now,
        Instant readsAt,
        Instant wall,
        Fate.Kind reads,
        Page.Style style,
        long seed,
        String requestId,
        String agent) {
    /** The same call as it takes effect at an instant. */
    public Call at(Instant when, Fate.Kind bent) {
        Instant told = bent == Fate.Kind.STALE
                ? caller.account().stalestAt(when)
                : caller.account().readsAt(when);
        return new Call(
                service,
                region,
                action,
                parameters,
                body,
                caller,
                when,
                told,
                wall,
                bent,
                style,
                seed,
                requestId,
                agent);
    }

    /** A parameter that must be there. */
    public String need(String name) {
        String value = parameters.get(name);
        if (value == null || value.isEmpty()) {
            throw ServiceError.invalidInput("1 validation error detected: Value null at '" + name
                    + "' failed to satisfy constraint: Member must not be null");
        }
        return value;
    }

    public @Nullable String get(String name) {
        return parameters.get(name);
    }

    /** The texts of a list parameter: {@code name.member.1}, … */
    public List<String> members(String name) {
        List<String> members = new ArrayList<>();
        for (String value = get(name + ".member.1");
                value != null;
                value = get(name + ".member." + (members.size() + 1))) {
            members.add(value);
        }
        return members;
    }

    /** The page of a Query list that is asked for, at most {@code MaxItems} long. */
    public Page.Cut cut() {
        return Page.cut(this, get("Marker"), number("MaxItems", 100, 1, 1000));
    }

    /** The page of a list that is at hand as a whole. */
    public <T> Page<T> page(List<T> all) {
        return Page.of(all, cut());
    }

    /** The same for a JSON list with its own token and limit. */
    public <T> Page<T> page(List<T> all, @Nullable String token, int limit) {
        return Page.of(all, Page.cut(this, token, limit));
    }

    /** A parameter that is a whole number between two bounds. */
    public int number(String name, int unless, int least, int most) {
        String value = parameters.get(name);
        if (value == null) {
            return unless;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered as any other wrong value
        }
        throw ServiceError.invalidInput(name + " must be from " + least + " to " + most + ", not " + value);
    }
}
