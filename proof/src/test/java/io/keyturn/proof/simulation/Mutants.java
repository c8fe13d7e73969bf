package io.keyturn.proof.simulation;

import io.keyturn.adapters.web.Answer;
import io.keyturn.adapters.web.Patience;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The published bugs of tools that rotate or clean up keys, each put into the engine on purpose. */
final class Mutants {
    private static final Needs KEYS = new Needs(EnumSet.of(FactName.KEYS), Needs.Identify.ALL);

    private Mutants() {}

    /** Deletes the oldest of two keys to make room. */
    static final class DeletesOldest implements Bug {
        @Override
        public void beforeRun(Life life) {
            for (SimUser user : life.account().allUsers()) {
                if (user.keys().size() > 1) {
                    SimKey oldest = user.keys().stream()
                            .min(Comparator.comparing(SimKey::created))
                            .orElseThrow();
                    new AccessKeys(life.world).delete(life.account(), user.name(), oldest.id(), life.clock.instant());
                }
            }
        }
    }

    /** Writes down what it will do only once it has done it. */
    static final class StoresAfterwards implements Bug {
        private final Verb late;

        StoresAfterwards(Verb late) {
            this.late = late;
        }

        @Override
        public JournalStore store(JournalStore store) {
            return new ForwardingStore(store) {
                private final List<Line> kept = new ArrayList<>();
                private Head before = Head.EMPTY;
                private @Nullable Register right;

                @Override
                public void append(String stream, Head expected, @Nullable Register fence, List<Line> lines)
                        throws StoreFailure {
                    if (!kept.isEmpty()) {
                        super.append(stream, before, right, List.copyOf(kept));
                        kept.clear();
                    }
                    if (Entries.of(lines.getFirst()) instanceof Entry.Intent intent && intent.verb() == late) {
                        kept.addAll(lines);
                        before = expected;
                        right = fence;
                        return;
                    }
                    super.append(stream, expected, fence, lines);
                }

                @Override
                public Head head(String stream) throws StoreFailure {
                    return kept.isEmpty()
                            ? super.head(stream)
                            : new Head(kept.getLast().sequence(), kept.getLast().hash());
                }
            };
        }
    }

    private static User with(User user, List<AccessKey> keys) {
        return user.withKeys(Fact.known(keys, Instant.EPOCH));
    }

    /** Takes a throttled answer about the last use for "never used"; here every answer is. */
    static final class ThrottledIsNeverUsed implements Bent {
        @Override
        public User bend(User user) {
            return with(
                    user,
                    user.keys().orElse(List.of()).stream()
                            .map(key -> new AccessKey(
                                    key.slot(), key.id(), key.active(), key.created(), LastUse.NEVER_USED, key.asOf()))
                            .toList());
        }
    }

    /** Reads the first page of keys, which has one, and no other. */
    static final class FirstPageOnly implements Bent {
        @Override
        public User bend(User user) {
            return with(user, user.keys().orElse(List.of()).stream().limit(1).toList());
        }
    }

    /** Takes each of two keys for the other, as their places in a report do not say which is which. */
    static final class WrongSlot implements Bent {
        @Override
        public User bend(User user) {
            List<AccessKey> keys = user.keys().orElse(List.of());
            return keys.size() != 2
                    ? user
                    : with(
                            user,
                            List.of(
                                    keys.getFirst().withId(keys.getLast().id()),
                                    keys.getLast().withId(keys.getFirst().id())));
        }
    }

    /** Has a cap, and a counter that never counts. */
    static final class NeverCounts implements Bug {
        @Override
        public JournalStore store(JournalStore store) {
            return new ForwardingStore(store) {
                @Override
                public Optional<Register> register(String name) throws StoreFailure {
                    return name.startsWith("caps/") ? Optional.empty() : super.register(name);
                }

                @Override
                public Register write(String name, long version, String value) throws StoreFailure {
                    return name.startsWith("caps/")
                            ? new Register(name, version + 1, value)
                            : super.write(name, version, value);
                }
            };
        }
    }

