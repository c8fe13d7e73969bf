package io.keyturn.app.evidence;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.engine.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What CloudTrail tells of keys that were made, changed and deleted, against the acts of the journal: an event confirms an
 * act, is somebody else's, or is Keyturn's and in no journal, which is a violation.
 */
public final class TrailSheet {
    /** An event is told by the second, and the journal's clock may differ from AWS's. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    /** A call without an answer may take effect later. */
    private static final Duration LATE = Duration.ofMinutes(30);

    private final Predicate<TrailEvent> own;
    private final List<Seen> events = new ArrayList<>();

    private record Seen(Account account, TrailEvent event) {}

    /** @param own whether it was done with Keyturn's credentials */
    public TrailSheet(Predicate<TrailEvent> own) {
        this.own = own;
    }

    /** Takes in an event of an account. */
    public void take(Account account, TrailEvent event) {
        if (event.done()) {
            events.add(new Seen(account, event));
        }
    }

    /**
     * The rows.
     *
     * @param acts what was meant, by when
     * @param outcomes what came of it, by the names of the intents
     */
    Sheet sheet(List<Entry.Intent> acts, Map<String, Entry.Outcome> outcomes) {
        Sheet sheet = new Sheet(
                "at", "account", "user", "keyId", "action", "by", "principal", "verdict", "intent", "run", "event");
        Map<String, List<Entry.Intent>> byKey = new HashMap<>();
        for (Entry.Intent act : acts) {
            for (String key : keys(act, outcomes.get(act.id()))) {
                byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(act);
            }
        }
        List<Seen> ordered = new ArrayList<>(events);
        ordered.sort(Comparator.comparing((Seen seen) -> seen.event().at())
                .thenComparing(seen -> seen.event().id()));
        Set<String> confirmed = new HashSet<>();
        for (Seen seen : ordered) {
            TrailEvent event = seen.event();
            Entry.Intent act = byKey.getOrDefault(Objects.requireNonNullElse(event.key(), ""), List.of()).stream()
                    .filter(one -> !confirmed.contains(one.id()) && isOf(event, one, outcomes.get(one.id())))
                    .findFirst()
                    .orElse(null);
            if (act != null) {
                confirmed.add(act.id());
            }
            row(sheet, seen, act);
        }
        return sheet;
    }

    private void row(Sheet sheet, Seen seen, Entry.@Nullable Intent act) {
        TrailEvent event = seen.event();
        String verdict = act != null ? "confirms" : own.test(event) ? "violation" : "by others";
        sheet.row(
                event.at().toString(),
                seen.account().id().value(),
                Objects.requireNonNullElse(event.user(), ""),
                Objects.requireNonNullElse(event.key(), ""),
                event.name(),
                event.actor().label()
                        + (event.actor().name().isEmpty()
                                ? ""
                                : " (" + event.actor().name() + ")"),
                event.actor().principal(),
                verdict,
                act == null ? "" : act.id(),
                act == null ? "" : act.stamp().run(),
                event.id());
    }

    /** How many events are Keyturn's and in no journal. */
    static long violations(Sheet sheet) {
        return sheet.count("verdict", "violation");
    }

    private static List<String> keys(Entry.Intent act, Entry.@Nullable Outcome outcome) {
        Target target = act.target();
        List<String> keys = new ArrayList<>();
        if (target.key() != null) {
            keys.add(target.key().value());
        }
        if (outcome != null && outcome.made() != null) {
            keys.add(outcome.made().value());
        }
        return keys;
    }

    private static boolean isOf(TrailEvent event, Entry.Intent act, Entry.@Nullable Outcome outcome) {
        Instant begun = act.stamp().at().minus(SLACK);
        Instant ended = (outcome == null ? act.stamp().at() : outcome.stamp().at()).plus(LATE);
        return (outcome == null || outcome.result() != Entry.Result.SKIPPED)
                && event.name().equals(action(act.verb()))
                && act.target().name().value().equals(event.user())
                && !event.at().isBefore(begun)
                && !event.at().isAfter(ended);
    }

    /** The action of IAM that the act is done with; empty where it takes none of these. */
    private static String action(Verb verb) {
        return switch (verb) {
            case CREATE_KEY -> "CreateAccessKey";
            case DEACTIVATE, BROWNOUT, REACTIVATE -> "UpdateAccessKey";
            case DELETE -> "DeleteAccessKey";
            case REMIND, CLOSE_NOTICE, OPEN_TICKET, CLOSE_TICKET, DELIVER_SECRET, CLEAR_SECRET, FREEZE, THAW -> "";
        };
    }
}
