package io.keyturn.core.forecast;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key as it changes in a forecast. One that is used goes on being used as often; one that lies idle stays so. */
final class ForecastKey {
    /** Less than a run ago, and later than what Keyturn itself may do with a key it delivered at the run before. */
    private static final Duration OFTEN = Duration.ofHours(1);

    private final AccessKey read;
    private final KeyId id;
    private boolean active;
    private LastUse lastUse;
    private @Nullable Duration usedEvery;
    private @Nullable Instant told;

    /** @param id a stand-in where the reading did not learn it */
    ForecastKey(AccessKey read, KeyId id) {
        this.read = read;
        this.id = id;
        this.active = read.active();
        this.lastUse = read.lastUse();
    }

    KeyId id() {
        return id;
    }

    /** The ID as it was read; null where it is a stand-in. */
    @Nullable
    KeyId known() {
        return read.id();
    }

    Instant created() {
        return read.created();
    }

    boolean active() {
        return active;
    }

    /** When its owner was first told of it, here; null where that did not happen. */
    @Nullable
    Instant told() {
        return told;
    }

    void tell(Instant at) {
        told = told == null ? at : told;
    }

    /** What was said so far is over: something else is to be said. */
    void forgetTelling() {
        told = null;
    }

    /** Switches it off: whoever uses it gets no answer any more. */
    void deactivate(Instant now) {
        settle(now);
        active = false;
        usedEvery = null;
    }

    /** Switches it on again. */
    void activate() {
        active = true;
    }

    /** From now on it is in use, last {@code every} ago at any time. */
    void use(Duration every) {
        usedEvery = every;
    }

    /** From now on it is in use all the time. */
    void use() {
        use(OFTEN);
    }

    /** From now on nobody uses it any more. */
    void rest(Instant now) {
        settle(now);
        usedEvery = null;
    }

    boolean used() {
        return usedEvery != null;
    }

    /** How long ago it was last used at any time; null where nobody uses it. */
    @Nullable
    Duration usedEvery() {
        return usedEvery;
    }

    private void settle(Instant now) {
        Duration every = usedEvery;
        if (every != null) {
            Instant at = now.minus(every);
            String service = lastUse instanceof LastUse.Used used ? used.service() : "sts";
            String region = lastUse instanceof LastUse.Used used ? used.region() : "us-east-1";
            lastUse = new LastUse.Used(at.isBefore(created()) ? created() : at, service, region);
        }
    }

    /** As a reading would find it. */
    AccessKey at(Instant now) {
        settle(now);
        return new AccessKey(read.slot(), id, active, read.created(), lastUse, now);
    }
}
