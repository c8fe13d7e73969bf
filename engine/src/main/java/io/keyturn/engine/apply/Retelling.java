package io.keyturn.engine.apply;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Notifier.Telling;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells boards what they did not take when owners were told it, as far as it is still so. It is one message with that
 * of then, so that nobody's rhythm of reminders changes by it.
 */
final class Retelling {
    /** After that it is no news any more. */
    private static final Duration NEWS = Duration.ofDays(3);

    /** A board that refused so many in a row takes none now. */
    private static final int REFUSALS = 3;

    private final Tools tools;
    private final HeldAccount held;
    private final String plan;
    private final Predicate<Action> only;
    private final Set<String> troubles = new TreeSet<>();

    /** @param only which reminders may be told at all */
    Retelling(Tools tools, HeldAccount held, String plan, Predicate<Action> only) {
        this.tools = tools;
        this.held = held;
        this.plan = plan;
        this.only = only;
    }

    /** What a board did not take of a key, and the key as it is now. */
    private record Item(
            Entry.Notice then,
            Owner owner,
            Recheck.Seen now,
            @Nullable Deadline announced) {
        Action action() {
            return new Action.Remind(now.finding().credential(), now.finding().reasons(), owner, announced);
        }

        /** The name of the message without the board's. */
        String id() {
            return then.id().substring(0, then.id().length() - ("/" + then.channel()).length());
        }
    }

    /** One message: one board, one owner's keys. */
    private record Addressed(String board, String owner) {}

    /** Why some of them did not hear of it now either; each reason once. */
    Set<String> tell() throws StoreFailure, InterruptedException {
        if (tools.stop().raised().isPresent()) {
            return troubles;
        }
        Map<Addressed, List<Item>> messages = new LinkedHashMap<>();
        List<Entry> over = new ArrayList<>();
        for (Entry.Notice notice : held.past().unheard()) {
            // What failed in this run is the next one's.
            if (!notice.stamp().run().equals(tools.run())) {
                try {
                    Optional<Item> item = item(notice);
                    if (item.isEmpty()) {
                        over.add(notice.later(tools.stamp(), Placement.FAILED, null, null));
                    } else if (only.test(item.get().action())) {
                        Addressed to = new Addressed(
                                notice.channel(), item.get().owner().name());
                        messages.computeIfAbsent(to, any -> new ArrayList<>()).add(item.get());
                    }
                } catch (ReadFailure e) {
                    troubles.add(e.problem().sentence());
                }
            }
        }
        if (!over.isEmpty()) {
            held.scribe().record(over);
        }
        Map<String, Integer> refusals = new HashMap<>();
        for (Map.Entry<Addressed, List<Item>> message : messages.entrySet()) {
            String board = message.getKey().board();
            if (refusals.getOrDefault(board, 0) < REFUSALS) {
                boolean taken = tell(board, message.getValue());
                refusals.merge(board, 1, (before, one) -> taken ? 0 : before + one);
            }
        }
        return troubles;
    }

    /** Empty where there is nothing to tell any more. */
    private Optional<Item> item(Entry.Notice notice) throws ReadFailure, InterruptedException {
        Instant until = notice.stamp().at().plus(NEWS);
        return until.isBefore(tools.clock().instant())
                ? Optional.empty()
                : held.recheck().look(notice.target()).flatMap(now -> item(notice, now));
    }

    private Optional<Item> item(Entry.Notice notice, Recheck.Seen now) {
        Owner owner = now.finding().knownOwner();
        Standing standing = now.finding().standing();
        if (owner == null || now.quiet() || standing == Standing.HEALTHY || standing == Standing.EXEMPT) {
            return Optional.empty();
        }
        if (notice.step().speaksOnly()) {
            return standing == Standing.INACTIVE ? Optional.empty() : Optional.of(new Item(notice, owner, now, null));
        }
        Scheduled next = now.next();
        if (next == null || next.step() != notice.step()) {
            // What was announced has come, or was taken back.
            return Optional.empty();
        }
        Instant at = next.at().isAfter(notice.due()) ? next.at() : notice.due();
        return Optional.of(new Item(notice, owner, now, new Deadline(next.step(), limit(now.finding(), next), at)));
    }

    /** What makes the step due. */
    private static String limit(Finding finding, Scheduled next) {
        return finding.deadlines().stream()
                .filter(deadline -> deadline.step() == next.step())
                .map(Deadline::limit)
                .findFirst()
                .orElse(finding.standing() == Standing.INACTIVE ? Deadline.COOL_DOWN : Deadline.ROTATION);
    }

    /** Whether the board is known to have taken it, or may have. */
    private boolean tell(String board, List<Item> items) throws StoreFailure, InterruptedException {
        List<Entry.Intent> intents = new ArrayList<>();
        for (Item item : items) {
            intents.add(new Entry.Intent(
                    tools.stamp(),
                    tools.ids().get(),
                    Verb.REMIND,
                    item.then().target(),
                    Scribe.keysOf(item.now().user()),
                    plan));
        }
        held.scribe().intend(intents);
        Leave leave = held.scribe().leave(intents.getFirst());
        List<Notice> notices = items.stream().map(this::notice).toList();
        Telling telling = tools.notifier()
                .announceAgain(board, items.getFirst().id(), items.getFirst().owner(), notices, leave);
        List<Entry> entries = new ArrayList<>();
        boolean taken = false;
        for (int i = 0; i < items.size(); i++) {
            taken = settle(items.get(i), intents.get(i), telling, items.size(), entries);
        }
        held.scribe().record(entries);
        return taken;
    }

    private Notice notice(Item item) {
        return new Notice(
                item.id(), held.account(), item.now().user(), item.now().finding(), item.owner(), item.announced());
    }

    private boolean settle(Item item, Entry.Intent intent, Telling telling, int keys, List<Entry> entries) {
        return switch (telling.sending()) {
            case Sending.Taken taken -> {
                Entry.Closing closing =
                        Reminder.closing(tools.notifier().closing(telling.channel()), item.announced(), keys);
                entries.add(item.then().later(tools.stamp(), taken.placement(), taken.reference(), closing));
                entries.add(Entry.Outcome.of(tools.stamp(), intent, Entry.Result.DONE, ""));
                yield true;
            }
            // A third time would be too much.
            case Sending.InDoubt(Problem problem) -> {
                troubles.add(problem.sentence());
                entries.add(item.then().later(tools.stamp(), Placement.DOUBTFUL, null, null));
                entries.add(Entry.Outcome.of(tools.stamp(), intent, Entry.Result.DONE, problem.why()));
                yield true;
            }
            case Sending.Refused(Problem problem) -> failed(intent, problem, entries);
            case Sending.Unreachable(Problem problem) -> failed(intent, problem, entries);
        };
    }

    private boolean failed(Entry.Intent intent, Problem problem, List<Entry> entries) {
        troubles.add(problem.sentence());
        entries.add(Entry.Outcome.of(tools.stamp(), intent, Entry.Result.FAILED, problem.why()));
        return false;
    }
}
