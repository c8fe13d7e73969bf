package io.keyturn.adapters.slack;

import io.keyturn.adapters.web.Patience;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Lets one message a second into each conversation, as Slack asks (docs.slack.dev/apis/web-api/rate-limits). */
final class Turns {
    static final Duration EACH = Duration.ofSeconds(1);

    /** Conversations after which those are forgotten that nobody waits for. */
    private static final int MANY = 1000;

    private final InstantSource clock;
    private final Patience.Pause pause;
    private final Duration most;
    private final Map<String, Instant> next = new HashMap<>();

    /** @param most the longest wait for a turn */
    Turns(InstantSource clock, Patience.Pause pause, Duration most) {
        this.clock = clock;
        this.pause = pause;
        this.most = most;
    }

    /** Waits for the conversation's next turn; false, at once, where it is too far away. */
    boolean await(String conversation) throws InterruptedException {
        Instant now = clock.instant();
        Instant turn = take(conversation, now);
        if (turn.isAfter(now.plus(most))) {
            return false;
        }
        if (turn.isAfter(now)) {
            pause.of(Duration.between(now, turn));
        }
        return true;
    }

    private synchronized Instant take(String conversation, Instant now) {
        if (next.size() > MANY) {
            next.values().removeIf(turn -> !turn.isAfter(now));
        }
        Instant turn = next.getOrDefault(conversation, now);
        Instant mine = turn.isAfter(now) ? turn : now;
        if (!mine.isAfter(now.plus(most))) {
            next.put(conversation, mine.plus(EACH));
        }
        return mine;
    }
}
