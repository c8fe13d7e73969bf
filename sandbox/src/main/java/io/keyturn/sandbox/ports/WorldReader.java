package io.keyturn.sandbox.ports;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.AccountReader;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.world.Report;
import io.keyturn.sandbox.world.SimUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one account of the world, by report or live; {@code AUTO} is by report, and live where that is denied. */
final class WorldReader implements AccountReader {
    private final WorldIam iam;
    private final Account account;
    private final ReadMode mode;
    private final Duration reportDelay;

    WorldReader(WorldIam iam, Account account, ReadMode mode, Duration reportDelay) {
        this.iam = iam;
        this.account = account;
        this.mode = mode;
        this.reportDelay = reportDelay;
    }

    @Override
    public AccountReading begin(Needs needs) throws ReadFailure {
        try {
            LiveUsers.patiently(() -> {
                iam.touch("sts", "AssumeRole");
                return true;
            });
        } catch (CallFailed failed) {
            throw failure("assume the role", failed);
        }
        boolean report = mode != ReadMode.LIVE;
        String note = null;
        try {
            if (report) {
                LiveUsers.patiently(() -> iam.generateReport(reportDelay));
            }
        } catch (CallFailed failed) {
            if (mode == ReadMode.REPORT || failed.kind() != CallFailed.Kind.DENIED) {
                throw failure("ask for the credential report", failed);
            }
            report = false;
            note = "read live: iam:GenerateCredentialReport is denied";
        }
        return new Open(needs, report, note);
    }

    private ReadFailure failure(String tried, CallFailed failed) {
        return new ReadFailure(failed.problem(tried, account.name() + " (" + account.id() + ")"), failed);
    }

    /** A reading that was begun. */
    private final class Open implements AccountReading {
        private final boolean byReport;
        private final @Nullable String note;
        private final LiveUsers live;

        Open(Needs needs, boolean byReport, @Nullable String note) {
            this.byReport = byReport;
            this.note = note;
            this.live = new LiveUsers(iam, account.partition().id(), needs);
        }

        @Override
        public void awaitReady() {
            Report report = iam.account().report();
            if (byReport && report != null) {
                iam.clock().reach(report.made());
            }
        }

        @Override
        public Snapshot read(Held held) throws ReadFailure {
            Instant start = iam.clock().instant();
            try {
                if (byReport) {
                    ReportReading reading =
                            new ReportReading(iam, account.partition().id(), live);
                    Instant asOf = reading.made().isBefore(start) ? reading.made() : start;
                    return snapshot(ReadVia.REPORT, asOf, reading.users(), reading.root());
                }
                List<User> users = new ArrayList<>();
                for (SimUser head : heads()) {
                    users.add(live.read(head));
                }
                return snapshot(ReadVia.LIVE, start, users, live.root());
            } catch (CallFailed failed) {
                throw failure("list the users", failed);
            }
        }

        private List<SimUser> heads() throws CallFailed {
            return LiveUsers.all(
                    (@Nullable String token) -> (LiveUsers.Read<Page<SimUser>>) () -> iam.users("ListUsers", token));
        }

        private Snapshot snapshot(ReadVia via, Instant asOf, List<User> users, Fact<RootKeys> root) {
            List<String> notes = note == null ? List.of() : List.of(note);
            return new Snapshot(account, via, asOf, reading(), notes, root, users);
        }

        private Reading reading() {
            return live.problems().isEmpty()
                    ? Reading.COMPLETE
                    : new Reading.Partial("could not read " + String.join("; ", live.problems()));
        }

        @Override
        public Snapshot identify(Snapshot snapshot, Set<UserId> wanted) {
            List<User> users = new ArrayList<>();
            for (User user : snapshot.users()) {
                boolean open = user.keys().orElse(List.of()).stream().anyMatch(key -> key.id() == null);
                users.add(open && wanted.contains(user.id()) ? identified(user) : user);
            }
            return new Snapshot(
                    account, snapshot.via(), snapshot.asOf(), reading(), snapshot.notes(), snapshot.root(), users);
        }

        /** With the IDs of keys that creation names beyond doubt; where it does not, with the live keys. */
        private User identified(User user) {
            List<AccessKey> listed;
            try {
                listed = live.keys(user.name().value());
            } catch (CallFailed failed) {
                live.problems().add("the IDs of keys: " + failed.why());
                return user;
            }
            Map<Instant, AccessKey> bySecond = new HashMap<>();
            listed.forEach(key -> bySecond.put(key.created(), key));
            List<AccessKey> matched = new ArrayList<>();
            for (AccessKey key : user.keys().orElse(List.of())) {
                AccessKey found = bySecond.remove(key.created());
                if (found != null && found.id() != null && found.active() == key.active()) {
                    matched.add(key.withId(found.id()));
                }
            }
            boolean same = !matched.isEmpty() && matched.size() == listed.size() && bySecond.isEmpty();
            return user.withKeys(
                    same
                            ? Fact.known(
                                    List.copyOf(matched), matched.getFirst().asOf())
                            : Fact.known(listed, iam.clock().instant()));
        }
    }
}
