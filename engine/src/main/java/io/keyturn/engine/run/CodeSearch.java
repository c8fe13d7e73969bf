package io.keyturn.engine.run;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds users who were made, or whose keys were made, by a tool that keeps what it makes as code: such a tool makes a key
 * that is deleted anew, and knows nothing of a successor. CloudFormation is known by the tags that it puts on users.
 */
public final class CodeSearch {
    /** How long CloudTrail keeps events. Source: CloudTrail user guide, "Viewing events with event history". */
    private static final Duration KEPT = Duration.ofDays(90);

    private static final Set<String> TOOLS = Set.of("Terraform", "OpenTofu", "Pulumi");
    private static final List<String> MAKING = List.of("CreateUser", "CreateAccessKey");

    private final Witness witness;
    private final List<ArnPattern> handedOver;

    /** @param handedOver principals that the configuration says share their keys */
    public CodeSearch(Witness witness, List<ArnPattern> handedOver) {
        this.witness = witness;
        this.handedOver = List.copyOf(handedOver);
    }

    /**
     * What keeps a user, or a key of it.
     *
     * @param tool such as {@code Terraform}
     * @param label whose credentials it used, such as {@code role deploy}
     * @param principal the same as an ARN, as {@code hand-over} would name it
     * @param at when it last made the user or a key of it
     */
    public record Keeper(String tool, String label, String principal, Instant at) {}

    /** Who keeps these users, of those that anything is known to keep. */
    public Fact<Map<UserName, Keeper>> of(Account account, Set<UserName> users, Instant now)
            throws InterruptedException {
        Map<String, TrailEvent> made = new HashMap<>();
        for (String making : MAKING) {
            switch (witness.events(account, TrailQuery.named(making), now.minus(KEPT))) {
                case Fact.Known<TrailEvents>(TrailEvents told, Instant asOf) ->
                    told.events().stream()
                            .filter(this::byCode)
                            .forEach(event -> made.merge(String.valueOf(event.user()), event, CodeSearch::later));
                case Fact.NotRead<TrailEvents>() -> {
                    return Fact.notRead();
                }
                case Fact.Unknown<TrailEvents>(String why) -> {
                    return Fact.unknown(why);
                }
            }
        }
        Map<UserName, Keeper> keepers = new TreeMap<>();
        for (UserName user : users) {
            TrailEvent event = made.get(user.value());
            if (event != null) {
                keepers.put(user, keeper(event));
            }
        }
        return Fact.known(keepers, now);
    }

    private boolean byCode(TrailEvent event) {
        TrailActor actor = event.actor();
        return event.done()
                && event.origin().tool().filter(TOOLS::contains).isPresent()
                && handedOver.stream()
                        .noneMatch(known -> known.matches(actor.principal()) || known.matches(actor.arn()));
    }

    private static TrailEvent later(TrailEvent one, TrailEvent other) {
        return one.at().isBefore(other.at()) ? other : one;
    }

    private static Keeper keeper(TrailEvent event) {
        return new Keeper(
                event.origin().tool().orElse(""),
                event.actor().label(),
                event.actor().principal(),
                event.at());
    }
}
