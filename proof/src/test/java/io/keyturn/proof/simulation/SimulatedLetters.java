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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A carrier whose letters arrive, unless something befalls them on the way. */
final class SimulatedLetters implements Notifier {
    /** A letter that arrived. */
    record Letter(Instant at, Notice notice) {}

    final List<Letter> arrived = new ArrayList<>();
    /** What said that a key needs nobody any more. */
    final List<Letter> ends = new ArrayList<>();
    /** What those read who hear of everything. */
    final List<Letter> posted = new ArrayList<>();
    /** The messages that they may have got, for all the sender knows. */
    final Set<String> doubted = new HashSet<>();

    private final Points points;
    private final InstantSource clock;
    private final Channel.Closing closing;
    private final boolean boarded;
    private final Consumer<List<Notice>> sending;

    /**
     * A carrier.
     *
     * @param closing when it says that keys need nobody any more
     * @param boarded whether somebody hears of everything
     * @param sending looks right before anything is sent
     */
    SimulatedLetters(
            Points points,
            InstantSource clock,
            Channel.Closing closing,
            boolean boarded,
            Consumer<List<Notice>> sending) {
        this.points = points;
        this.clock = clock;
        this.closing = closing;
        this.boarded = boarded;
        this.sending = sending;
    }

    @Override
    public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave) {
        return send(arrived, "letters", owner.name(), Placement.PLACED, id, notices, leave);
    }

    @Override
    public Channel.Closing closing(String channel) {
        return closing;
    }

    @Override
    public Telling close(String id, Reader reader, Owner owner, List<Notice> notices, Leave leave) {
        return send(ends, "letters", owner.name(), Placement.PLACED, id, notices, leave);
    }

    private Telling send(
            List<Letter> box,
            String channel,
            String recipient,
            Placement placement,
            String id,
            List<Notice> notices,
            Leave leave) {
        // Others act in the time for which the carrier had to wait before it could send.
        Blow blow = points.meet(Blow.Place.MESSAGE);
        Optional<Problem> refused = leave.refused();
        if (refused.isPresent()) {
            return new Telling(channel, recipient, new Channel.Sending.Refused(refused.get()));
        }
        sending.accept(notices);
        if (Points.takesEffect(blow)) {
            notices.forEach(notice -> box.add(new Letter(clock.instant(), notice)));
            points.after(blow);
        }
        return new Telling(
                channel,
                recipient,
                switch (blow) {
                    case DENIED -> new Channel.Sending.Refused(ordained());
                    case DROPPED_BEFORE, DROPPED_AFTER -> new Channel.Sending.InDoubt(ordained());
                    default -> new Channel.Sending.Taken(placement, recipient, id);
                });
    }

    private static Problem ordained() {
        return new Problem("tell the owner", "letters", "it was so ordained", "");
    }

    @Override
    public List<Telling> announce(String id, Owner owner, List<Notice> notices, Leave leave) {
        return boarded ? List.of(post(id, notices, leave)) : List.of();
    }

    @Override
    public Telling announceAgain(String board, String id, Owner owner, List<Notice> notices, Leave leave) {
        return post(id, notices, leave);
    }

    private Telling post(String id, List<Notice> notices, Leave leave) {
        Telling telling = send(posted, "board", "", Placement.HANDED_OVER, id, notices, leave);
        if (telling.sending() instanceof Channel.Sending.InDoubt) {
            notices.forEach(notice -> doubted.add(notice.id()));
        }
        return telling;
    }

    @Override
    public Placement placement(String channel, String recipient, @Nullable String reference, Instant sent) {
        return Placement.HANDED_OVER;
    }
}
