package io.keyturn.engine.port;

import io.keyturn.core.model.Problem;
import java.util.Optional;

/**
 * Whether something may be changed or said still, as others may stop everything or take over at any time. It is asked right
 * before each change or message is sent, after all that is waited for, and again before one that was throttled is sent again.
 */
@FunctionalInterface
public interface Leave {
    /** Where nobody objects. */
    Leave GIVEN = Optional::empty;

    /** Why nothing may be changed or said any more; empty where it may. */
    Optional<Problem> refused();
}
