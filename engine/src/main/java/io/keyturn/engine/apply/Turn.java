package io.keyturn.engine.apply;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.port.Belongings;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSinks;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.port.TicketDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among those that work on several users of one account. Only who has the turn decides, writes and
 * looks at what the journal comes to; while it waits for AWS, a sink or a desk, another one has it. So everything but
 * the waiting happens as if one user came after the other.
 */
final class Turn {
    private final ReentrantLock lock = new ReentrantLock(true);

    /** Something to do in one's turn. */
    interface Work {
        void work() throws StoreFailure, InterruptedException;
    }

    /** A call out of this process, which others need not wait for. */
    private interface Call<R, E extends Exception> {
        R call() throws E, InterruptedException;
    }

    /** Does it in its turn. */
    void take(Work work) throws StoreFailure, InterruptedException {
        lock.lockInterruptibly();
        try {
            work.work();
        } finally {
            lock.unlock();
        }
    }

    /** Gives the turn away meanwhile; who never took it, because all is done by one, just calls. */
    private <R, E extends Exception> R outside(Call<R, E> call) throws E, InterruptedException {
        if (!lock.isHeldByCurrentThread()) {
            return call.call();
        }
        lock.unlock();
        try {
            return call.call();
        } finally {
            lock.lock();
        }
    }

    /** Leave that is asked for in one's turn, though the turn is given away for the call that asks. */
    private Leave inside(Leave leave) {
        if (!lock.isHeldByCurrentThread()) {
            return leave;
        }
        return () -> {
            lock.lock();
            try {
                return leave.refused();
            } finally {
                lock.unlock();
            }
        };
    }

    /** Waits for a lock with the turn given away, lest its holder waits for the turn. */
    void await(ReentrantLock other) throws InterruptedException {
        outside(() -> {
            other.lockInterruptibly();
            return other;
        });
    }

    /** The tools, with everything that waits giving the turn away. */
    Tools with(Tools tools) {
        TicketTools tickets = tools.tickets();
        return tools.waiting(
                tickets == null ? null : new TicketTools(new Desk(tickets.desk()), tickets.wording(), tickets.each()),
                (account, rotation) -> open(tools.sinks(), account, rotation),
                time -> pause(tools.pause(), time));
    }

    private SecretSink open(SecretSinks sinks, Account account, Rotation rotation)
            throws ReadFailure, InterruptedException {
        return new Sink(this.<SecretSink, ReadFailure>outside(() -> sinks.open(account, rotation)));
    }

    private void pause(Tools.Pause pause, Duration time) throws InterruptedException {
        outside(() -> {
            pause.pause(time);
            return time;
        });
    }

    /** The account, with every call to it giving the turn away. */
    LiveAccount with(LiveAccount live) {
        return new Live(live);
    }

    private final class Live implements LiveAccount {
        private final LiveAccount live;

        private Live(LiveAccount live) {
            this.live = live;
        }

        @Override
        public Optional<User> user(UserName name, Needs needs) throws ReadFailure, InterruptedException {
            return Turn.this.<Optional<User>, ReadFailure>outside(() -> live.user(name, needs));
        }

        @Override
        public Belongings belongings(UserName name) throws ReadFailure, InterruptedException {
            return Turn.this.<Belongings, ReadFailure>outside(() -> live.belongings(name));
        }

        @Override
        public @Nullable Instant awsTime() {
            return live.awsTime();
        }

        @Override
        public Answer setActive(Target target, boolean active, Leave leave) throws InterruptedException {
            Leave inTurn = inside(leave);
            return outside(() -> live.setActive(target, active, inTurn));
        }

        @Override
        public Answer delete(Target target, Leave leave) throws InterruptedException {
            Leave inTurn = inside(leave);
            return outside(() -> live.delete(target, inTurn));
        }

        @Override
        public Answer tag(Target target, Map<String, String> tags) throws InterruptedException {
            return outside(() -> live.tag(target, tags));
        }

        @Override
        public Answer untag(Target target, Set<String> tags) throws InterruptedException {
            return outside(() -> live.untag(target, tags));
        }

        @Override
        public Made create(Target target, Leave leave) throws InterruptedException {
            Leave inTurn = inside(leave);
            return outside(() -> live.create(target, inTurn));
        }

        @Override
        public Optional<Problem> wayBack(Target target, String arn) throws InterruptedException {
            return outside(() -> live.wayBack(target, arn));
        }

        @Override
        public Trial tryOut(Target made, Secret secret) throws InterruptedException {
            return outside(() -> live.tryOut(made, secret));
        }
    }

    private final class Sink implements SecretSink {
        private final SecretSink sink;

        private Sink(SecretSink sink) {
            this.sink = sink;
        }

        @Override
        public Answer prove(Address address) throws InterruptedException {
            return outside(() -> sink.prove(address));
        }

        @Override
        public Answer deliver(Address address, Parcel parcel) throws InterruptedException {
            return outside(() -> sink.deliver(address, parcel));
        }

        @Override
        public Answer clear(Address address, KeyId key) throws InterruptedException {
            return outside(() -> sink.clear(address, key));
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    private final class Desk implements TicketDesk {
        private final TicketDesk desk;

        private Desk(TicketDesk desk) {
            this.desk = desk;
        }

        @Override
        public String name() {
            return desk.name();
        }

        @Override
        public Filing file(String marker, Message message, Leave leave) throws InterruptedException {
            Leave inTurn = inside(leave);
            return outside(() -> desk.file(marker, message, inTurn));
        }

        @Override
        public String address(String reference) {
            return desk.address(reference);
        }

        @Override
        public Filing close(String marker, String why, Leave leave) throws InterruptedException {
            Leave inTurn = inside(leave);
            return outside(() -> desk.close(marker, why, inTurn));
        }

        @Override
        public String preview(String marker, Message message) {
            return desk.preview(marker, message);
        }

        @Override
        public void close() {
            desk.close();
        }
    }
}
