package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReader;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.ReadFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long a run may take, for whoever is ended from outside at a fixed time. Nothing is cut off in its middle: accounts
 * are begun only in the first half of the time, each has at most a third of it, and no act begins in its last tenth.
 */
public final class TimeLimit {
    /** No limit. */
    public static final TimeLimit NONE = new TimeLimit(InstantSource.system(), null);

    private final InstantSource clock;
    private final Instant began;
    private final @Nullable Duration time;

    /** The time begins now; null where there is no limit. */
    public TimeLimit(InstantSource clock, @Nullable Duration time) {
        this.clock = clock;
        this.began = clock.instant();
        this.time = time;
    }

    /** The same settings, no account of which takes too long. */
    Settings within(Settings settings) {
        if (time == null) {
            return settings;
        }
        Duration third = time.dividedBy(3);
        return settings.accountDeadline().compareTo(third) <= 0 ? settings : settings.readingWithin(third);
    }

    /** The same accounts; those whose turn comes too late are not read, and say so. */
    Accounts within(Accounts accounts) {
        return time == null
                ? accounts
                : sink -> accounts.each(entry -> sink.accept(
                        entry instanceof AccountEntry.Readable(String label, String id, AccountReader reader)
                                ? new AccountEntry.Readable(label, id, new Punctual(label, reader))
                                : entry));
    }

    /** Why no further act may begin; empty where one may. */
    Optional<String> noMoreActs() {
        return isPast(9, 10) ? Optional.of("the time of this run is up; the next one goes on") : Optional.empty();
    }

    private boolean isPast(int part, int of) {
        return time != null
                && !clock.instant().isBefore(began.plus(time.multipliedBy(part).dividedBy(of)));
    }

    private final class Punctual implements AccountReader {
        private final String label;
        private final AccountReader reader;

        Punctual(String label, AccountReader reader) {
            this.label = label;
            this.reader = reader;
        }

        @Override
        public AccountReading begin(Needs needs) throws ReadFailure, InterruptedException {
            AccountReading reading = reader.begin(needs);
            return new AccountReading() {
                @Override
                public void awaitReady() throws ReadFailure, InterruptedException {
                    reading.awaitReady();
                }

                @Override
                public Snapshot read(Held held) throws ReadFailure, InterruptedException {
                    if (isPast(1, 2)) {
                        throw new ReadFailure(new Problem(
                                "read the keys",
                                label,
                                "half of the time of this run was over before its turn came",
                                "give the run more time, or each run fewer accounts with --shard"));
                    }
                    return reading.read(held);
                }

                @Override
                public Snapshot identify(Snapshot snapshot, Set<UserId> users) throws InterruptedException {
                    return reading.identify(snapshot, users);
                }
            };
        }

        @Override
        public Fact<String> unit() {
            return reader.unit();
        }

        @Override
        public Optional<Snapshot> only(UserName name, Needs needs) throws ReadFailure, InterruptedException {
            return reader.only(name, needs);
        }
    }
}