    /** Sends a making of a key again where no answer came. */
    static final class SendsAgain implements Bug {
        @Override
        public LiveAccount live(LiveAccount live) {
            return new Bent.Forwarding(live) {
                @Override
                public Made create(Target target, Leave leave) throws InterruptedException {
                    Made made = super.create(target, leave);
                    return made instanceof Made.Not(Answer.InDoubt doubt) ? super.create(target, leave) : made;
                }
            };
        }
    }

    /** Switches keys off for a while, and does not come back to them. */
    static final class NeverEndsBrownouts implements Bug {
        @Override
        public boolean takes(Action action) {
            return !(action instanceof Action.Reactivate);
        }
    }

    /** Makes tickets without looking for those there are. */
    static final class FilesBlindly implements Bug {
        @Override
        public Patience.Sender web(Patience.Sender web) {
            return request -> request.target().getPath().endsWith("/search/jql")
                    ? new Answer.Answered(200, HttpHeaders.of(Map.of(), (name, value) -> true), "{\"isLast\":true}")
                    : web.send(request);
        }
    }

    /** Leaves tickets open. */
    static final class NeverClosesTickets implements Bug {
        @Override
        public boolean takes(Action action) {
            return !(action instanceof Action.CloseTicket);
        }
    }

    /** Takes keys that it cannot see for gone: from the second run on, that is all of them. */
    static final class TakesKeysForGone implements Bent {
        private int runs;

        @Override
        public void beforeRun(Life life) {
            runs++;
        }

        @Override
        public User bend(User user) {
            return runs < 2 ? user : with(user, List.of());
        }
    }

    /** Does not remember for whom somebody was woken. */
    static final class ForgetsAlarms implements Bug {
        @Override
        public JournalStore store(JournalStore store) {
            return new ForwardingStore(store) {
                @Override
                public Optional<Register> register(String name) throws StoreFailure {
                    return name.equals("alarms") ? Optional.empty() : super.register(name);
                }

                @Override
                public Register write(String name, long version, String value) throws StoreFailure {
                    return name.equals("alarms")
                            ? new Register(name, version + 1, value)
                            : super.write(name, version, value);
                }
            };
        }
    }

    /** A carrier that hands everything on. */
    private static class ForwardingNotifier implements Notifier {
        private final Notifier to;

        ForwardingNotifier(Notifier to) {
            this.to = to;
        }

        @Override
        public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave)
                throws InterruptedException {
            return to.tell(id, owner, notices, threads, leave);
        }

        @Override
        public List<Telling> announce(String id, Owner owner, List<Notice> notices, Leave leave)
                throws InterruptedException {
            return to.announce(id, owner, notices, leave);
        }

        @Override
        public Telling announceAgain(String board, String id, Owner owner, List<Notice> notices, Leave leave)
                throws InterruptedException {
            return to.announceAgain(board, id, owner, notices, leave);
        }

        @Override
        public Channel.Closing closing(String channel) {
            return to.closing(channel);
        }

        @Override
        public Telling close(String id, Reader reader, Owner owner, List<Notice> notices, Leave leave)
                throws InterruptedException {
            return to.close(id, reader, owner, notices, leave);
        }

