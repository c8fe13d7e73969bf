package io.keyturn.core.assess;

import io.keyturn.core.trail.TrailEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Who made a user, or where that is too long ago its newest key.
 *
 * @param name the person; empty where no person is known to have
 * @param said how that is known, or why not
 */
public record Maker(String name, String said) {
    private static final Maker TOO_OLD =
            new Maker("", "CloudTrail keeps events for 90 days, and tells nobody who made the user or a key of it");

    /**
     * What the events that tell of users and keys being made say of a user.
     *
     * @param since when the user was made: what is older is about another one of its name
     */
    public static Maker of(String userName, Instant since, Collection<TrailEvent> events) {
        return made(userName, since, "CreateUser", events)
                .or(() -> made(userName, since, "CreateAccessKey", events))
                .orElse(TOO_OLD);
    }

    private static Optional<Maker> made(String userName, Instant since, String action, Collection<TrailEvent> events) {
        return events.stream()
                .filter(event -> event.done() && event.name().equals(action))
                // The event of its making may be a second older than what the user says of itself.
                .filter(event -> userName.equals(event.user()) && event.at().isAfter(since.minusSeconds(60)))
                .filter(event -> !event.actor().isUser(userName))
                .max(Comparator.comparing(TrailEvent::at))
                .map(Maker::of);
    }

    private static Maker of(TrailEvent event) {
        String what = event.name().equals("CreateUser") ? "the user" : "its newest key";
        String day = event.at().atOffset(ZoneOffset.UTC).toLocalDate().toString();
        String by = event.actor().label();
        return event.actor()
                .personName()
                .map(name -> new Maker(name, "made " + what + " on " + day + " as " + by))
                .orElseGet(
                        () -> new Maker("", by + " made " + what + " on " + day + ", which is not known as a person"));
    }
}
