package io.keyturn.bench.effect;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Notifier;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries every message to whoever lives in the street. */
final class Post implements Notifier {
    private final Street street;

    Post(Street street) {
        this.street = street;
    }

    @Override
    public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave) {
        notices.forEach(notice -> street.tell(notice.user().name().value(), word(notice)));
        return new Telling("mail", owner.name(), new Channel.Sending.Taken(Placement.PLACED, owner.name(), id));
    }

    /** What the message asks for. */
    private static Word word(Notice notice) {
        Finding finding = notice.finding();
        String key = Objects.requireNonNull(finding.credential().keyId(), "told of by its ID")
                .value();
        for (Reason reason : finding.reasons()) {
            if (reason instanceof Reason.Succeeded(KeyId successor, Instant made, String place, boolean installed)) {
                return installed ? new Word.Told(key) : new Word.Fetch(key, successor.value());
            }
        }
        boolean waits = notice.announced() != null && notice.announced().step() == Step.ROTATE;
        return waits || finding.standing() == Standing.INACTIVE ? new Word.Told(key) : new Word.Renew(key);
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
