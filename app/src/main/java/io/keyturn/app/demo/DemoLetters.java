package io.keyturn.app.demo;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Notifier;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages in the simulated organization: all arrive, and owners learn from them of their new keys. */
final class DemoLetters implements Notifier {
    private final Map<String, KeyId> successors = new HashMap<>();

    /** The new key that a user's owner was told of; null where there is none. */
    @Nullable
    KeyId successor(String user) {
        return successors.get(user);
    }

    @Override
    public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave) {
        for (Notice notice : notices) {
            notice.finding().reasons().stream()
                    .filter(Reason.Succeeded.class::isInstance)
                    .map(Reason.Succeeded.class::cast)
                    .forEach(succeeded -> successors.put(notice.user().name().value(), succeeded.successor()));
        }
        return new Telling("mail", owner.name(), new Channel.Sending.Taken(Placement.PLACED, owner.name(), id));
    }

    @Override
    public List<Telling> announce(String id, Owner owner, List<Notice> notices, Leave leave) {
        return List.of();
    }

    @Override
    public Placement placement(String channel, String recipient, @Nullable String reference, Instant sent) {
        return Placement.PLACED;
    }
}
