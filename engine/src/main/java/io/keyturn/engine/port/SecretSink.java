package io.keyturn.engine.port;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the secret of a new key goes, and nowhere else. A sink proves that it works before a key is made, reads back
 * what it was given, and takes it away again when it is told to. No problem it reports ever holds a secret.
 */
public interface SecretSink extends AutoCloseable {
    /** How long a delivered secret stays at least. */
    Duration KEPT_AT_LEAST = Duration.ofDays(14);

    /**
     * How long it stays where the new key is not in use yet: owners come back from holidays, and install keys with a
     * release; the last came after four months (docs/effect.md). By then the key is old itself.
     */
    Duration KEPT = Duration.ofDays(180);

    /**
     * Whom a secret is for.
     *
     * @param owner who was told of the rotation; null where nobody is known. It may come from a tag, so it never decides
     *     alone who may read
     */
    record Address(
            Account account,
            UserName name,
            UserId user,
            @Nullable Owner owner) {}

    /**
     * What is delivered.
     *
     * @param derived further secrets computed from the first, by name; they live and die with it
     * @param expires when it is taken away again
     */
    record Parcel(KeyId key, Secret secret, Map<String, Secret> derived, Instant created, Instant expires) {
        public Parcel {
            derived = Map.copyOf(derived);
        }
    }

    /** What came of handing something over. */
    sealed interface Answer {
        /**
         * It is there.
         *
         * @param place where its reader finds it: an ARN, a path, an address; never a secret
         * @param readers what is known of who may read it, a sentence each
         */
        record Confirmed(Evidence evidence, String place, List<String> readers) implements Answer {
            public Confirmed {
                readers = List.copyOf(readers);
            }
        }

        /** It is not there. */
        record Refused(Problem problem) implements Answer {}

        /** It may be there or not. */
        record InDoubt(Problem problem) implements Answer {}
    }

    /** Writes something that is no secret, reads it back and takes it away, so that it is known that the way is open. */
    Answer prove(Address address) throws InterruptedException;

    /** Hands a secret over and reads it back. */
    Answer deliver(Address address, Parcel parcel) throws InterruptedException;

    /**
     * Takes away what was delivered of a key, and what was delivered of no other: what is not there needs no taking away.
     *
     * @return {@code Confirmed} where no reader finds it any more; its readers say where a sink can only unlink what its
     *     keeper drops later. {@code Refused} and {@code InDoubt} where it may still be there
     */
    Answer clear(Address address, KeyId key) throws InterruptedException;

    @Override
    void close();
}
