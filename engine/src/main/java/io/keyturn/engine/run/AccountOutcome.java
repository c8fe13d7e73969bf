package io.keyturn.engine.run;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.trail.KeyUses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a survey came to in one account. */
public sealed interface AccountOutcome {
    /**
     * It was read, wholly or in part. The Snapshot is dropped once this was shown.
     *
     * @param uses where keys are used from, of those for which it was asked
     */
    record Surveyed(Snapshot snapshot, List<Finding> findings, AccountPlan plan, Map<CredentialId, Fact<KeyUses>> uses)
            implements AccountOutcome {
        public Surveyed {
            uses = Map.copyOf(uses);
        }

        /** Where nobody asked where keys are used from. */
        public Surveyed(Snapshot snapshot, List<Finding> findings, AccountPlan plan) {
            this(snapshot, findings, plan, Map.of());
        }

        /** The same where that was asked of some keys. */
        public Surveyed usedFrom(Map<CredentialId, Fact<KeyUses>> found) {
            return new Surveyed(snapshot, findings, plan, found);
        }

        /** The users who are known to sign in to the console. */
        public Set<UserId> signingIn() {
            return snapshot.users().stream()
                    .filter(user -> user.console() instanceof Fact.Known<Boolean>(Boolean has, Instant asOf) && has)
                    .map(User::id)
                    .collect(Collectors.toSet());
        }

        /** What speaks for a way that needs no key, of a key of this account; null where nothing is known that could. */
        public @Nullable Clues clues(CredentialId id, Set<UserId> signingIn) {
            boolean console = id.principal() instanceof Principal.OfUser user && signingIn.contains(user.id());
            Fact<KeyUses> from = uses.get(id);
            return console || from != null ? new Clues(console, from == null ? Fact.notRead() : from) : null;
        }
    }

    /** It is left out on purpose; {@code id} is its number. */
    record Skipped(String label, String id, String why) implements AccountOutcome {}

    /** It could not be read; {@code id} is its number, or empty where even that is not known. */
    record Failed(String label, String id, Problem problem) implements AccountOutcome {}
}
