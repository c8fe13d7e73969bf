package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.PlanVerdict;
import java.util.ArrayList;
import java.util.List;

/** A plan in words. */
final class PlanWords {
    private static final List<Step> CHANGES = List.of(Step.DEACTIVATE, Step.ROTATE, Step.DELETE);

    private PlanWords() {}

    /** The first eight characters of a hash, in two groups. */
    static String hash(String hash) {
        return hash.substring(0, 4) + " " + hash.substring(4, 8);
    }

    /** The whole of it, in groups that eyes can compare. */
    static String whole(String hash) {
        return hash.replaceAll("(.{8})(?=.)", "$1 ");
    }

    /** What it changes, such as {@code deactivate 3 keys, rotate 2}; nothing where it changes none. */
    static String brief(SeenPlan.Brief plan) {
        List<String> parts = new ArrayList<>();
        for (Step step : CHANGES) {
            int count = plan.count(step);
            if (count > 0) {
                parts.add(step.label() + " " + count + (parts.isEmpty() ? count == 1 ? " key" : " keys" : ""));
            }
        }
        return String.join(", ", parts);
    }

    /** Who approved the whole plan, each once. */
    static List<String> approvers(PlanVerdict said) {
        return said.approved().stream().map(Approved::by).distinct().toList();
    }

    /** By whom, when and why what the plan changes was refused; empty where it was not. */
    static String refused(PlanVerdict said) {
        Entry.Decision refusal = said.refusal();
        return refusal == null
                ? ""
                : Safe.text("Refused by " + refusal.by() + ", "
                        + ReportDates.day(refusal.stamp().at()) + ": " + refusal.why());
    }

    /** How many people approved the whole plan, and are still heard. */
    static int people(PlanVerdict said) {
        return Approval.people(approvers(said));
    }
}
