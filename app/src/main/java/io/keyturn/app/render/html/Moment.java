package io.keyturn.app.render.html;

import io.keyturn.app.render.Safe;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import java.time.Instant;
import java.util.Locale;

/**
 * Something on a timeline.
 *
 * @param look the class of its mark, and the mark's name
 * @param words what happened, or will
 * @param detail how that is known, and what it means; empty where there is nothing to say
 * @param planned whether it has yet to come
 */
public record Moment(String date, String look, String words, String detail, boolean planned) {
    static Moment of(Instant at, String look, String words, String detail) {
        return new Moment(ReportDates.day(at).toString(), look, words, detail, false);
    }

    static Moment planned(Instant at, String look, String words, String detail) {
        return new Moment(ReportDates.day(at).toString(), look, words, detail, true);
    }

    /**
     * What the journal has of something.
     *
     * @param named whether whom it is about must be said
     */
    public static Moment of(Entry entry, boolean named) {
        Target target = entry.target();
        String whom = named && target != null ? name(target) + ": " : "";
        String when = ReportDates.minute(entry.stamp().at()).substring(11);
        return switch (entry) {
            case Entry.Intent intent ->
                of(
                        at(entry),
                        Look.of(intent.verb()),
                        whom + "about to " + words(intent.verb()),
                        when + ", written down before it is done");
            case Entry.Outcome outcome ->
                of(
                        at(entry),
                        Look.of(outcome.verb()),
                        whom + Look.capital(words(outcome.verb())) + ": " + words(outcome.result()),
                        when + (outcome.why().isEmpty() ? "" : ", " + Safe.text(outcome.why())));
            case Entry.Notice notice ->
                of(
                        at(entry),
                        "notice",
                        whom + told(notice),
                        when + ", " + Safe.text(notice.channel()) + " to " + Safe.text(notice.recipient()) + ": "
                                + words(notice.placement()));
            case Entry.Decision decision ->
                of(
                        at(entry),
                        "inactive",
                        (named ? scope(decision.scope()) : "") + Look.capital(words(decision.kind())) + " by "
                                + Safe.text(decision.by())
                                + (decision.until() == null ? "" : ", " + Hold.until(decision.until())),
                        when + ", " + Safe.text(decision.why()));
        };
    }

    /** Whether it says something that no other entry says better: what came of an intent, the message itself. */
    public static boolean tells(Entry entry) {
        return switch (entry) {
            case Entry.Intent intent -> false;
            case Entry.Outcome outcome -> outcome.verb() != Verb.REMIND || outcome.result() != Entry.Result.DONE;
            case Entry.Notice notice -> true;
            case Entry.Decision decision -> true;
        };
    }

    private static String told(Entry.Notice notice) {
        return notice.step() == Step.REMIND
                ? "Reminder"
                : "Notice, naming " + notice.step().label() + " on " + ReportDates.day(notice.due());
    }

    private static Instant at(Entry entry) {
        return entry.stamp().at();
    }

    private static String name(Target target) {
        KeyId key = target.key();
        return Safe.text(target.name().value()) + (key == null ? "" : " · " + key.lastFour());
    }

    private static String scope(Scope scope) {
        return switch (scope) {
            case Scope.All all -> "Everything: ";
            case Scope.OfAccount account -> account.account() + ": ";
            case Scope.OfUnit unit -> "unit " + Safe.text(unit.path()) + ": ";
            case Scope.OfTarget target -> name(target.target()) + ": ";
            case Scope.OfPlan plan -> "plan " + PlanValues.grouped(plan.hash().substring(0, 8), 4) + ": ";
        };
    }

    private static String words(Verb verb) {
        return verb.label().replace('-', ' ');
    }

    private static String words(Placement placement) {
        return switch (placement) {
            case FAILED -> "not delivered";
            case DOUBTFUL -> "in doubt";
            case HANDED_OVER -> "handed over";
            case PLACED -> "accepted";
            case SEEN -> "seen";
        };
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
