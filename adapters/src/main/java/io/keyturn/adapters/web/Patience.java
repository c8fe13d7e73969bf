package io.keyturn.adapters.web;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Leave;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Repeats what a service surely did not take because it was asked too often: 429, and 503 with {@code Retry-After}. It waits
 * as long as the service asks, and gives up, with that last answer, where this would take longer than it may in all.
 */
public final class Patience {
    /** The least wait; it doubles with every further one, so that a service that asks for none is not stormed. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Pause pause;
    private final Duration most;

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** Sends a request once. */
    @FunctionalInterface
    public interface Sender {
        Answer send(Request request) throws InterruptedException;
    }

    /** @param most the longest that is waited for one request, all its pauses together */
    public Patience(InstantSource clock, Pause pause, Duration most) {
        this.clock = clock;
        this.pause = pause;
        this.most = most;
    }

    /**
     * The same, where something is changed or said.
     *
     * @param leave asked right before each time it is sent
     */
    public Answer send(Sender calls, Request request, Leave leave) throws InterruptedException {
        return send(
                asked -> {
                    Optional<Problem> refused = leave.refused();
                    return refused.isPresent()
                            ? new Answer.NotSent(
                                    refused.get().why(), refused.get().advice())
                            : calls.send(asked);
                },
                request);
    }

    /** The first answer that asks for no wait, or the last within the time. */
    public Answer send(Sender calls, Request request) throws InterruptedException {
        Instant end = clock.instant().plus(most);
        Duration least = LEAST;
        while (true) {
            Answer answer = calls.send(request);
            if (!(answer instanceof Answer.Answered answered) || !busy(answered)) {
                return answer;
            }
            Instant now = clock.instant();
            Duration asked = RetryAfter.of(answered, now).orElse(least);
            Duration wait = asked.compareTo(least) < 0 ? least : asked;
            if (now.plus(wait).isAfter(end)) {
                return answer;
            }
            pause.of(wait);
            least = least.multipliedBy(2);
        }
    }

    private static boolean busy(Answer.Answered answer) {
        return answer.status() == 429
                || (answer.status() == 503 && answer.header("Retry-After").isPresent());
    }
}
