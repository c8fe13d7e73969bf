package io.keyturn.adapters.aws.deliver;

import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.ParcelText;
import java.util.List;

/**
 * Tells what went wrong in one act, without the secrets that are at hand in it: whatever answers may echo what it was
 * sent.
 *
 * @param tried a verb phrase, such as {@code deliver the new secret}
 * @param on whose and where
 * @param unsaid texts that are in no message
 */
record Words(String tried, String on, List<String> unsaid) {
    Words {
        unsaid = List.copyOf(unsaid);
    }

    Problem problem(String why, String advice) {
        return new Problem(tried, on, scrubbed(why), scrubbed(advice));
    }

    Problem problem(String step, CallFailure failure) {
        return problem("to " + step + ", " + failure.why(), failure.advice());
    }

    private String scrubbed(String text) {
        return ParcelText.without(unsaid, text);
    }

    /** Without what is unsaid. */
    @Override
    public String toString() {
        return tried + " of " + on;
    }
}
