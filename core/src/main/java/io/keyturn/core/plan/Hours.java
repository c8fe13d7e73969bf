package io.keyturn.core.plan;

import io.keyturn.core.assess.Reason;
import io.keyturn.core.policy.ActWindow;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The hours at which keys are changed and owners told, by the clock of whoever is concerned: for the run that is, and for
 * those that a forecast goes through.
 *
 * @param acting when keys may be changed; null for any time
 * @param speaking when owners are told of what can wait; null for any time
 */
public record Hours(@Nullable ActWindow acting, @Nullable ActWindow speaking) {
    /** At any time. */
    public static final Hours ANY = new Hours(null, null);

    /**
     * When it may be said: now, or as soon as people work again. What would come too late then, after the day that it
     * announces, is said at any hour; a leaked key waits for nothing, and a ticket wakes nobody.
     */
    public Instant said(Action action, Instant now, ZoneId clock) {
        boolean leaked = action.reasons().stream().anyMatch(Reason::isLeak);
        if (speaking == null || leaked) {
            return now;
        }
        return switch (action) {
            case Action.Remind remind -> {
                Instant opening = speaking.opening(now, clock);
                yield remind.announced() == null || remind.announced().at().isAfter(opening) ? opening : now;
            }
            case Action.CloseNotice close -> speaking.opening(now, clock);
            case Action.OpenTicket ticket -> now;
            case Action.CloseTicket ticket -> now;
            case Action.CreateKey create -> now;
            case Action.DeliverSecret deliver -> now;
            case Action.Deactivate deactivate -> now;
            case Action.Brownout brownout -> now;
            case Action.Reactivate reactivate -> now;
            case Action.Delete delete -> now;
        };
    }

    /** Whether a change has to wait at that instant. Back on, and off by the short way, a key is at any hour. */
    public boolean holdUp(Action action, Instant at, ZoneId clock) {
        return !(action instanceof Action.Reactivate)
                && !ShortWay.isTakenBy(action)
                && (areClosed(at, clock) || endTooSoon(action, at, clock));
    }

    /** Whether it is outside of the hours at which keys may be changed. */
    public boolean areClosed(Instant at, ZoneId clock) {
        return acting != null && !acting.isOpen(at, clock);
    }

    /** Whether they end before what begins then does: a short deactivation is to be noticed, and taken back, while people work. */
    public boolean endTooSoon(Action action, Instant at, ZoneId clock) {
        return action instanceof Action.Brownout brownout && areClosed(at.plus(brownout.lasting()), clock);
    }
}
