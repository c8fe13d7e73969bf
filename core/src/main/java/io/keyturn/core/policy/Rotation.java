package io.keyturn.core.policy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How a key is rotated.
 *
 * @param deliver where the new secret goes
 * @param selfFetch whether the rotated user itself may read it
 * @param deactivateAfter from the first observed use of the new key, or where it goes by time from its delivery
 * @param holdAfter from delivery; then a decision is asked for
 * @param deleteAfter from deactivation
 * @param probe whether the new key is tried once before its owner is told
 * @param also what is derived from the secret and delivered with it
 * @param by what the end of the old key waits for
 * @param despite what keeps other rotations from being begun, and not this one
 * @param evidence what at least must show that the new secret lies in its place
 */
public record Rotation(
        Delivery deliver,
        boolean selfFetch,
        Duration deactivateAfter,
        Duration holdAfter,
        Duration deleteAfter,
        boolean probe,
        Set<Derived> also,
        By by,
        Set<Obstacle> despite,
        Evidence evidence) {
    public static final String DEFAULT_SINK = Delivery.Kind.SECRETS_MANAGER;
    public static final Duration DEFAULT_DEACTIVATE_AFTER = Duration.ofDays(14);
    public static final Duration DEFAULT_HOLD_AFTER = Duration.ofDays(45);
    public static final Duration DEFAULT_DELETE_AFTER = Duration.ofDays(75);

    public static final Evidence DEFAULT_EVIDENCE = Evidence.CIPHERTEXT_DIGEST;

    /**
     * How long a key that Keyturn made and nobody ever held stays inactive: there is nobody who could miss it, and until it
     * is gone its user has no room for another try. By then AWS tells of any use of it.
     */
    public static final Duration UNHELD_DELETE_AFTER = Duration.ofDays(1);

    /** A credential computed from a key's secret, which dies with it. */
    public enum Derived {
        /** The passwords of SES's SMTP doors, one a Region. */
        SMTP_PASSWORD;

        /** The word in the configuration. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What the end of the old key waits for. */
    public enum By {
        /** That the new key is seen in use and the old one lies quiet. */
        USE,
        /**
         * That the announced time is over, whether the new key is in use or not. A key that was used since the delivery is
         * kept all the same where the new one never was.
         */
        TIME;

        /** The word in the configuration. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is known of a key that speaks against replacing it. */
    public enum Obstacle {
        /** A template or program keeps it. */
        OWNED_BY_CODE,
        /** It was last used to send mail. */
        SENDS_MAIL;

        /** The word in the configuration. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Rotation {
        if (deactivateAfter.isNegative() || holdAfter.isNegative() || deleteAfter.isNegative()) {
            throw new IllegalArgumentException("a rotation never goes back in time");
        }
        also = Set.copyOf(also);
        despite = Set.copyOf(despite);
    }

    /** With what every sink of ours can show. */
    public Rotation(
            Delivery deliver,
            boolean selfFetch,
            Duration deactivateAfter,
            Duration holdAfter,
            Duration deleteAfter,
            boolean probe,
            Set<Derived> also,
            By by,
            Set<Obstacle> despite) {
        this(deliver, selfFetch, deactivateAfter, holdAfter, deleteAfter, probe, also, by, despite, DEFAULT_EVIDENCE);
    }

    /** By use, and despite nothing. */
    public Rotation(
            Delivery deliver,
            boolean selfFetch,
            Duration deactivateAfter,
            Duration holdAfter,
            Duration deleteAfter,
            boolean probe,
            Set<Derived> also) {
        this(deliver, selfFetch, deactivateAfter, holdAfter, deleteAfter, probe, also, By.USE, Set.of());
    }

    /** Whether the old key ends when its time is over; then its owner also hears of each end as it comes. */
    public boolean byTime() {
        return by == By.TIME;
    }

    /** To Secrets Manager, with the new key tried, and nothing derived from it. */
    public Rotation(
            List<String> readers,
            boolean selfFetch,
            Duration deactivateAfter,
            Duration holdAfter,
            Duration deleteAfter) {
        this(
                new Delivery.SecretsManager(readers, false, Delivery.Place.DEFAULT),
                selfFetch,
                deactivateAfter,
                holdAfter,
                deleteAfter,
                true,
                Set.of());
    }

    /** Whether it is begun although this speaks against it. */
    public boolean heedsNot(Obstacle obstacle) {
        return despite.contains(obstacle);
    }

    /** The kind of sink, such as {@code secrets-manager}. */
    public String deliverTo() {
        return deliver.kind();
    }

    /** Who may read the new secret, as ARN templates. */
    public List<String> readers() {
        return deliver.readers();
    }
}
