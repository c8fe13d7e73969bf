package io.keyturn.app.config;

import java.time.Duration;
import java.time.Instant;

/** When a server begins runs by itself. */
public sealed interface Rhythm permits Rhythm.Every, Cron {
    /** Runs that lie closer together would only wait for each other. */
    Duration LEAST = Duration.ofMinutes(10);

    /** Longer apart nobody would notice that none came. */
    Duration MOST = Duration.ofDays(31);

    /** What is wrong where they are closer or farther apart. */
    String BOUNDS = "runs are ten minutes to 31 days apart";

    /** When the first run is due for a server that starts at {@code now} where none was ever begun. */
    Instant first(Instant now);

    /** When the next run is due after one that began, or was due, at {@code begun}. */
    Instant after(Instant begun);

    /** By how much a run that is due at {@code due} may begin later, so that not all servers ask at once. */
    Duration slack(Instant due);

    /** Again and again, always as far apart, from the start of the first server on. */
    record Every(Duration apart) implements Rhythm {
        private static final int PART = 20;

        public Every {
            if (apart.compareTo(LEAST) < 0 || apart.compareTo(MOST) > 0) {
                throw new IllegalArgumentException(BOUNDS);
            }
        }

        @Override
        public Instant first(Instant now) {
            return now;
        }

        @Override
        public Instant after(Instant begun) {
            return begun.plus(apart);
        }

        @Override
        public Duration slack(Instant due) {
            return apart.dividedBy(PART);
        }
    }
}
