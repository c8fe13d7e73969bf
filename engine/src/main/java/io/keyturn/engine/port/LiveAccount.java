package io.keyturn.engine.port;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One account as it is now: what is read right before a change, and the changes. Reading is repeated where AWS throttles;
 * a change is sent exactly once, whatever its answer, for AWS has no way to tell a repetition from a second wish.
 */
public interface LiveAccount {
    /**
     * A user with all that {@code needs} asks for and the IDs of all its keys; empty where there is none of that name.
     * What could not be read is unknown in it.
     *
     * @throws ReadFailure where not even the user could be read
     */
    Optional<User> user(UserName name, Needs needs) throws ReadFailure, InterruptedException;

    /** What else the user of that name can log in with; what could not be read is unknown in it. */
    default Belongings belongings(UserName name) throws ReadFailure, InterruptedException {
        return Belongings.NOT_READ;
    }

    /** What AWS's latest answer gave as its time; null before the first answer. */
    @Nullable
    Instant awsTime();

    /**
     * Switches a key on or off.
     *
     * @param leave asked right before the change is sent
     */
    Answer setActive(Target target, boolean active, Leave leave) throws InterruptedException;

    /**
     * Removes a key for good.
     *
     * @param leave asked right before the change is sent
     */
    Answer delete(Target target, Leave leave) throws InterruptedException;

    /**
     * Sets tags of the user. To do so twice is to do so once, so that this is repeated where that helps.
     *
     * @param tags values by tag keys; other tags stay
     */
    Answer tag(Target target, Map<String, String> tags) throws InterruptedException;

    /** Takes tags of these keys from the user, repeated like {@link #tag}; one that is not there needs no taking. */
    Answer untag(Target target, Set<String> tags) throws InterruptedException;

    /**
     * Makes a key for the user.
     *
     * @param leave asked right before the change is sent
     */
    Made create(Target target, Leave leave) throws InterruptedException;

    /**
     * Whether what {@link #create} makes for the user could be switched off and removed again; changes nothing.
     *
     * @param arn the user's
     * @return why not, or why that cannot be told; empty where it could
     */
    Optional<Problem> wayBack(Target target, String arn) throws InterruptedException;

    /** Tries a key once, as whoever holds its secret would: which AWS counts as a use of it. */
    Trial tryOut(Target made, Secret secret) throws InterruptedException;

    /** What came of trying a key. */
    sealed interface Trial {
        /** It works, and is the user's. */
        record Works() implements Trial {}

        /** AWS does not know it, or not yet: it takes some seconds. */
        record NotYet(Problem problem) implements Trial {}

        /** It will not do, however often it is tried. */
        record Wrong(Problem problem) implements Trial {}
    }

    /** What came of a change. */
    sealed interface Answer {
        /** AWS says it is done. */
        record Done() implements Answer {}

        /** AWS says that it is not done. */
        record Refused(Problem problem) implements Answer {}

        /**
         * Nobody said. It may be done, not done, or be done later.
         *
         * @param unwell whether AWS answered, with an error of its own
         */
        record InDoubt(Problem problem, boolean unwell) implements Answer {}
    }

    /** What came of making a key. */
    sealed interface Made {
        /** The key is there; this is the only time its secret is seen. */
        record Key(KeyId id, Instant created, Secret secret) implements Made {}

        /** Anything else. */
        record Not(Answer answer) implements Made {}
    }
}
