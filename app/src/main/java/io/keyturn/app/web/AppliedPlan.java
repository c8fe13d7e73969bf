package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.Look;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.catalog.SeenRun;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plan that somebody applied last, and what came of it: by the journal, so that it stands there whichever server shows
 * it, and after that one was started again.
 *
 * @param words how far it is
 * @param atWork whether that run is still at work here
 * @param open whether each change is worth a look at once: there are few, or one of them is not done
 * @param more rows that have no place
 * @param end what else is to be said of its end; empty where there is nothing
 */
public record AppliedPlan(
        String words,
        String hash,
        String by,
        String began,
        boolean atWork,
        boolean open,
        List<Row> rows,
        int more,
        String end) {
    /** As far back as a page tells. */
    private static final Duration PAST = Duration.ofDays(3);

    private static final int RUNS = 50;
    private static final int MOST = 100;
    private static final int FEW = 5;

    /** A change and how it ended. */
    public record Row(String look, String step, String user, String four, String account, String came) {}

    public AppliedPlan {
        rows = List.copyOf(rows);
    }

    /** The last one; empty where none was applied lately. */
    public static Optional<AppliedPlan> of(Site site) throws StoreFailure {
        Instant since = site.now().minus(PAST);
        Entry.Decision last = null;
        for (Entry entry : site.entries(new JournalStore.Query(Streams.ORGANIZATION, null, null, since))) {
            if (entry instanceof Entry.Decision decision
                    && decision.kind() == Entry.Decision.Kind.RUN
                    && decision.scope() instanceof Scope.OfPlan
                    && decision.value() != null) {
                last = decision;
            }
        }
        return last == null || !(last.scope() instanceof Scope.OfPlan(String hash))
                ? Optional.empty()
                : Optional.of(of(site, last, hash));
    }

    private static AppliedPlan of(Site site, Entry.Decision begun, String hash) throws StoreFailure {
        String name = String.valueOf(begun.value());
        Collection<List<Entry>> changes = changes(site, begun, name);
        SeenRun run = site.catalog().runs(RUNS).stream()
                .filter(seen -> seen.name().equals(name))
                .findFirst()
                .orElse(null);
        boolean atWork =
                run == null && site.work().running() != null && site.work().acts();
        List<Row> rows = new ArrayList<>();
        int done = 0;
        for (List<Entry> change : changes) {
            boolean whole = change.stream().allMatch(AppliedPlan::isDone);
            done += whole ? 1 : 0;
            if (rows.size() < MOST) {
                rows.add(row(site, change, whole, atWork));
            }
        }
        return new AppliedPlan(
                words(run, atWork, done, changes.size()),
                PlanWords.hash(hash),
                Safe.text(begun.by()),
                ReportDates.minute(begun.stamp().at()),
                atWork,
                done < changes.size() || rows.size() <= FEW,
                rows,
                changes.size() - rows.size(),
                end(run, atWork, changes.isEmpty()));
    }

    /** What the run began to change: each by its outcome where that is known, what belongs to one new key together. */
    private static Collection<List<Entry>> changes(Site site, Entry.Decision begun, String run) throws StoreFailure {
        Map<String, Entry> ends = new LinkedHashMap<>();
        Instant since = begun.stamp().at();
        for (Entry entry : site.entries(new JournalStore.Query(null, null, null, since))) {
            if (!entry.stamp().run().equals(run)) {
                continue;
            }
            if (entry instanceof Entry.Intent intent && !intent.verb().speaks()) {
                ends.put(intent.id(), intent);
            }
            if (entry instanceof Entry.Outcome outcome && !outcome.verb().speaks()) {
                ends.put(outcome.intent(), outcome);
            }
        }
        Map<String, List<Entry>> changes = new LinkedHashMap<>();
        ends.forEach((intent, end) -> changes.computeIfAbsent(
                        isOfNewKey(verb(end))
                                ? target(end).account() + " " + target(end).user()
                                : intent,
                        any -> new ArrayList<>())
                .add(end));
        return changes.values();
    }

    private static Verb verb(Entry change) {
        return switch (change) {
            case Entry.Outcome outcome -> outcome.verb();
            case Entry.Intent intent -> intent.verb();
            default -> throw new IllegalStateException("not a change of a key: " + change);
        };
    }

    private static Target target(Entry change) {
        return Objects.requireNonNull(change.target());
    }

    private static boolean isOfNewKey(Verb verb) {
        return verb == Verb.CREATE_KEY || verb == Verb.DELIVER_SECRET || verb == Verb.CLEAR_SECRET;
    }

    private static boolean isDone(Entry change) {
        return change instanceof Entry.Outcome outcome && outcome.result() == Entry.Result.DONE;
    }

    private static Row row(Site site, List<Entry> changes, boolean whole, boolean atWork) throws StoreFailure {
        Entry last = changes.getLast();
        Verb verb = verb(last);
        KeyId key = changes.stream()
                .map(change -> change instanceof Entry.Outcome outcome && outcome.made() != null
                        ? outcome.made()
                        : target(change).key())
                .filter(Objects::nonNull)
                .reduce((first, second) -> second)
                .orElse(null);
        String account = target(last).account().value();
        return new Row(
                Look.of(verb),
                isOfNewKey(verb) ? "Rotate" : Look.capital(words(verb)),
                Safe.text(target(last).name().value()),
                key == null ? "····" : key.lastFour(),
                Safe.text(site.catalog()
                        .account(account)
                        .map(seen -> seen.row().name())
                        .orElse(account)),
                isOfNewKey(verb) ? ofNewKey(changes, whole, atWork) : came(last, atWork));
    }

    private static String ofNewKey(List<Entry> changes, boolean whole, boolean atWork) {
        if (whole && changes.size() > 1) {
            return "made and delivered, " + time(changes.getLast());
        }
        return changes.stream()
                .map(change -> words(verb(change)) + " " + came(change, atWork))
                .collect(Collectors.joining("; "));
    }

    private static String words(Verb verb) {
        return verb.label().replace('-', ' ');
    }

    private static String time(Entry entry) {
        return ReportDates.minute(entry.stamp().at()).substring(11);
    }

    private static String came(Entry change, boolean atWork) {
        if (!(change instanceof Entry.Outcome outcome)) {
            return atWork ? "under way" : "not known; the next run finds out";
        }
        String why = outcome.why().isEmpty() ? "" : ": " + Safe.text(outcome.why());
        return switch (outcome.result()) {
            case DONE -> "done, " + time(outcome);
            case SKIPPED -> "skipped" + why;
            case FAILED -> "not done" + why;
            case IN_DOUBT -> "in doubt" + why + "; the next run finds out";
        };
    }

    private static String words(@Nullable SeenRun run, boolean atWork, int done, int all) {
        if (atWork) {
            return "What was approved is being applied";
        }
        if (run == null) {
            return "What was approved was begun and broken off";
        }
        String changes = all == 1 ? "1 change" : all + " changes";
        return all == 0
                ? "What was approved was applied"
                : (done == all ? "" : done + " of ") + changes + (done == 1 ? " was" : " were") + " applied";
    }

    private static String end(@Nullable SeenRun run, boolean atWork, boolean nothing) {
        if (run == null) {
            return atWork ? "" : "The next run finds out what came of it.";
        }
        int left = run.outcomes().entrySet().stream()
                .filter(outcome -> outcome.getKey().endsWith(" skipped")
                        || outcome.getKey().endsWith(" not tried"))
                .mapToInt(Map.Entry::getValue)
                .sum();
        if (!run.end().isEmpty()) {
            return ErrorPage.sentence(Safe.text(run.end()));
        }
        if (left > 0) {
            return (left == 1 ? "1 step was" : left + " steps were") + " left out; those still due say why below.";
        }
        return nothing ? "Nothing of it was left to do." : "";
    }
}
