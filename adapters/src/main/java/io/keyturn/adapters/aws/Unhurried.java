package io.keyturn.adapters.aws;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Leave;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Sends again, after a while, what AWS did not take because too much came at once: SES lets an account send so many letters
 * a second, and a run may have more. Whatever else becomes of a call, it is made once.
 */
public final class Unhurried {
    private static final Duration FIRST = Duration.ofSeconds(1);

    /** All pauses of one message together. */
    private static final Duration MOST = Duration.ofMinutes(2);

    private final Pause pause;

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    public Unhurried() {
        this(time -> Thread.sleep(time));
    }

    public Unhurried(Pause pause) {
        this.pause = pause;
    }

    /**
     * What the call says the first time that it was not too much, or the last time within the patience.
     *
     * @param call throws what AWS answers
     * @param leave asked right before each time it is made
     * @param refused what is said where there is no leave
     */
    public <R> R send(Supplier<R> call, Leave leave, Function<Problem, R> refused) throws InterruptedException {
        Duration waited = Duration.ZERO;
        Duration wait = FIRST;
        while (true) {
            Optional<Problem> no = leave.refused();
            if (no.isPresent()) {
                return refused.apply(no.get());
            }
            try {
                return call.get();
            } catch (AwsServiceException e) {
                if (!e.isThrottlingException() || waited.plus(wait).compareTo(MOST) > 0) {
                    throw e;
                }
            }
            pause.of(wait);
            waited = waited.plus(wait);
            wait = wait.multipliedBy(2);
        }
    }
}
