package io.keyturn.proof.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import io.keyturn.engine.port.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every memory of how keys are used promises. */
abstract class ObservationsContract {
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Slot ANN = new Slot(new UserId("AIDAANN"), NOON.minusSeconds(100));
    private static final Slot BOB = new Slot(new UserId("AIDABOB"), NOON.minusSeconds(200));
    private static final Observed NEVER = new Observed(NOON, null, null, Duration.ZERO);
    private static final Observed OFTEN =
            new Observed(NOON, NOON.minusSeconds(9), NOON.minusSeconds(1), Duration.ofHours(30));

    /** The memory, as whoever opens it now finds it. */
    abstract Observations open();

    @Test
    void whatIsLearntIsRecalledByWhoeverOpensItNext() {
        open().learn(ACCOUNT, Map.of(ANN, NEVER, BOB, OFTEN), Set.of());

        assertThat(open().recall(ACCOUNT)).isEqualTo(Map.of(ANN, NEVER, BOB, OFTEN));
        assertThat(open().recall(new AccountId("222233334444"))).isEmpty();
    }

    @Test
    void newsTakeThePlaceOfWhatWasKnownAndWhatIsGoneIsForgotten() {
        open().learn(ACCOUNT, Map.of(ANN, NEVER, BOB, OFTEN), Set.of());
        open().learn(ACCOUNT, Map.of(ANN, OFTEN), Set.of(BOB));

        assertThat(open().recall(ACCOUNT)).isEqualTo(Map.of(ANN, OFTEN));
    }
}
