package io.keyturn.core.plan;

import java.util.Locale;

/**
 * How far the rotation of a key has come once its successor is made. Nothing of it is remembered: it follows anew, in
 * every run, from the journal and from what is read, so that a crash can lose nothing and a person can change anything.
 */
public enum RotationPhase {
    /** The successor's secret is not known to have reached anybody: it is switched off and removed. */
    UNDELIVERED,
    /** Delivered, and its owner not told yet. */
    DELIVERED,
    /** Told, and not seen in use yet. */
    WAITING,
    /** Not installed in all the time there was: a person decides. */
    UNUSED,
    /** Seen in use; the end of the old key is not announced yet. */
    INSTALLED,
    /** The end of the old key is announced, and not there yet. Where the rotation goes by time that is from the first word on. */
    GRACE,
    /** The old key was still in use at its announced end: a later one is announced, once. */
    CONTESTED,
    /** Still in use at the later end too, or by time at its end with an unused successor: a person decides. */
    HELD,
    /** Its announced end is there, and it lies quiet: it is switched off. */
    ENDED;

    /**
     * What a phase follows from.
     *
     * @param delivered the delivery was confirmed
     * @param told something was said to the owner since
     * @param installed the successor is seen in use
     * @param overdue the time to install it is over
     * @param end how the announced end of the old key lies
     * @param extended that end is the later, second one
     * @param quiet the old key is known not to have been used lately
     * @param approved a person approved the end of the old key since the delivery
     */
    public record Facts(
            boolean delivered,
            boolean told,
            boolean installed,
            boolean overdue,
            End end,
            boolean extended,
            boolean quiet,
            boolean approved) {}

    /** The announced end of the old key. */
    public enum End {
        /** None is announced. */
        NONE,
        AHEAD,
        PASSED
    }

    /** The one phase that the facts come to. An approval ends what waits for it; it cuts no grace and no promise short. */
    public static RotationPhase of(Facts facts) {
        RotationPhase phase = withoutApproval(facts);
        return facts.approved() && phase.waitsForDecision() ? ENDED : phase;
    }

    /**
     * The one phase of a rotation that goes by time: its end comes at the day that was announced, unless the old key was
     * used since the delivery and the successor never was. {@code quiet} then means: not used since the delivery.
     */
    public static RotationPhase byTime(Facts facts) {
        RotationPhase phase = byTimeWithoutApproval(facts);
        return facts.approved() && phase.waitsForDecision() ? ENDED : phase;
    }

    private static RotationPhase byTimeWithoutApproval(Facts facts) {
        if (!facts.delivered()) {
            return UNDELIVERED;
        }
        if (!facts.told()) {
            return DELIVERED;
        }
        return switch (facts.end()) {
            case NONE -> DELIVERED;
            case AHEAD -> GRACE;
            case PASSED -> facts.quiet() || facts.installed() ? ENDED : HELD;
        };
    }

    private static RotationPhase withoutApproval(Facts facts) {
        if (!facts.delivered()) {
            return UNDELIVERED;
        }
        if (!facts.told()) {
            return DELIVERED;
        }
        if (!facts.installed()) {
            return facts.overdue() ? UNUSED : WAITING;
        }
        return switch (facts.end()) {
            case NONE -> INSTALLED;
            case AHEAD -> GRACE;
            case PASSED -> facts.quiet() ? ENDED : facts.extended() ? HELD : CONTESTED;
        };
    }

    /** Whether only a person moves it on. */
    public boolean waitsForDecision() {
        return this == UNUSED || this == HELD;
    }

    /** The word in JSON and for people. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
