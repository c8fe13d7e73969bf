package io.keyturn.core.assess;

import io.keyturn.core.assess.LimitJudge.KeyTimes;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.Rules;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges a Snapshot by the rules: pure, and the same for any order of users. */
public final class Assessor {
    private final Rules rules;
    private final OwnerChain owners;
    private final Habits habits;
    private final Clues clues;

    /** Judges by what AWS tells alone. */
    public Assessor(Rules rules) {
        this(rules, Habits.NONE);
    }

    /** @param habits what runs saw of the uses of keys; asked for where the rules do */
    public Assessor(Rules rules, Habits habits) {
        this(rules, habits, Clues.NONE);
    }

    /** @param clues what was asked for of owners beside their users */
    public Assessor(Rules rules, Habits habits, Clues clues) {
        this.rules = rules;
        this.habits = habits;
        this.clues = clues;
        this.owners = new OwnerChain(rules.owners(), clues, OwnerZone.tag(rules));
    }

    /** Whoever can be told of the user's keys, in the order of the owner chain. */
    public List<Owner> owners(User user, Instant asOf) {
        return owners.all(user, asOf);
    }

    /** Who hears in the place of an owner who does nothing; null where nobody does. */
    public @Nullable Escalation escalation() {
        return rules.escalation();
    }

    /**
     * The same with those first who hear in the place of an owner who was told and did nothing.
     *
     * @param silentSince when the owner was first told
     */
    public List<Owner> owners(User user, Instant silentSince, Instant asOf) {
        List<Owner> chain = owners.all(user, asOf);
        Escalation escalation = rules.escalation();
        if (escalation == null || chain.isEmpty()) {
            return chain;
        }
        String source = "in the place of " + chain.getFirst().name() + ", silent since "
                + silentSince.atOffset(ZoneOffset.UTC).toLocalDate();
        List<Owner> all = new ArrayList<>();
        new OwnerChain(escalation.to(), clues, OwnerZone.tag(rules))
                .all(user, asOf)
                .forEach(owner -> all.add(new Owner(owner.name(), source, owner.zone())));
        chain.stream()
                .filter(owner -> all.stream().noneMatch(other -> other.name().equals(owner.name())))
                .forEach(all::add);
        return all;
    }

    /** What a Snapshot says where no key was ever made by Keyturn. */
    public List<Finding> assess(Snapshot snapshot, Instant now) {
        return assess(snapshot, Successions.NONE, now);
    }

    /** One finding for every credential, in order of user name, creation and slot; the root user's come first. */
    public List<Finding> assess(Snapshot snapshot, Successions successions, Instant now) {
        List<Finding> findings = new ArrayList<>(snapshot.users().size() + 2);
        judgeRoot(snapshot, now, findings);
        List<User> users = new ArrayList<>(snapshot.users());
        users.sort(CredentialOrder.USERS);
        for (User user : users) {
            judgeUser(snapshot.account(), user, successions, now, findings);
        }
        return findings;
    }

    private void judgeUser(Account account, User user, Successions successions, Instant now, List<Finding> findings) {
        Principal principal = new Principal.OfUser(user.name(), user.id(), user.arn());
        switch (user.keys()) {
            case Fact.Known<List<AccessKey>>(List<AccessKey> read, Instant asOf) -> {
                if (!read.isEmpty()) {
                    List<AccessKey> keys = new ArrayList<>(read);
                    keys.sort(CredentialOrder.KEYS);
                    UserContext context = new UserContext(rules, account, user, now);
                    KeyJudge judge = new KeyJudge(
                            account,
                            principal,
                            now,
                            context,
                            owners.of(user, asOf),
                            keys,
                            successions,
                            usage(account, user));
                    for (AccessKey key : keys) {
                        findings.add(judge.judge(key));
                    }
                }
            }
            case Fact.NotRead<List<AccessKey>>() ->
                findings.add(unread(account, principal, "not asked for in this run", owners.of(user, now)));
            case Fact.Unknown<List<AccessKey>>(String why) ->
                findings.add(unread(account, principal, why, owners.of(user, now)));
        }
    }

    /** What the rules want to know of how a user's keys are used. */
    private KeyJudge.Watched usage(Account account, User user) {
        return new KeyJudge.Watched(
                rules.ownHistory(),
                key -> rules.ownHistory() == null ? null : habits.of(account.id(), user.id(), key.created()));
    }

    private void judgeRoot(Snapshot snapshot, Instant now, List<Finding> findings) {
        Fact<Owner> owner = owners.ofRoot(snapshot.asOf());
        switch (snapshot.root()) {
            case Fact.Known<RootKeys> known -> {
                if (known.value().present()) {
                    judgeRootKeys(snapshot.account(), known.value(), now, owner, findings);
                }
            }
            case Fact.NotRead<RootKeys>() -> {
                // nobody asked, so nothing is said
            }
            case Fact.Unknown<RootKeys>(String why) ->
                findings.add(unread(snapshot.account(), Principal.ROOT, why, owner));
        }
    }

    private static void judgeRootKeys(
            Account account, RootKeys root, Instant now, Fact<Owner> owner, List<Finding> findings) {
        if (root.details().isEmpty()) {
            findings.add(rootKey(account, null, now, owner));
        }
        List<AccessKey> keys = new ArrayList<>(root.details());
        keys.sort(CredentialOrder.KEYS);
        for (AccessKey key : keys) {
            findings.add(rootKey(account, key, now, owner));
        }
    }

    private static Finding rootKey(Account account, @Nullable AccessKey key, Instant now, Fact<Owner> owner) {
        KeyTimes times = key == null ? null : KeyTimes.of(key.created(), key.lastUse(), now);
        return new Finding(
                new CredentialId(
                        CredentialId.Kind.ACCESS_KEY,
                        account.id(),
                        Principal.ROOT,
                        key == null ? null : key.slot(),
                        key == null ? null : key.id(),
                        key == null ? null : key.created()),
                key == null ? null : key.active(),
                times == null ? null : times.age(),
                key == null ? new LastUse.Unknown("AWS tells only that there is a key") : key.lastUse(),
                times == null ? null : times.idle(),
                Standing.EXPIRED,
                null,
                reasons(new Reason.RootKey(), owner),
                owner,
                List.of(),
                Controls.ROOT_KEY);
    }

    private static Finding unread(Account account, Principal principal, String why, Fact<Owner> owner) {
        return new Finding(
                new CredentialId(CredentialId.Kind.ACCESS_KEY, account.id(), principal, null, null, null),
                null,
                null,
                new LastUse.Unknown(why),
                null,
                Standing.UNKNOWN,
                null,
                reasons(new Reason.KeysUnknown(why), owner),
                owner,
                List.of(),
                List.of());
    }

    private static List<Reason> reasons(Reason reason, Fact<Owner> owner) {
        return owner instanceof Fact.Unknown<Owner> ? List.of(reason, new Reason.NoOwner()) : List.of(reason);
    }
}
