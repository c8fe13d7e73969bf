package io.keyturn.proof.simulation;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Notifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A carrier whose letters arrive, unless something befalls them on the way. */
final class SimulatedLetters implements Notifier {
    /** A letter that arrived. */
    record Letter(Instant at, Notice notice) {}

    final List<Letter> arrived = new ArrayList<>();
    private final Points points;
    private final InstantSource clock;

    SimulatedLetters(Points points, InstantSource clock) {
        this.points = points;
        this.clock = clock;
    }

    @Override
    public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads) {
        Blow blow = points.meet(Blow.Place.MESSAGE);
        if (Points.takesEffect(blow)) {
            notices.forEach(notice -> arrived.add(new Letter(clock.instant(), notice)));
            points.after(blow);
        }
        return new Telling(
                "letters",
                owner.name(),
                switch (blow) {
                    case DENIED -> new Channel.Sending.Refused(ordained());
                    case DROPPED_BEFORE, DROPPED_AFTER -> new Channel.Sending.InDoubt(ordained());
                    default -> new Channel.Sending.Taken(Placement.PLACED, owner.name(), id);
                });
    }

    private static Problem ordained() {
        return new Problem("tell the owner", "letters", "it was so ordained", "");
    }

    @Override
    public List<Telling> announce(String id, Owner owner, List<Notice> notices) {
        return List.of();
    }

    @Override
    public Placement placement(String channel, String recipient, @Nullable String reference, Instant sent) {
        return Placement.HANDED_OVER;
    }
}
