package io.keyturn.app.wiring;

import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Channels;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.core.policy.MailAddress;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Wording;
import io.keyturn.engine.tell.Switchboard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the channels that are configured, and knows whom each of them reaches. */
final class Voice {
    private Voice() {}

    /** All channels behind one board; opens no connection yet. */
    static Switchboard open(Acting acting, Map<String, String> environment, InstantSource clock) {
        Channels channels = acting.channels();
        Wording wording = new MessageWriter(acting.manner(), clock);
        List<Switchboard.Line> lines = new ArrayList<>();
        List<Channel> boards = new ArrayList<>();
        Channels.Email email = channels.email();
        if (email != null) {
            lines.add(new Switchboard.Line(new MailDoor(environment, clock).open(email), MailAddress::looksLike));
        }
        return new Switchboard(wording, lines, boards);
    }

    /** Channels at which a message that was merely handed over counts as placed. */
    static Set<String> enough(Channels channels) {
        return channels.email() != null && channels.email().handedOverSuffices() ? Set.of(MailDoor.NAME) : Set.of();
    }
}
