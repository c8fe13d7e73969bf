package io.keyturn.adapters.aws.rotator;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What is written into tags, and what follows where it could not be. */
final class Notes {
    private Notes() {}

    /** The mark of a key that was switched off because its secret reached nobody. */
    static Map<String, String> off(Instant at, KeyId old, KeyId made) {
        return mark(Mark.Step.OFF, at, List.of(old, made));
    }

    /** The tag of a mark. */
    static Map<String, String> mark(Mark.Step step, Instant at, List<KeyId> keys) {
        return Map.of(RotatorTags.MARK, new Mark(step, at, keys).text());
    }

    /** @throws StoreFailure where it is not noted, or nobody knows: then what was meant is not done */
    static void require(LiveAccount.Answer answer) throws StoreFailure {
        switch (answer) {
            case LiveAccount.Answer.Done() -> {
                // It is noted.
            }
            case LiveAccount.Answer.Refused(Problem problem) ->
                throw new StoreFailure(StoreFailure.Kind.REFUSED, problem);
            case LiveAccount.Answer.InDoubt(Problem problem, boolean unwell) ->
                throw new StoreFailure(StoreFailure.Kind.REFUSED, problem);
        }
    }

    /** Whether it is noted; where not, that is told, and what follows from it the next run puts right. */
    static boolean noted(LiveAccount.Answer answer, Consumer<String> fails) {
        switch (answer) {
            case LiveAccount.Answer.Done() -> {
                return true;
            }
            case LiveAccount.Answer.Refused(Problem problem) -> fails.accept(problem.sentence());
            case LiveAccount.Answer.InDoubt(Problem problem, boolean unwell) -> fails.accept(problem.sentence());
        }
        return false;
    }
}
