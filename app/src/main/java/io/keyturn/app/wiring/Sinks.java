package io.keyturn.app.wiring;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.SecretSinks;

/** Where secrets of new keys go. */
final class Sinks {
    /** Nowhere. */
    static final SecretSinks NONE = (account, rotation) -> {
        throw new ReadFailure(new Problem(
                "deliver the secret",
                account.name(),
                "this version cannot deliver to " + rotation.deliverTo(),
                "leave rotate out of the policy"));
    };

    private Sinks() {}
}
