package io.keyturn.engine.journal;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.OpenNotice;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Told;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one account's journal comes to, entry by entry. */
public final class AccountPast implements History, Consumer<Entry> {
    /** How long after a making of a key that nobody saw succeed nothing is changed: it may take effect late. */
    private static final Duration DOUBT = Duration.ofHours(1);

    private final Set<String> enough;
    private final Messages messages = new Messages();
    private final Map<KeyId, Instant> inactiveSince = new HashMap<>();
    private final Map<KeyId, Entry.Outcome> deactivated = new LinkedHashMap<>();
    private final Map<KeyId, Entry.Outcome> perhapsDeactivated = new LinkedHashMap<>();
    private final Map<String, Entry.Intent> unresolved = new LinkedHashMap<>();
    private final Holds holds = new Holds();
    private final Map<KeyId, Instant> undone = new HashMap<>();
    /** When people last decided about a key or a user. */
    private final Map<Object, Instant> answered = new HashMap<>();

    /** When people last thawed a key or a user. */
    private final Map<Object, Instant> thawed = new HashMap<>();

    private final Set<KeyId> doubted = new HashSet<>();
    private final Approvals approvals = new Approvals();
    private final Lineages lineages = new Lineages();
    private final Tickets tickets = new Tickets();
    private final OpenNotices open = new OpenNotices();
    private final Compromises compromises = new Compromises();
    private final Brownouts brownouts = new Brownouts();

    /** @param enough channels at which a message that was merely handed over counts as placed */
    public AccountPast(Set<String> enough) {
        this.enough = Set.copyOf(enough);
    }

    @Override
    public void accept(Entry entry) {
        switch (entry) {
            case Entry.Intent intent -> {
                unresolved.put(intent.id(), intent);
                lineages.begun(intent);
                tickets.begun(intent);
            }
            case Entry.Outcome outcome -> resolve(outcome);
            case Entry.Notice notice -> hear(notice);
            case Entry.Decision decision -> decide(decision);
        }
    }

    private void resolve(Entry.Outcome outcome) {
        doubt(outcome);
        tickets.ended(outcome);
        if (outcome.result() == Entry.Result.IN_DOUBT) {
            return;
        }
        Entry.Intent intent = unresolved.remove(outcome.intent());
        KeyId key = outcome.target().key();
        if (outcome.result() == Entry.Result.FAILED
                && intent != null
                && !intent.stamp().run().equals(outcome.stamp().run())) {
            lineages.notFound(intent);
            if (key != null && (intent.verb() == Verb.DEACTIVATE || intent.verb() == Verb.BROWNOUT)) {
                perhapsDeactivated.put(
                        key, Entry.Outcome.of(intent.stamp(), intent, Entry.Result.IN_DOUBT, outcome.why()));
            }
        }
        open.resolved(outcome, intent);
        boolean passing = brownouts.resolved(outcome, intent);
        if (key == null || outcome.result() != Entry.Result.DONE) {
            return;
        }
        lineages.done(outcome, key);
        if (!outcome.verb().speaks()) {
            perhapsDeactivated.remove(key);
        }
        // What was approved is the end of the key, whatever short ones come before it.
        if (!outcome.verb().speaks() && !passing) {
            approvals.used(key);
        }
        switch (outcome.verb()) {
            case DEACTIVATE -> {
                inactiveSince.put(key, outcome.stamp().at());
                deactivated.put(key, outcome);
            }
            // It is to work again, and a person may have that sooner.
            case BROWNOUT -> deactivated.put(key, outcome);
            case REACTIVATE -> {
                inactiveSince.remove(key);
                deactivated.remove(key);
                if (!passing) {
                    // What was announced has happened and was taken back: it would have to be announced anew.
                    undone.put(key, outcome.stamp().at());
                }
            }
            case DELETE -> {
                inactiveSince.remove(key);
                deactivated.remove(key);
            }
            case REMIND,
                    CLOSE_NOTICE,
                    OPEN_TICKET,
                    CLOSE_TICKET,
                    CREATE_KEY,
                    DELIVER_SECRET,
                    CLEAR_SECRET,
                    FREEZE,
                    THAW -> {
                // They leave the key as it was.
            }
        }
    }

    private void doubt(Entry.Outcome outcome) {
        KeyId key = outcome.target().key();
        Entry.Intent intent = unresolved.get(outcome.intent());
        boolean lost =
                intent != null && !intent.stamp().run().equals(outcome.stamp().run());
        if (key != null
                && outcome.verb() == Verb.REMIND
                && (outcome.result() == Entry.Result.IN_DOUBT || (outcome.result() == Entry.Result.FAILED && lost))) {
            doubted.add(key);
        }
    }

