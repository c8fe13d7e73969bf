package io.keyturn.proof.simulation;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimUser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The published bugs of tools that rotate or clean up keys, each put into the engine on purpose. */
final class Mutants {
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

    /** Writes down that it will make a key only once it has made it. */
    static final class StoresAfterwards implements Bug {
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
                    if (Entries.of(lines.getFirst()) instanceof Entry.Intent intent
                            && intent.verb() == Verb.CREATE_KEY) {
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
                public Made create(Target target) throws InterruptedException {
                    Made made = super.create(target);
                    return made instanceof Made.Not(Answer.InDoubt doubt) ? super.create(target) : made;
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
}
