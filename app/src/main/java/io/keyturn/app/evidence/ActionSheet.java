package io.keyturn.app.evidence;

import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was done in the time, an act a row: what was meant, who was told before, who approved, what came of it. It is given
 * the decisions that hold for the whole organization first.
 */
final class ActionSheet {
    private final Span span;
    private final Map<Object, Map<Step, Said>> said = new HashMap<>();
    private final List<Entry.Decision> approvals = new ArrayList<>();
    private final Map<String, Act> acts = new LinkedHashMap<>();

    ActionSheet(Span span) {
        this.span = span;
    }

    /** That a step was announced: the first time, and the last. */
    private record Said(Instant first, Entry.Notice last) {}

    /** An act as far as it is known. */
    private static final class Act {
        final String line;
        final Entry.Intent intent;
        final @Nullable Said said;
        final List<Entry.Decision> approvals;
        Entry.@Nullable Outcome outcome;

        Act(String line, Entry.Intent intent, @Nullable Said said, List<Entry.Decision> approvals) {
            this.line = line;
            this.intent = intent;
            this.said = said;
            this.approvals = approvals;
        }
    }

    /** Takes the next entry of a stream; {@code line} says where it stands. */
    void take(String line, Entry entry) {
        switch (entry) {
            case Entry.Intent intent -> {
                if (span.holds(intent.stamp().at())) {
                    acts.put(intent.id(), new Act(line, intent, announced(intent), approvalsOf(intent)));
                }
            }
            case Entry.Outcome outcome -> {
                Act act = acts.get(outcome.intent());
                if (act != null) {
                    act.outcome = outcome;
                }
                if (outcome.result() == Entry.Result.DONE && !outcome.verb().speaks()) {
                    // What was announced has happened: the next time needs its own announcement.
                    Step step = step(outcome.verb());
                    said.getOrDefault(about(outcome.target()), new HashMap<>()).remove(step);
                }
            }
            case Entry.Notice notice ->
                said.computeIfAbsent(about(notice.target()), any -> new HashMap<>())
                        .merge(
                                notice.step(),
                                new Said(notice.stamp().at(), notice),
                                (earlier, later) -> new Said(earlier.first(), notice));
            case Entry.Decision decision -> {
                if (decision.kind() == Entry.Decision.Kind.APPROVE) {
                    approvals.add(decision);
                } else if (decision.kind() == Entry.Decision.Kind.REFUSE) {
                    approvals.removeIf(approval -> approval.scope().equals(decision.scope()));
                }
            }
        }
    }

    private static Object about(Target target) {
        return target.key() == null ? target.user() : target.key();
    }

    private @Nullable Said announced(Entry.Intent intent) {
        Step step = step(intent.verb());
        return step == null
                ? null
                : said.getOrDefault(about(intent.target()), Map.of()).get(step);
    }

    /** The step that a message names before this is done; null where none does. */
    private static @Nullable Step step(Verb verb) {
        return switch (verb) {
            case REMIND, CLOSE_NOTICE -> Step.REMIND;
            case OPEN_TICKET, CLOSE_TICKET -> Step.TICKET;
            case CREATE_KEY, DELIVER_SECRET, CLEAR_SECRET -> Step.ROTATE;
            case DEACTIVATE, BROWNOUT -> Step.DEACTIVATE;
            case DELETE -> Step.DELETE;
            case REACTIVATE, FREEZE, THAW -> null;
        };
    }

    private List<Entry.Decision> approvalsOf(Entry.Intent intent) {
        Instant at = intent.stamp().at();
        Step step = step(intent.verb());
        return approvals.stream()
                .filter(decision -> !decision.stamp().at().isAfter(at))
                .filter(decision -> decision.until() == null || at.isBefore(decision.until()))
                .filter(decision -> switch (decision.scope()) {
                    case Scope.OfPlan(String hash) -> hash.equals(intent.plan());
                    case Scope.OfTarget(Target target) ->
                        target.user().equals(intent.target().user())
                                && (target.key() == null
                                        || target.key().equals(intent.target().key()))
                                && step != null
                                && step.label().equals(decision.value());
                    case Scope.All all -> false;
                    case Scope.OfAccount account -> false;
                    case Scope.OfUnit unit -> false;
                })
                .toList();
    }

    Sheet sheet() {
        Sheet sheet = new Sheet(
                "at",
                "account",
                "user",
                "userId",
                "keyId",
                "action",
                "run",
                "worker",
                "intent",
                "plan",
                "firstNotice",
                "lastNotice",
                "announcedFor",
                "channel",
                "recipient",
                "placement",
                "approvedBy",
                "approvedAt",
                "approvalReason",
                "outcome",
                "outcomeAt",
                "madeKey",
                "deliveredTo",
                "why",
                "line");
        acts.values().forEach(act -> row(sheet, act));
        return sheet;
    }

    /** CloudTrail's events against these acts. */
    Sheet against(TrailSheet trail) {
        Map<String, Entry.Outcome> outcomes = new HashMap<>();
        acts.forEach((id, act) -> {
            if (act.outcome != null) {
                outcomes.put(id, act.outcome);
            }
        });
        return trail.sheet(acts.values().stream().map(act -> act.intent).toList(), outcomes);
    }

    private static void row(Sheet sheet, Act act) {
        Entry.Intent intent = act.intent;
        Target target = intent.target();
        Said said = act.said;
        Entry.Notice notice = said == null ? null : said.last();
        Entry.Outcome outcome = act.outcome;
        sheet.row(
                intent.stamp().at().toString(),
                target.account().value(),
                target.name().value(),
                target.user().value(),
                Cells.key(target),
                intent.verb().label(),
                intent.stamp().run(),
                intent.stamp().worker(),
                intent.id(),
                Cells.text(intent.plan()),
                said == null ? "" : said.first().toString(),
                notice == null ? "" : notice.stamp().at().toString(),
                notice == null ? "" : notice.due().toString(),
                notice == null ? "" : notice.channel(),
                notice == null ? "" : notice.recipient(),
                notice == null ? "" : Cells.word(notice.placement()),
                all(act, Entry.Decision::by),
                all(act, decision -> decision.stamp().at().toString()),
                all(act, Entry.Decision::why),
                outcome == null ? "none recorded" : Cells.word(outcome.result()),
                outcome == null ? "" : outcome.stamp().at().toString(),
                outcome == null ? "" : Cells.text(outcome.made()),
                outcome == null ? "" : Cells.text(outcome.place()),
                outcome == null ? "" : outcome.why(),
                act.line);
    }

    private static String all(Act act, Function<Entry.Decision, String> of) {
        return act.approvals.stream().map(of).collect(Collectors.joining("; "));
    }
}