    private void hear(Entry.Notice notice) {
        KeyId key = notice.target().key();
        boolean ticket = tickets.heard(notice);
        if (key != null && !ticket) {
            doubted.remove(key);
            open.heard(notice, key);
        }
        messages.heard(notice, ticket);
    }

    private void decide(Entry.Decision decision) {
        if (decision.scope() instanceof Scope.OfTarget(Target target)) {
            Object about = target.key() == null ? target.user() : target.key();
            answered.merge(about, decision.stamp().at(), (a, b) -> a.isAfter(b) ? a : b);
        }
        switch (decision.kind()) {
            case FREEZE -> holds.freeze(decision);
            case SNOOZE -> holds.snooze(decision);
            case THAW -> {
                holds.thaw(decision);
                if (decision.scope() instanceof Scope.OfTarget(Target target)) {
                    thawed.put(
                            target.key() == null ? target.user() : target.key(),
                            decision.stamp().at());
                }
            }
            case APPROVE -> approvals.approve(decision);
            case COMPROMISED -> {
                compromises.declared(decision);
                approvals.approve(decision);
            }
            case UNDO -> compromises.withdrawn(decision);
            case REFUSE, INSTALLED, ASK_FOR_TIME, STOP, RESUME, EXEMPT, LOWER_STAGE, READ, RUN -> {
                // They hold nothing back by themselves.
            }
        }
    }

    @Override
    public List<Told> told(CredentialId credential) {
        return notices(credential, this::suffices);
    }

    @Override
    public List<Told> said(CredentialId credential) {
        return notices(credential, message -> message.placement() != Placement.FAILED);
    }

    private List<Told> notices(CredentialId credential, Predicate<Messages.Message> wanted) {
        Instant from = undone.getOrDefault(credential.keyId(), Instant.MIN);
        List<Told> told = new ArrayList<>();
        for (Messages.Message message : messages.about(credential)) {
            if (wanted.test(message) && message.at().isAfter(from)) {
                told.add(new Told(
                        message.at(), message.first().step(), message.first().due()));
            }
        }
        told.sort(Comparator.comparing(Told::at));
        return Collections.unmodifiableList(told);
    }

    @Override
    public List<Approved> approvals(CredentialId credential, Step step, Instant now) {
        UserId user = credential.principal() instanceof Principal.OfUser of ? of.id() : null;
        return approvals.of(credential.keyId(), user, step, now);
    }

    @Override
    public @Nullable Succession of(KeyId old) {
        return lineages.of(old);
    }

    @Override
    public @Nullable Succession by(KeyId successor) {
        return lineages.by(successor);
    }

    @Override
    public boolean concern(UserId user) {
        return lineages.concern(user)
                || tickets.concern(user)
                || open.concern(user)
                || wasCompromised(user)
                || brownouts.concern(user);
    }

    @Override
    public @Nullable Compromise compromise(KeyId key) {
        return compromises.of(key);
    }

    @Override
    public List<Brownout> brownouts(KeyId key) {
        return brownouts.of(key);
    }

    @Override
    public boolean wasCompromised(UserId user) {
        return compromises.concern(user);
    }

    /** Makings of keys that nobody saw succeed, the last of each user: one may still come to light. */
    public List<Entry.Intent> doubtful() {
        return lineages.doubtful();
    }

    /** Secrets that may still lie in a sink. */
    public List<Left> left() {
        return lineages.left();
    }

    private boolean suffices(Messages.Message message) {
        return switch (message.placement()) {
            case SEEN, PLACED -> true;
            case HANDED_OVER -> enough.contains(message.first().channel());
            case DOUBTFUL, FAILED -> false;
        };
    }

    @Override
    public List<OpenedTicket> tickets() {
        return tickets.open();
    }

    @Override
    public @Nullable OpenedTicket ticket(CredentialId credential) {
        KeyId key = credential.keyId();
        return key == null ? null : tickets.of(key);
    }

    /** The ticket of a key, or one that may have been made and that nobody saw; null where there is neither. */
    public @Nullable OpenedTicket ticketOrDoubt(CredentialId credential) {
        KeyId key = credential.keyId();
        return key == null ? null : tickets.ofOrDoubt(key);
    }

    @Override
    public List<OpenNotice> notices() {
        return open.all();
    }

    /** The messages about a key whose readers are to hear of its end, oldest first. */
    public List<Entry.Notice> openNotices(KeyId key) {
        return open.of(key);
    }

    /** Whether another message may stand in the place of that one, as nobody needs any of its keys but these. */
    public boolean isWhole(Entry.Notice notice, Set<KeyId> ending) {
        return open.isWhole(notice, ending);
    }

    @Override
    public @Nullable Instant lastSpoken(CredentialId credential) {
        List<Instant> spoken = spoken(credential);
        return spoken.isEmpty() ? null : spoken.getLast();
    }

