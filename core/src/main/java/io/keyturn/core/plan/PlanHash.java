package io.keyturn.core.plan;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of a plan: what would be done to which keys, why, and what is put off. Ages are not in it, so that the
 * same plan made a minute later is the same.
 */
final class PlanHash {
    private final StringBuilder text = new StringBuilder();

    private PlanHash() {}

    static String of(List<Action> actions, List<Plan.Deferred> deferred) {
        PlanHash hash = new PlanHash();
        hash.field("keyturn-plan-1");
        actions.forEach(hash::action);
        for (Plan.Deferred later : deferred) {
            hash.field("deferred");
            hash.action(later.action());
            hash.field(later.cap());
            hash.field(Integer.toString(later.limit()));
            hash.field(Integer.toString(later.selected()));
            hash.field(Integer.toString(later.total()));
        }
        return hash.digest();
    }

    private void action(Action action) {
        field(action.verb());
        credential(action.credential());
        field(Integer.toString(action.reasons().size()));
        for (Reason reason : action.reasons()) {
            field(reason.rule());
        }
        switch (action) {
            case Action.Remind remind -> {
                owner(remind.owner());
                announced(remind.announced());
            }
            case Action.OpenTicket ticket -> {
                owner(ticket.owner());
                announced(ticket.announced());
                field(ticket.open());
            }
            case Action.CloseTicket close -> {
                field(close.open());
                field(close.settled().name());
            }
            case Action.CloseNotice close -> field(close.settled().name());
            case Action.DeliverSecret deliver -> field(deliver.sink());
            case Action.CreateKey create -> {}
            case Action.Deactivate deactivate -> {}
            case Action.Brownout brownout -> field(brownout.lasting());
            case Action.Reactivate reactivate -> {}
            case Action.Delete delete -> {}
        }
    }

    private void credential(CredentialId credential) {
        field(credential.kind().label());
        field(credential.account().value());
        switch (credential.principal()) {
            case Principal.Root() -> field("root");
            case Principal.OfUser user -> {
                field(user.name().value());
                field(user.id().value());
            }
        }
        field(credential.slot());
        field(credential.keyId());
        field(credential.created());
    }

    private void owner(@Nullable Owner owner) {
        field(owner == null ? null : owner.name());
    }

    /** The day alone: the instant moves with the run until it is told. */
    private void announced(@Nullable Deadline announced) {
        field(announced == null ? null : announced.step().label());
        field(announced == null ? null : announced.at().truncatedTo(ChronoUnit.DAYS));
    }

    /** Every field carries its length, so that no text can pass for two fields; an absent one differs from an empty one. */
    private void field(@Nullable Object value) {
        if (value == null) {
            text.append("-\n");
        } else {
            String written = value.toString();
            text.append(written.length()).append(':').append(written).append('\n');
        }
    }

    private String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256, but this one has not: " + e.getMessage(), e);
        }
    }
}
