package io.keyturn.adapters.aws.notify;

import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Channel.Sending;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed call says of the message that it carried. */
final class Answers {
    private Answers() {}

    /** What to do where AWS named that error; empty where the general advice is as good. */
    interface Advice {
        String on(CallFailure failure);
    }

    /** Only AWS itself, or a connection that never came about, tells that nothing was taken. */
    static Sending failed(String place, SdkException thrown, Advice advice) {
        CallFailure failure = CallFailure.of(thrown);
        String own = advice.on(failure);
        Problem problem = new Problem("make use", place, failure.why(), own.isEmpty() ? failure.advice() : own);
        boolean refused = thrown instanceof AwsServiceException answered && answered.statusCode() < 500;
        return refused || failure.badCredentials() || CallFailure.neverSent(thrown)
                ? new Sending.Refused(problem)
                : new Sending.InDoubt(problem);
    }
}
