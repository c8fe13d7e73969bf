package io.keyturn.app.config;

import io.keyturn.app.words.Manner;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.engine.port.CredentialStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds where messages are sent and keys are changed.
 *
 * @param channels ways to owners
 * @param manner how people are spoken to
 * @param window when keys may be changed; null is any time
 * @param approval how many people must approve a plan
 * @param handOver other automation on the same keys that Keyturn was told of, as ARN patterns of its principals
 * @param credstash where secrets lie that credstash keeps
 */
public record Acting(
        Channels channels,
        Manner manner,
        @Nullable ActWindow window,
        Approval approval,
        List<ArnPattern> handOver,
        CredentialStore credstash) {
    /** No channel, any time, no approval. */
    public static final Acting NONE =
            new Acting(Channels.NONE, Manner.DEFAULT, null, Approval.NONE, List.of(), CredentialStore.USUAL);

    /** The same that speaks so by these channels. */
    public Acting speaking(Channels others, Manner other) {
        return new Acting(others, other, window, approval, handOver, credstash);
    }

    public Acting {
        handOver = List.copyOf(handOver);
    }
}
