package io.keyturn.app.render;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.report.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Every step that would be taken today, in its order, with the plan's hash. */
final class PlanTable {
    private final Paint paint;

    PlanTable(Paint paint) {
        this.paint = paint;
    }

    /** @param held steps that would be due and that somebody holds back */
    List<String> lines(Plan plan, List<Scheduled> held) {
        List<String> lines = new ArrayList<>();
        String hash = plan.hash().substring(0, 4) + " " + plan.hash().substring(4, 8);
        int count = plan.actions().size();
        String steps = count == 0 ? "no step" : count == 1 ? "1 step" : count + " steps";
        lines.add(paint.bold("plan " + hash) + "   " + steps + " due today"
                + (plan.deferred().isEmpty() ? "" : ", " + plan.deferred().size() + " put off by a limit"));
        for (Action action : plan.actions()) {
            lines.add("  " + KeyTable.pad(action.verb(), 14) + " " + name(action.credential()) + "  "
                    + paint.safe(why(action)));
        }
        for (Plan.Deferred deferred : plan.deferred()) {
            lines.add(paint.dim("  later: " + KeyTable.pad(deferred.action().verb(), 14) + " "
                    + name(deferred.action().credential()) + "  limit " + deferred.cap() + ": " + deferred.selected()
                    + " of " + deferred.total() + " selected, " + deferred.limit() + " allowed"));
        }
        for (Scheduled next : held) {
            Hold hold = next.hold();
            lines.add(paint.dim("  held:  " + KeyTable.pad(next.step().label(), 14) + " " + name(next.credential())
                    + (hold == null ? "" : "  " + paint.safe(hold.sentence()))));
        }
        return lines;
    }

    private static String why(Action action) {
        if (action instanceof Action.CloseTicket close) {
            return close.open() + ": " + close.settled().words();
        }
        if (action instanceof Action.CloseNotice close) {
            return close.settled().words();
        }
        return action.reasons().stream().map(Words::sentence).collect(Collectors.joining("; "));
    }

    private String name(CredentialId credential) {
        KeyId id = credential.keyId();
        return paint.safe(credential.principal().display())
                + paint.dot()
                + (id == null ? paint.either("····", "----") : id.lastFour())
                + paint.dot()
                + credential.account();
    }
}
