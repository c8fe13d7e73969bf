package io.keyturn.proof.simulation;

import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An engine that understands what it reads of users in a wrong way, by every road. */
interface Bent extends Bug {
    /** The user as the engine takes it to be. */
    User bend(User user);

    private Snapshot bend(Snapshot read) {
        return read.with(read.users().stream().map(this::bend).toList());
    }

    @Override
    default Accounts accounts(Accounts accounts) {
        return sink -> accounts.each(entry -> sink.accept(
                entry instanceof AccountEntry.Readable(String label, String id, var reader)
                        ? new AccountEntry.Readable(label, id, needs -> reading(reader.begin(needs)))
                        : entry));
    }

    private AccountReading reading(AccountReading reading) {
        return new AccountReading() {
            @Override
            public void awaitReady() throws ReadFailure, InterruptedException {
                reading.awaitReady();
            }

            @Override
            public Snapshot read(Held held) throws ReadFailure, InterruptedException {
                return bend(reading.read(held));
            }

            @Override
            public Snapshot identify(Snapshot snapshot, Set<UserId> users) {
                return snapshot;
            }
        };
    }

    @Override
    default LiveAccount live(LiveAccount live) {
        return new Forwarding(live) {
            @Override
            public Optional<User> user(UserName name, Needs needs) throws ReadFailure, InterruptedException {
                return live.user(name, needs).map(Bent.this::bend);
            }
        };
    }

    /** An account that hands everything on. */
    class Forwarding implements LiveAccount {
        private final LiveAccount to;

        Forwarding(LiveAccount to) {
            this.to = to;
        }

        @Override
        public Optional<User> user(UserName name, Needs needs) throws ReadFailure, InterruptedException {
            return to.user(name, needs);
        }

        @Override
        public @Nullable Instant awsTime() {
            return to.awsTime();
        }

        @Override
        public Answer setActive(Target target, boolean active, Leave leave) throws InterruptedException {
            return to.setActive(target, active, leave);
        }

        @Override
        public Answer delete(Target target, Leave leave) throws InterruptedException {
            return to.delete(target, leave);
        }

        @Override
        public Answer tag(Target target, Map<String, String> tags) throws InterruptedException {
            return to.tag(target, tags);
        }

        @Override
        public Answer untag(Target target, Set<String> tags) throws InterruptedException {
            return to.untag(target, tags);
        }

        @Override
        public Made create(Target target, Leave leave) throws InterruptedException {
            return to.create(target, leave);
        }

        @Override
        public Optional<Problem> wayBack(Target target, String arn) throws InterruptedException {
            return to.wayBack(target, arn);
        }

        @Override
        public Trial tryOut(Target made, Secret secret) throws InterruptedException {
            return to.tryOut(made, secret);
        }
    }
}
