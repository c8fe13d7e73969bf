package io.keyturn.core.assess;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is remembered of keys: of those that Keyturn made, and of those that people declared compromised. */
public interface Successions {
    /** The key that takes the place of {@code old}; null where none was made, or its rotation is over. */
    @Nullable
    Succession of(KeyId old);

    /** How this key came to be, where Keyturn made it and its rotation is not over; else null. */
    @Nullable
    Succession by(KeyId successor);

    /** Whether a rotation of one of the user's keys, or its ticket, is not over, so that its keys must be known by their IDs. */
    boolean concern(UserId user);

    /** That a person declared the key compromised, and nobody withdrew it; else null. */
    default @Nullable Compromise compromise(KeyId key) {
        return null;
    }

    /** Whether that is so of any key the user has or had. */
    default boolean wasCompromised(UserId user) {
        return false;
    }

    /** The short deactivations of the key since it was last taken back from one by a person, oldest first. */
    default List<Brownout> brownouts(KeyId key) {
        return List.of();
    }

    /** The one that is not over; null where none is. */
    default @Nullable Brownout openBrownout(@Nullable KeyId key) {
        List<Brownout> all = key == null ? List.of() : brownouts(key);
        return all.isEmpty() || all.getLast().ended() != null ? null : all.getLast();
    }

    /** None was ever made. */
    Successions NONE = new Successions() {
        @Override
        public @Nullable Succession of(KeyId old) {
            return null;
        }

        @Override
        public @Nullable Succession by(KeyId successor) {
            return null;
        }

        @Override
        public boolean concern(UserId user) {
            return false;
        }
    };
}
