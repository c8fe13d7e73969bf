package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.policy.Exemption;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Entry.Decision.Kind;
import io.keyturn.engine.journal.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What is exempt, frozen or snoozed now: exemptions of the configuration first, then what people decided, latest first. */
final class InForce {
    private InForce() {}

    /**
     * One of them.
     *
     * @param until how long it holds, in words
     */
    record Row(String what, String whom, String by, String why, String until) {}

    /** A key, a user, an account or all of them, and what was decided there. */
    private record Place(Object scope, Kind kind) {}

    static List<Row> of(List<Exemption> exemptions, List<Entry.Decision> decisions, Instant now) {
        LocalDate today = ReportDates.day(now);
        List<Row> rows = new ArrayList<>();
        exemptions.stream()
                .filter(exemption -> !exemption.until().isBefore(today))
                .forEach(exemption -> rows.add(new Row(
                        "Exempt, by the configuration",
                        Safe.text(exemption.user().value()),
                        Safe.text(exemption.owner()),
                        Safe.text(exemption.reason()),
                        "to the end of " + exemption.until())));
        SequencedMap<Place, Entry.Decision> standing = new LinkedHashMap<>();
        for (Entry.Decision decision : decisions) {
            Object scope = scope(decision.scope());
            switch (decision.kind()) {
                case FREEZE, SNOOZE, EXEMPT -> standing.putLast(new Place(scope, decision.kind()), decision);
                // The thaw of a key leaves its user frozen.
                case THAW -> standing.keySet().removeIf(place -> place.scope().equals(scope));
                case APPROVE,
                        REFUSE,
                        INSTALLED,
                        ASK_FOR_TIME,
                        STOP,
                        RESUME,
                        LOWER_STAGE,
                        COMPROMISED,
                        UNDO,
                        READ,
                        RUN -> {
                    // They hold nothing of a key back.
                }
            }
        }
        List.copyOf(standing.values()).reversed().stream()
                .filter(decision -> decision.until() == null || decision.until().isAfter(now))
                .forEach(decision -> rows.add(row(decision)));
        return rows;
    }

    private static Row row(Entry.Decision decision) {
        String what = decision.kind() == Kind.FREEZE ? "Frozen" : decision.kind() == Kind.SNOOZE ? "Snoozed" : "Exempt";
        return new Row(
                what + ", " + ReportDates.day(decision.stamp().at()),
                whom(decision.scope()),
                Safe.text(decision.by()),
                Safe.text(decision.why()),
                until(decision.until()));
    }

    private static String until(@Nullable Instant until) {
        return until == null ? "until somebody thaws it" : Hold.until(until);
    }

    private static String whom(Scope scope) {
        return switch (scope) {
            case Scope.All all -> "everything";
            case Scope.OfAccount account -> "account " + account.account();
            case Scope.OfUnit unit -> "unit " + Safe.text(unit.path());
            case Scope.OfPlan plan -> "plan " + PlanWords.hash(plan.hash());
            case Scope.OfTarget(var target) -> {
                KeyId key = target.key();
                yield Safe.text(target.name().value())
                        + (key == null ? ", all keys" : " · " + key.lastFour())
                        + " · account " + target.account();
            }
        };
    }

    /** A user of another name is the same user. */
    private static Object scope(Scope scope) {
        return scope instanceof Scope.OfTarget(var target)
                ? target.key() == null ? target.user() : target.key()
                : scope;
    }
}
