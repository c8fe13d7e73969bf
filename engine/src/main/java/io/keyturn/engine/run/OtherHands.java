package io.keyturn.engine.run;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds other automation that makes or changes the keys of an account: two that rotate the same key lock its owner out.
 * People, a user who changes its own keys, AWS itself, Keyturn, and whatever the configuration hands over are none.
 */
public final class OtherHands {
    private static final Duration LATELY = Duration.ofDays(30);
    private static final List<String> CHANGES = List.of("CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey");

    /** The beginning of the names that Keyturn's sessions have, one for each run. */
    private static final String OWN_SESSIONS = "keyturn-";

    private final Witness witness;
    private final List<ArnPattern> handedOver;
    private final Predicate<TrailActor> own;

    /**
     * A search.
     *
     * @param handedOver principals that the configuration knows of
     * @param self the ARN of the credentials at hand; empty where it is not known
     */
    public OtherHands(Witness witness, List<ArnPattern> handedOver, String self) {
        this.witness = witness;
        this.handedOver = List.copyOf(handedOver);
        this.own = actor -> actor.name().startsWith(OWN_SESSIONS) || isSelf(actor, self);
    }

    /** A session is the same as another one of its role: credentials that renew themselves change its name. */
    private static boolean isSelf(TrailActor actor, String self) {
        return !self.isEmpty() && withoutSession(actor.arn()).equals(withoutSession(self));
    }

    private static String withoutSession(String arn) {
        return arn.contains(":assumed-role/") ? arn.substring(0, arn.lastIndexOf('/')) : arn;
    }

    /**
     * One automation.
     *
     * @param label such as {@code role rotator}
     * @param principal its ARN, as {@code hand-over} would name it
     * @param changes how many there were
     * @param last when the latest was
     */
    public record Hand(String label, String principal, int changes, Instant last) {
        Hand and(Instant another) {
            return new Hand(label, principal, changes + 1, another.isAfter(last) ? another : last);
        }
    }

    /** Those that changed keys of the account in the last thirty days. */
    public Fact<List<Hand>> in(Account account, Instant now) throws InterruptedException {
        Map<String, Hand> hands = new LinkedHashMap<>();
        for (String change : CHANGES) {
            switch (witness.events(account, TrailQuery.named(change), now.minus(LATELY))) {
                case Fact.Known<TrailEvents>(TrailEvents told, Instant asOf) ->
                    told.events().stream().filter(this::foreign).forEach(event -> count(event, hands));
                case Fact.NotRead<TrailEvents>() -> {
                    return Fact.notRead();
                }
                case Fact.Unknown<TrailEvents>(String why) -> {
                    return Fact.unknown(why);
                }
            }
        }
        return Fact.known(new ArrayList<>(hands.values()), now);
    }

    private static void count(TrailEvent event, Map<String, Hand> hands) {
        TrailActor actor = event.actor();
        Hand known = hands.get(actor.principal());
        hands.put(
                actor.principal(),
                known == null ? new Hand(actor.label(), actor.principal(), 1, event.at()) : known.and(event.at()));
    }

    private boolean foreign(TrailEvent event) {
        TrailActor actor = event.actor();
        String user = event.user();
        return event.done()
                && !actor.principal().isEmpty()
                && !actor.person()
                && !(user == null || actor.isUser(user))
                && !own.test(actor)
                && handedOver.stream()
                        .noneMatch(known -> known.matches(actor.principal()) || known.matches(actor.arn()));
    }
}
