package io.keyturn.core.plan;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing a run may do about one key. */
public sealed interface Action {
    CredentialId credential();

    /** Why it is planned. */
    List<Reason> reasons();

    /**
     * Tell the owner.
     *
     * @param announced the next step that changes the key, with the date told for it; null where none is in sight
     */
    record Remind(
            CredentialId credential,
            List<Reason> reasons,
            @Nullable Owner owner,
            @Nullable Deadline announced) implements Action {}

    /**
     * File a ticket, or add to the one that is open.
     *
     * @param announced the next step that changes the key, with the date told for it; null where none is in sight
     * @param open the ticket on record as open, such as {@code OPS-42}; null where there is none
     */
    record OpenTicket(
            CredentialId credential,
            List<Reason> reasons,
            @Nullable Owner owner,
            @Nullable Deadline announced,
            @Nullable String open)
            implements Action {}

    /**
     * Close the ticket.
     *
     * @param open the ticket, such as {@code OPS-42}
     */
    record CloseTicket(CredentialId credential, List<Reason> reasons, String open, Settled settled) implements Action {}

    /** Tell whoever was told of the key, once, that it needs nobody any more. */
    record CloseNotice(CredentialId credential, List<Reason> reasons, Settled settled) implements Action {}

    /** Whether it says no more than that nobody need do anything. */
    default boolean isEnd() {
        return this instanceof CloseTicket || this instanceof CloseNotice;
    }

    /** Make the successor. */
    record CreateKey(CredentialId credential, List<Reason> reasons) implements Action {}

    /** Hand the successor's secret to its sink. */
    record DeliverSecret(CredentialId credential, List<Reason> reasons, String sink) implements Action {}

    /** Switch it off. */
    record Deactivate(CredentialId credential, List<Reason> reasons) implements Action {}

    /**
     * Switch it off for a while, before that is done for good.
     *
     * @param lasting until it may be switched on again
     */
    record Brownout(CredentialId credential, List<Reason> reasons, Duration lasting) implements Action {}

    /** Switch it on again, at the end of a brownout: the way back, which no stage, cap, window or hold keeps from it. */
    record Reactivate(CredentialId credential, List<Reason> reasons) implements Action {}

    /** Remove it for good. */
    record Delete(CredentialId credential, List<Reason> reasons) implements Action {}

    /** The rung of the ladder it belongs to. */
    default Step step() {
        return switch (this) {
            case Remind a -> Step.REMIND;
            case CloseNotice a -> Step.REMIND;
            case OpenTicket a -> Step.TICKET;
            case CloseTicket a -> Step.TICKET;
            case CreateKey a -> Step.ROTATE;
            case DeliverSecret a -> Step.ROTATE;
            case Deactivate a -> Step.DEACTIVATE;
            case Brownout a -> Step.DEACTIVATE;
            case Reactivate a -> Step.DEACTIVATE;
            case Delete a -> Step.DELETE;
        };
    }

    /** What it does. */
    default Verb kind() {
        return switch (this) {
            case Remind a -> Verb.REMIND;
            case CloseNotice a -> Verb.CLOSE_NOTICE;
            case OpenTicket a -> Verb.OPEN_TICKET;
            case CloseTicket a -> Verb.CLOSE_TICKET;
            case CreateKey a -> Verb.CREATE_KEY;
            case DeliverSecret a -> Verb.DELIVER_SECRET;
            case Deactivate a -> Verb.DEACTIVATE;
            case Brownout a -> Verb.BROWNOUT;
            case Reactivate a -> Verb.REACTIVATE;
            case Delete a -> Verb.DELETE;
        };
    }

    /** The cap it counts under; null for what belongs to another act and counts with that, or to none. */
    default @Nullable Capped cap() {
        return switch (this) {
            case Remind a -> Capped.OWNERS_TOLD;
            // The cap is on tickets, and what is added to one makes none.
            case OpenTicket a -> a.open() == null ? Capped.TICKETS : null;
            case CloseNotice a -> null;
            case CloseTicket a -> null;
            case CreateKey a -> Capped.CREATE;
            case DeliverSecret a -> null;
            case Deactivate a -> Capped.DEACTIVATE;
            case Brownout a -> Capped.DEACTIVATE;
            case Reactivate a -> null;
            case Delete a -> Capped.DELETE;
        };
    }

    /** Whether it switches the key off, for a while or for good. */
    default boolean switchesOff() {
        return this instanceof Deactivate || this instanceof Brownout;
    }

    /** What its cap counts: owners where these are told, in all else keys. */
    default Object unit() {
        return this instanceof Remind(var key, var reasons, Owner owner, var announced)
                ? (owner == null ? "" : owner.name())
                : credential();
    }

    /** The word in JSON, journal and command line. */
    default String verb() {
        return kind().label();
    }

    /** The IAM permissions that the step's acts and the reading right before them take. */
    static Set<String> permissions(Step step) {
        return switch (step) {
            case REMIND, TICKET -> Set.of();
            case ROTATE -> Set.of("iam:CreateAccessKey", "iam:ListAccessKeys", "iam:GetAccessKeyLastUsed");
            case DEACTIVATE -> Set.of("iam:UpdateAccessKey", "iam:ListAccessKeys", "iam:GetAccessKeyLastUsed");
            case DELETE -> Set.of("iam:DeleteAccessKey", "iam:ListAccessKeys", "iam:GetAccessKeyLastUsed");
        };
    }
}