        @Override
        public Placement placement(String channel, String recipient, @Nullable String reference, Instant sent)
                throws InterruptedException {
            return to.placement(channel, recipient, reference, sent);
        }
    }

    /** Takes what it never sent for placed: reminders, and the ends of keys. */
    static final class ClaimsToHaveSaid implements Bug {
        @Override
        public Notifier notifier(Notifier notifier) {
            return new ForwardingNotifier(notifier) {
                @Override
                public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave) {
                    return claimed(id, owner);
                }

                @Override
                public Telling close(String id, Reader reader, Owner owner, List<Notice> notices, Leave leave) {
                    return claimed(id, owner);
                }
            };
        }

        private static Notifier.Telling claimed(String id, Owner owner) {
            return new Notifier.Telling(
                    "letters", owner.name(), new Channel.Sending.Taken(Placement.PLACED, owner.name(), id));
        }
    }

    /** Never comes back to a board that did not take something. */
    static final class ForgetsBoards implements Bug {
        @Override
        public Notifier notifier(Notifier notifier) {
            return new ForwardingNotifier(notifier) {
                @Override
                public Telling announceAgain(String board, String id, Owner owner, List<Notice> notices, Leave leave) {
                    return new Telling(board, "", new Channel.Sending.Taken(Placement.HANDED_OVER, "", id));
                }
            };
        }
    }

    /** Tells a board the same three times. */
    static final class TellsBoardsThrice implements Bug {
        @Override
        public Notifier notifier(Notifier notifier) {
            return new ForwardingNotifier(notifier) {
                @Override
                public List<Telling> announce(String id, Owner owner, List<Notice> notices, Leave leave)
                        throws InterruptedException {
                    super.announce(id, owner, notices, leave);
                    super.announce(id, owner, notices, leave);
                    return super.announce(id, owner, notices, leave);
                }
            };
        }
    }

    /** Names an earlier day each time it tells an owner of the same key. */
    static final class NamesEarlierDays implements Bug {
        private final Map<CredentialId, Integer> told = new HashMap<>();

        @Override
        public Notifier notifier(Notifier notifier) {
            return new ForwardingNotifier(notifier) {
                @Override
                public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave)
                        throws InterruptedException {
                    return super.tell(
                            id,
                            owner,
                            notices.stream().map(NamesEarlierDays.this::earlier).toList(),
                            threads,
                            leave);
                }
            };
        }

        private Notice earlier(Notice notice) {
            int before = told.merge(notice.finding().credential(), 1, Integer::sum) - 1;
            Deadline day = notice.announced();
            return new Notice(
                    notice.id(),
                    notice.account(),
                    notice.user(),
                    notice.finding(),
                    notice.owner(),
                    day == null
                            ? null
                            : new Deadline(day.step(), day.limit(), day.at().minus(Duration.ofDays(before))));
        }
    }

    /** Says twice that a key needs nobody any more. */
    static final class EndsTwice implements Bug {
        @Override
        public Notifier notifier(Notifier notifier) {
            return new ForwardingNotifier(notifier) {
                @Override
                public Telling close(String id, Reader reader, Owner owner, List<Notice> notices, Leave leave)
                        throws InterruptedException {
                    super.close(id, reader, owner, notices, leave);
                    return super.close(id, reader, owner, notices, leave);
                }
            };
        }
    }

    /** Never comes back to what failed once. */
    static final class NeverQueuesAgain implements Bug {
        private final Set<CredentialId> failed = new HashSet<>();

        @Override
        public boolean takes(Action action) {
            return !failed.contains(action.credential());
        }

        @Override
        public void ended(Outcome outcome) {
            if (!(outcome instanceof Outcome.Done)) {
                failed.add(outcome.action().credential());
            }
        }
    }

    /** Takes each user for what it was when this run read it first, whoever has the name by now. */
    static final class LooksOnce implements Bug {
        private final Map<UserName, User> seen = new HashMap<>();
        private final boolean asks;

        /** @param asks whether it asks AWS again, and does not care for the answer */
        LooksOnce(boolean asks) {
            this.asks = asks;
        }

        @Override
        public void beforeRun(Life life) {
            seen.clear();
        }

        @Override
        public Accounts accounts(Accounts accounts) {
            Bent remembering = user -> {
                seen.put(user.name(), user);
                return user;
            };
            return remembering.accounts(accounts);
        }

        @Override
        public LiveAccount live(LiveAccount live) {
            return new Bent.Forwarding(live) {
                @Override
                public Optional<User> user(UserName name, Needs needs) throws ReadFailure, InterruptedException {
                    User known = seen.get(name);
                    if (known == null || asks) {
                        Optional<User> now = super.user(name, needs);
                        return known == null ? now : Optional.of(known);
                    }
                    return Optional.of(known);
                }
            };
        }
    }

    /** Switches off whatever else the user has. */
    static final class SwitchesOffTheOther implements Bug {
        @Override
        public LiveAccount live(LiveAccount live) {
            return new Bent.Forwarding(live) {
                @Override
                public Answer setActive(Target target, boolean active, Leave leave) throws InterruptedException {
                    try {
                        for (AccessKey key : super.user(target.name(), KEYS)
                                .orElseThrow()
                                .keys()
                                .orElse(List.of())) {
                            super.setActive(target.of(Objects.requireNonNull(key.id())), active, leave);
                        }
                    } catch (ReadFailure e) {
                        throw new AssertionError(e);
                    }
                    return super.setActive(target, active, leave);
                }
            };
        }
    }

    /** Writes what it made to its log. */
    static final class LogsSecrets implements Bug {
        private final List<String> log = new ArrayList<>();

        @Override
        public void beforeRun(Life life) {
            life.shown.addAll(log);
        }

        @Override
        public LiveAccount live(LiveAccount live) {
            return new Bent.Forwarding(live) {
                @Override
                public Made create(Target target, Leave leave) throws InterruptedException {
                    Made made = super.create(target, leave);
                    if (made instanceof Made.Key key) {
                        log.add("made " + key.id() + " " + key.secret().reveal());
                    }
                    return made;
                }
            };
        }
    }

    /** Does what it is only to show. */
    static final class ActsInDryRuns implements Bug {
        @Override
        public boolean acts(boolean dry) {
            return true;
        }
    }

    /** Asks nobody right before a change whether it may begin still. */
    static final class NeverAsksForLeave implements Bug {
        @Override
        public LiveAccount live(LiveAccount live) {
            return new Bent.Forwarding(live) {
                @Override
                public Answer setActive(Target target, boolean active, Leave leave) throws InterruptedException {
                    return super.setActive(target, active, Leave.GIVEN);
                }

                @Override
                public Made create(Target target, Leave leave) throws InterruptedException {
                    return super.create(target, Leave.GIVEN);
                }
            };
        }
    }

    /** Believes its own clock. */
    static final class BelievesItsClock implements Bug {
        @Override
        public LiveAccount live(LiveAccount live) {
            return new Bent.Forwarding(live) {
                @Override
                public @Nullable Instant awsTime() {
                    return null;
                }
            };
        }
    }

    /** Changes nothing any more in a run in which it once could not read a user. */
    static final class GivesUpAtTheFirst implements Bug {
        private boolean failed;

        @Override
        public void beforeRun(Life life) {
            failed = false;
        }

        @Override
        public void ended(Outcome outcome) {
            failed = failed || outcome instanceof Outcome.Failed;
        }

        @Override
        public LiveAccount live(LiveAccount live) {
            return new Bent.Forwarding(live) {
                @Override
                public Answer setActive(Target target, boolean active, Leave leave) throws InterruptedException {
                    return failed ? refused() : super.setActive(target, active, leave);
                }
            };
        }

        @Override
        public Accounts accounts(Accounts accounts) {
            return sink -> accounts.each(entry -> sink.accept(
                    entry instanceof AccountEntry.Readable(String label, String id, var reader)
                            ? new AccountEntry.Readable(label, id, needs -> reading(trying(() -> reader.begin(needs))))
                            : entry));
        }

        private interface Try<T> {
            T get() throws ReadFailure, InterruptedException;
        }

        private <T> T trying(Try<T> what) throws ReadFailure, InterruptedException {
            try {
                return what.get();
            } catch (ReadFailure e) {
                failed = true;
                throw e;
            }
        }

        private AccountReading reading(AccountReading reading) {
            return new AccountReading() {
                @Override
                public void awaitReady() throws ReadFailure, InterruptedException {
                    trying(() -> {
                        reading.awaitReady();
                        return true;
                    });
                }

                @Override
                public Snapshot read(Held held) throws ReadFailure, InterruptedException {
                    Snapshot read = trying(() -> reading.read(held));
                    failed = failed || read.users().stream().anyMatch(user -> !(user.tags() instanceof Fact.Known));
                    return read;
                }

                @Override
                public Snapshot identify(Snapshot snapshot, Set<UserId> users) {
                    return snapshot;
                }
            };
        }

        private static LiveAccount.Answer refused() {
            return new LiveAccount.Answer.Refused(new Problem("go on", "the account", "another one failed", ""));
        }
    }

    /** Says that a key works again, and has done nothing. */
    static final class ClaimsToBringBack implements Bug {
        @Override
        public LiveAccount live(LiveAccount live) {
            return new Bent.Forwarding(live) {
                @Override
                public Answer setActive(Target target, boolean active, Leave leave) throws InterruptedException {
                    return active ? new Answer.Done() : super.setActive(target, false, leave);
                }
            };
        }
    }
}
