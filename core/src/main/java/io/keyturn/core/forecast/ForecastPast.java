package io.keyturn.core.forecast;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Told;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is remembered of an account: its real past, and after it what the forecast did. */
final class ForecastPast implements History {
    private final History real;
    private final Map<KeyId, List<Told>> told = new HashMap<>();
    private final Map<KeyId, List<Instant>> spoken = new HashMap<>();
    private final Map<KeyId, Instant> inactiveSince = new HashMap<>();
    private final Map<KeyId, List<Brownout>> brownouts = new HashMap<>();
    private final Map<KeyId, Succession> byOld = new HashMap<>();
    private final Map<KeyId, Succession> bySuccessor = new HashMap<>();
    private final Set<UserId> concerned = new HashSet<>();
    private final Map<KeyId, OpenedTicket> tickets = new LinkedHashMap<>();
    private Predicate<UserId> seen = any -> true;
    private int filed;

    ForecastPast(History real) {
        this.real = real;
        for (OpenedTicket ticket : real.tickets()) {
            KeyId key = ticket.target().key();
            if (key != null) {
                tickets.put(key, ticket);
            }
        }
    }

    /** Which users a run looks at: it hears of their tickets alone, for those of others are not over. */
    void look(Predicate<UserId> users) {
        seen = users;
    }

    /** Its owner found that notice, in a message or a ticket. */
    void tell(CredentialId credential, Told notice) {
        told.computeIfAbsent(Objects.requireNonNull(credential.keyId()), any -> new ArrayList<>())
                .add(notice);
    }

    /** A message went out, or there was nobody to send it to: not again before the next one is due. */
    void speak(CredentialId credential, Instant now) {
        spoken.computeIfAbsent(Objects.requireNonNull(credential.keyId()), any -> new ArrayList<>())
                .add(now);
    }

    void file(CredentialId credential, Principal.OfUser user, Instant now) {
        KeyId key = Objects.requireNonNull(credential.keyId());
        OpenedTicket open = tickets.get(key);
        String reference = open == null ? "forecast-" + ++filed : open.reference();
        Target target = new Target(credential.account(), user.id(), user.name(), key);
        tickets.put(key, new OpenedTicket(target, now, reference, reference));
    }

    void close(CredentialId credential) {
        tickets.remove(Objects.requireNonNull(credential.keyId()));
    }

    void succeed(Succession succession, UserId user) {
        byOld.put(succession.old(), succession);
        bySuccessor.put(succession.successor(), succession);
        concerned.add(user);
    }

    void deactivated(KeyId key, Instant now) {
        inactiveSince.put(key, now);
    }

    /** The key was switched off for a while, and is on again. */
    void hadBrownout(KeyId key, Instant begun, Duration lasting) {
        List<Brownout> all = new ArrayList<>(brownouts(key));
        all.add(new Brownout(begun, lasting, begun.plus(lasting), true));
        brownouts.put(key, all);
    }

    /** The one that was under way is over. */
    void endBrownout(KeyId key, Instant now) {
        List<Brownout> all = new ArrayList<>(brownouts(key));
        all.replaceAll(one -> one.ended() == null ? one.endedAt(now) : one);
        brownouts.put(key, all);
    }

    /** The key is gone, and a rotation of it over. */
    void gone(KeyId key) {
        Succession over = byOld.remove(key);
        if (over != null) {
            bySuccessor.remove(over.successor());
        }
        inactiveSince.remove(key);
    }

    @Override
    public List<Told> told(CredentialId credential) {
        return with(real.told(credential), credential);
    }

    @Override
    public List<Told> said(CredentialId credential) {
        return with(real.said(credential), credential);
    }

    private List<Told> with(List<Told> before, CredentialId credential) {
        List<Told> own = told.getOrDefault(credential.keyId(), List.of());
        if (before.isEmpty()) {
            return own;
        }
        return own.isEmpty()
                ? before
                : Stream.concat(before.stream(), own.stream()).toList();
    }

    @Override
    public List<Approved> approvals(CredentialId credential, Step step, Instant now) {
        return real.approvals(credential, step, now);
    }

    @Override
    public @Nullable Succession of(KeyId old) {
        Succession own = byOld.get(old);
        return own == null ? real.of(old) : own;
    }

    @Override
    public @Nullable Succession by(KeyId successor) {
        Succession own = bySuccessor.get(successor);
        return own == null ? real.by(successor) : own;
    }

    @Override
    public boolean concern(UserId user) {
        return concerned.contains(user) || real.concern(user);
    }

    @Override
    public List<OpenedTicket> tickets() {
        return tickets.values().stream()
                .filter(ticket -> seen.test(ticket.target().user()))
                .toList();
    }

    @Override
    public @Nullable OpenedTicket ticket(CredentialId credential) {
        return tickets.get(credential.keyId());
    }

    @Override
    public @Nullable Instant lastSpoken(CredentialId credential) {
        List<Instant> own = spoken.getOrDefault(credential.keyId(), List.of());
        return own.isEmpty() ? real.lastSpoken(credential) : own.getLast();
    }

    @Override
    public List<Instant> spoken(CredentialId credential) {
        List<Instant> own = spoken.getOrDefault(credential.keyId(), List.of());
        List<Instant> before = real.spoken(credential);
        if (before.isEmpty()) {
            return own;
        }
        return own.isEmpty()
                ? before
                : Stream.concat(before.stream(), own.stream()).toList();
    }

    @Override
    public @Nullable Instant answered(CredentialId credential) {
        return real.answered(credential);
    }

    @Override
    public List<Brownout> brownouts(KeyId key) {
        List<Brownout> own = brownouts.get(key);
        return own == null ? real.brownouts(key) : own;
    }

    @Override
    public @Nullable Compromise compromise(KeyId key) {
        return real.compromise(key);
    }

    @Override
    public boolean wasCompromised(UserId user) {
        return real.wasCompromised(user);
    }

    @Override
    public @Nullable Instant inactiveSince(CredentialId credential) {
        Instant own = inactiveSince.get(credential.keyId());
        return own == null ? real.inactiveSince(credential) : own;
    }

    @Override
    public boolean wasThawed(CredentialId credential, Instant after) {
        return real.wasThawed(credential, after);
    }

    @Override
    public List<Hold> holds(CredentialId credential, Instant now) {
        return real.holds(credential, now);
    }
}
