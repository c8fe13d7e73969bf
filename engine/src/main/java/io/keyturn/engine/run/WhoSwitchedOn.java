package io.keyturn.engine.run;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.Witness;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;

/** Finds out in CloudTrail who switched a key on again that Keyturn had switched off. */
public final class WhoSwitchedOn {
    /** Switches keys on and off. An event tells not which: of a key that works the latest one switched it on. */
    private static final String SWITCHED = "UpdateAccessKey";

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Witness witness;

    public WhoSwitchedOn(Witness witness) {
        this.witness = witness;
    }

    /**
     * A sentence for people about a key that works.
     *
     * @param off when Keyturn had switched it off
     */
    public String told(Account account, KeyId key, Instant off) throws InterruptedException {
        return switch (witness.events(account, TrailQuery.named(SWITCHED), off)) {
            case Fact.Known<TrailEvents>(TrailEvents found, Instant asOf) ->
                found.events().stream()
                        .filter(event -> event.done()
                                && key.value().equals(event.key())
                                && event.at().isAfter(off))
                        .max(Comparator.comparing(TrailEvent::at))
                        .map(event ->
                                event.actor().label() + " (" + event.actor().arn() + ") switched it on at "
                                        + MINUTE.format(event.at()) + " UTC, by CloudTrail")
                        .orElse("CloudTrail names nobody who switched it on since; it tells some minutes late"
                                + (found.whole() ? "" : ", and only the latest events were looked through"));
            case Fact.NotRead<TrailEvents>() -> "CloudTrail was not asked who switched it on";
            case Fact.Unknown<TrailEvents>(String why) -> "who switched it on is not known: " + why;
        };
    }
}