    @Override
    public List<Instant> spoken(CredentialId credential) {
        List<Instant> spoken = new ArrayList<>();
        for (Messages.Message message : messages.about(credential)) {
            if (message.placement() != Placement.FAILED && !message.ticket()) {
                spoken.add(message.at());
            }
        }
        spoken.sort(Comparator.naturalOrder());
        return Collections.unmodifiableList(spoken);
    }

    @Override
    public @Nullable Instant answered(CredentialId credential) {
        Instant ofKey = credential.keyId() == null ? null : answered.get(credential.keyId());
        Instant ofUser = credential.principal() instanceof Principal.OfUser of ? answered.get(of.id()) : null;
        return ofKey == null ? ofUser : ofUser == null || ofUser.isBefore(ofKey) ? ofKey : ofUser;
    }

    @Override
    public @Nullable Instant inactiveSince(CredentialId credential) {
        KeyId key = credential.keyId();
        return key == null ? null : inactiveSince.get(key);
    }

    @Override
    public boolean wasThawed(CredentialId credential, Instant after) {
        Instant ofKey = credential.keyId() == null ? null : thawed.get(credential.keyId());
        Instant ofUser = credential.principal() instanceof Principal.OfUser of ? thawed.get(of.id()) : null;
        return (ofKey != null && ofKey.isAfter(after)) || (ofUser != null && ofUser.isAfter(after));
    }

    @Override
    public List<Hold> holds(CredentialId credential, Instant now) {
        UserId user = credential.principal() instanceof Principal.OfUser of ? of.id() : null;
        List<Hold> all = new ArrayList<>();
        for (Entry.Intent intent : unresolved.values()) {
            if (intent.target().user().equals(user)) {
                String earlier = intent.verb().label();
                all.add(new Hold(false, "it is not known yet what came of an earlier " + earlier, null));
            }
        }
        all.addAll(holds.of(credential.keyId(), user));
        Hold doubt = user == null ? null : doubt(user);
        if (doubt != null) {
            all.add(doubt);
        }
        return all.stream()
                .filter(hold -> hold.holdsAt(now))
                .sorted(Comparator.comparing(Hold::until, Comparator.nullsFirst(Comparator.reverseOrder())))
                .toList();
    }

    private @Nullable Hold doubt(UserId user) {
        for (Entry.Intent intent : lineages.doubtful()) {
            if (intent.target().user().equals(user)) {
                return new Hold(
                        false,
                        "a key may have been made that nobody has seen yet",
                        intent.stamp().at().plus(DOUBT));
            }
        }
        return null;
    }

    /**
     * Deactivations that were done and neither undone nor followed by the deletion, oldest first; without those of keys
     * that Keyturn made and nobody ever held.
     */
    public List<Entry.Outcome> deactivated() {
        return deactivated.entrySet().stream()
                .filter(one -> !isUndelivered(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * Deactivations whose calls had no answer and which a later run found not done, oldest first, as outcomes in doubt of
     * the runs that tried: they may have taken effect after that.
     */
    public List<Entry.Outcome> perhapsDeactivated() {
        return perhapsDeactivated.entrySet().stream()
                .filter(one -> !isUndelivered(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private boolean isUndelivered(KeyId key) {
        Succession made = lineages.by(key);
        return made != null && made.delivery() == null;
    }

    /**
     * What a channel called the first message to this recipient about a key, since its last end where it had one; null
     * where there was none.
     */
    public @Nullable String thread(CredentialId credential, String channel, String recipient) {
        return messages.about(credential).stream()
                .map(Messages.Message::first)
                .filter(notice -> notice.channel().equals(channel)
                        && notice.recipient().equals(recipient)
                        && notice.reference() != null
                        && !open.isClosed(notice))
                .findFirst()
                .map(Entry.Notice::reference)
                .orElse(null);
    }

    /** Whether nobody knows if the last message about the key went out. */
    public boolean isDoubted(CredentialId credential) {
        KeyId key = credential.keyId();
        return key != null && doubted.contains(key);
    }

    /** Whether something that was switched off was ever switched on again. */
    public boolean wasUndone() {
        return !undone.isEmpty();
    }

    /** Intents whose outcome is not known, oldest first: at most one a user. */
    public Collection<Entry.Intent> unresolved() {
        return List.copyOf(unresolved.values());
    }

    /** Messages whose carrier has not said yet whether they arrived, for asking again: their first entries. */
    public List<Entry.Notice> undecided() {
        return messages.undecided();
    }

    /**
     * Messages that a channel did not take and whose news it has not heard since in any other way, oldest first. Those of
     * owners are planned anew and are not among them.
     */
    public List<Entry.Notice> unheard() {
        return messages.unheard();
    }
}
