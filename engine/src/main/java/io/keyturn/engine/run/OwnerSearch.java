package io.keyturn.engine.run;

import io.keyturn.core.assess.Clue;
import io.keyturn.core.assess.Clues;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Maker;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.OwnerChain;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Looks for owners beside their users: who made them, and whom the account names. Asks once an account, where a key
 * needs attention and no earlier link of the chain answered; what cannot be had answers nothing. Safe for use by several
 * threads.
 */
public final class OwnerSearch implements Clues {
    /** How long CloudTrail keeps events. Source: CloudTrail user guide, "Viewing events with event history". */
    private static final Duration KEPT = Duration.ofDays(90);

    /** Asks nobody. */
    public static final OwnerSearch NONE = new OwnerSearch(List.of(), List.of(), Witness.NONE);

    private final Witness witness;
    private final List<OwnerRule> asked;
    private final List<OwnerRule> chain;
    private final boolean escalates;
    private final Map<UserId, Clue> known = new ConcurrentHashMap<>();

    public OwnerSearch(Rules rules, Witness witness) {
        this(
                rules.owners(),
                rules.escalation() == null ? List.of() : rules.escalation().to(),
                witness);
    }

    private OwnerSearch(List<OwnerRule> chain, List<OwnerRule> escalation, Witness witness) {
        this.chain = List.copyOf(chain);
        this.asked = Stream.concat(chain.stream(), escalation.stream())
                .filter(OwnerRule::takesClue)
                .toList();
        this.escalates = escalation.stream().anyMatch(OwnerRule::takesClue);
        this.witness = witness;
    }

    @Override
    public Clue of(UserId user) {
        return known.getOrDefault(user, Clue.NOT_READ);
    }

    /** Whether somebody's owner is not known without. */
    boolean asks(List<Finding> findings) {
        return !asked.isEmpty()
                && findings.stream().anyMatch(finding -> unclear(finding).isPresent());
    }

    /** Asks for those, and notes in the Snapshot what could not be had. */
    Snapshot of(List<Finding> findings, Snapshot snapshot, Instant now) throws InterruptedException {
        Set<UserId> unclear = new HashSet<>();
        findings.forEach(finding -> unclear(finding).ifPresent(unclear::add));
        List<User> users = snapshot.users().stream()
                .filter(user -> unclear.contains(user.id()))
                .toList();
        return snapshot.noting(ask(snapshot.account(), users, now));
    }

    /** The user of the key, where their owner is not known without. */
    private Optional<UserId> unclear(Finding finding) {
        return finding.credential().principal() instanceof Principal.OfUser user
                        && (escalates || finding.owner() instanceof Fact.NotRead<Owner>)
                        && concerns(finding)
                ? Optional.of(user.id())
                : Optional.empty();
    }

    /** Whether anybody may have to hear of the key: nothing follows from one that is healthy or exempt. */
    private static boolean concerns(Finding finding) {
        return switch (finding.standing()) {
            case LEAKED, EXPIRED, WARNED, ROTATING, UNKNOWN, INACTIVE -> true;
            case EXEMPT, HEALTHY -> false;
        };
    }

    /** Asks for whichever of these users no earlier link answers, whatever their keys; what could not be had, a sentence each. */
    public List<String> ask(Snapshot snapshot, Instant now) throws InterruptedException {
        OwnerChain plain = new OwnerChain(chain);
        return asked.isEmpty()
                ? List.of()
                : ask(
                        snapshot.account(),
                        snapshot.users().stream()
                                .filter(user -> escalates || plain.of(user, now) instanceof Fact.NotRead<Owner>)
                                .toList(),
                        now);
    }

    private List<String> ask(Account account, List<User> users, Instant now) throws InterruptedException {
        if (users.isEmpty()) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        Fact<TrailEvents> made =
                asked.contains(new OwnerRule.Creator()) ? made(account, now.minus(KEPT)) : Fact.notRead();
        if (made instanceof Fact.Unknown<TrailEvents>(String why)) {
            problems.add("who made its users is not known, and the owner chain goes on without: " + why);
        }
        Map<Contact.Kind, Fact<String>> contacts = new EnumMap<>(Contact.Kind.class);
        for (OwnerRule rule : asked) {
            if (rule instanceof OwnerRule.Contact(Contact.Kind kind) && !contacts.containsKey(kind)) {
                Fact<String> contact = witness.contact(account, kind);
                contacts.put(kind, contact);
                if (contact instanceof Fact.Unknown<String>(String why)) {
                    problems.add("the account's contact for " + kind.label()
                            + " is not known, and the owner chain goes on without: " + why);
                }
            }
        }
        for (User user : users) {
            known.put(user.id(), new Clue(maker(user, made), account.tags(), contacts));
        }
        return problems;
    }

    private static Fact<Maker> maker(User user, Fact<TrailEvents> made) {
        Fact<Maker> maker = made.map(told -> Maker.of(user.name().value(), user.created(), told.events()));
        boolean all =
                made instanceof Fact.Known<TrailEvents> known && known.value().whole();
        return !all
                        && maker instanceof Fact.Known<Maker> found
                        && found.value().name().isEmpty()
                ? Fact.unknown("CloudTrail has more events of users and keys being made than were looked at")
                : maker;
    }

    private Fact<TrailEvents> made(Account account, Instant since) throws InterruptedException {
        Fact<TrailEvents> users = witness.events(account, TrailQuery.named("CreateUser"), since);
        if (!(users instanceof Fact.Known<TrailEvents>(TrailEvents ofUsers, Instant asOf))) {
            return users;
        }
        return witness.events(account, TrailQuery.named("CreateAccessKey"), since)
                .map(ofKeys -> new TrailEvents(
                        Stream.concat(ofUsers.events().stream(), ofKeys.events().stream())
                                .toList(),
                        ofUsers.whole() && ofKeys.whole()));
    }
}
