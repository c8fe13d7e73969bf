package io.keyturn.adapters.aws.deliver;

import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.adapters.aws.DeliveryDoor;
import io.keyturn.adapters.aws.Once;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.SecretSink.Address;
import io.keyturn.engine.port.SecretSink.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * The calls of one act on a sink. Every change is sent once; where nobody said whether it was done, what is read
 * afterwards tells, and until then the act is in doubt.
 */
final class Steps {
    /** What the services answer where something is not there; a bare 404 may be anybody's. */
    private static final Set<String> ABSENT = Set.of("ResourceNotFoundException", "ParameterNotFound", "NoSuchKey");

    private final DeliveryDoor.Session session;
    private final Words words;
    private @Nullable Problem doubt;
    private boolean handedOver;

    Steps(DeliveryDoor.Session session, Words words) {
        this.session = session;
        this.words = words;
    }

    /** A request, made with the credentials it is given. */
    interface Request<T> extends Function<AwsRequestOverrideConfiguration, T> {}

    /** What an act does. */
    interface Deed {
        Answer on(Words words) throws NotDelivered, CallFailure, InterruptedException;
    }

    /** Does it for a user, and answers for whatever ends it. */
    static Answer act(DeliveryDoor door, Address address, String tried, List<String> unsaid, Deed deed)
            throws InterruptedException {
        Words words = new Words(tried, address.name().value() + " in " + door.label(), unsaid);
        try {
            return deed.on(words);
        } catch (CallFailure failure) {
            return new Answer.Refused(words.problem("enter the account", failure));
        } catch (NotDelivered not) {
            return not.answer();
        }
    }

    Words words() {
        return words;
    }

    /** Makes a call that changes nothing; empty where what it asks for is not there. */
    <T> Optional<T> read(String step, Request<T> request) throws NotDelivered, InterruptedException {
        try {
            return Optional.of(session.read(request));
        } catch (CallFailure failure) {
            if (ABSENT.contains(failure.code())) {
                return Optional.empty();
            }
            throw ended(words.problem(step, failure));
        }
    }

    /** Makes a call that changes something. */
    <T> void write(String step, Request<T> request) throws NotDelivered, InterruptedException {
        switch (session.write(request)) {
            case Once.Answered<T> answered -> {
                // AWS did it
            }
            case Once.Refused<T>(CallFailure why) -> throw ended(words.problem(step, why));
            case Once.InDoubt<T>(CallFailure why, boolean unwell) -> doubt = words.problem(step, why);
        }
    }

    /** From now on the secret itself may be there. */
    void handedOver() {
        handedOver = true;
    }

    /** What is read does not show what was written: not done, or where nobody said so, in doubt. */
    NotDelivered disagrees(String why) {
        return ended(doubt == null ? words.problem(why, "") : doubt);
    }

    /** Once a secret was handed over, only what is read could tell that it is not there. */
    private NotDelivered ended(Problem problem) {
        return doubt != null || handedOver ? NotDelivered.inDoubt(problem) : NotDelivered.refused(problem);
    }
}
