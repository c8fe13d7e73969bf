package io.keyturn.core.assess;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How keys are used, as far as runs saw it. What is not remembered was not seen: it can only make a step later. */
@FunctionalInterface
public interface Habits {
    /**
     * What was seen of the key that the user has since {@code created}.
     *
     * @return null where nothing is remembered, or two keys of the user were made in that second
     */
    @Nullable
    Observed of(AccountId account, UserId user, Instant created);

    /** Nothing was ever seen. */
    Habits NONE = (account, user, created) -> null;
}
