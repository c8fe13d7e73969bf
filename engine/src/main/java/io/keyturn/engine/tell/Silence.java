package io.keyturn.engine.tell;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Notifier;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells nobody, and says so to whoever tries: for what works without any channel. */
public final class Silence implements Notifier {
    @Override
    public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave) {
        Problem problem = new Problem("tell the owner", owner.name(), "nobody is told here", "the next run does");
        return new Telling("none", owner.name(), new Channel.Sending.Unreachable(problem));
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
