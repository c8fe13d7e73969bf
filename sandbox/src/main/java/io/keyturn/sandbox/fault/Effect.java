package io.keyturn.sandbox.fault;

import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * What a call does to the world.
 *
 * @param <T> its answer
 */
public interface Effect<T> {
    /**
     * Does it.
     *
     * @param now when it takes effect
     * @param reads how what it reads is bent: {@code STALE}, {@code EMPTY_PAGE}, {@code SHORT_PAGE}, else {@code OK}
     */
    T take(Instant now, Fate.Kind reads);

    /**
     * Lets a call meet its fate.
     *
     * @param later does something at an instant of the world
     * @throws Struck where it gets no answer or a failure
     */
    static <T> T meet(
            Fate fate,
            Operation call,
            Faults faults,
            Instant now,
            BiConsumer<Instant, Runnable> later,
            Effect<T> effect) {
        return switch (fate.kind()) {
            case OK, SLOW, STALE, EMPTY_PAGE, SHORT_PAGE -> {
                T answer = effect.take(now, fate.kind());
                faults.after(call);
                yield answer;
            }
            case ACCESS_DENIED, THROTTLED, LIMIT_EXCEEDED, ERROR_BEFORE, DROPPED_BEFORE ->
                throw new Struck(fate.kind());
            case ERROR_AFTER, DROPPED_AFTER -> {
                effect.take(now, Fate.Kind.OK);
                faults.after(call);
                throw new Struck(fate.kind());
            }
            case LATE_LANDING -> {
                Instant lands = now.plus(fate.after());
                later.accept(lands, () -> effect.take(lands, Fate.Kind.OK));
                throw new Struck(fate.kind());
            }
        };
    }
}
