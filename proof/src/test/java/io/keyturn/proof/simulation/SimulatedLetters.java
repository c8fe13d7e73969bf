package io.keyturn.proof.simulation;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Notifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A carrier whose letters arrive, unless something befalls them on the way. */
final class SimulatedLetters implements Notifier {
    /** A letter that arrived. */
    record Letter(Instant at, Notice notice) {}

    final List<Letter> arrived = new ArrayList<>();
    /** What said that a key needs nobody any more. */
    final List<Letter> ends = new ArrayList<>();

    private final Points points;
    private final InstantSource clock;
    private final Channel.Closing closing;
    private final Consumer<List<Notice>> sending;

    /**
     * A carrier.
     *
     * @param closing when it says that keys need nobody any more
     * @param sending looks right before anything is sent
     */
    SimulatedLetters(Points points, InstantSource clock, Channel.Closing closing, Consumer<List<Notice>> sending) {
        this.points = points;
        this.clock = clock;
        this.closing = closing;
        this.sending = sending;
    }

    @Override
    public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave) {
        return send(arrived, id, owner, notices, leave);
    }

    @Override
    public Channel.Closing closing(String channel) {
        return closing;
    }

    @Override
    public Telling close(String id, Reader reader, Owner owner, List<Notice> notices, Leave leave) {
        return send(ends, id, owner, notices, leave);
    }

    private Telling send(List<Letter> box, String id, Owner owner, List<Notice> notices, Leave leave) {
        // Others act in the time for which the carrier had to wait before it could send.
        Blow blow = points.meet(Blow.Place.MESSAGE);
        Optional<Problem> refused = leave.refused();
        if (refused.isPresent()) {
            return new Telling("letters", owner.name(), new Channel.Sending.Refused(refused.get()));
        }
        sending.accept(notices);
        if (Points.takesEffect(blow)) {
            notices.forEach(notice -> box.add(new Letter(clock.instant(), notice)));
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
    public List<Telling> announce(String id, Owner owner, List<Notice> notices, Leave leave) {
        return List.of();
    }

    @Override
    public Placement placement(String channel, String recipient, @Nullable String reference, Instant sent) {
        return Placement.HANDED_OVER;
    }
}
