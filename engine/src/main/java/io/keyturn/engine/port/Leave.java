package io.keyturn.engine.port;

import io.keyturn.core.model.Problem;
import java.util.Optional;

/**
 * Whether something may be changed still, as others may stop everything or take over at any time. It is asked right before
 * each change is sent, after all that is waited for, and again before one that AWS throttled is sent again.
 */
@FunctionalInterface
public interface Leave {
    /** Where nobody objects. */
    Leave GIVEN = Optional::empty;

    /** Why nothing may be changed any more; empty where it may. */
    Optional<Problem> refused();
}
