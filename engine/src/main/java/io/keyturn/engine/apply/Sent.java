package io.keyturn.engine.apply;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.Notifier.Telling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A message with what came of it.
 *
 * @param over the intents' IDs of those of its reminders that are not tried again, of which the boards have heard too
 */
record Sent(List<Reminder> reminders, Telling telling, Set<String> over, List<Telling> announced) {
    /** What one of its reminders came to, and the entries that say so. */
    Outcome settle(Reminder reminder, Tools tools, List<Entry> entries) {
        boolean heard = over.contains(reminder.intent().id()) && announced(reminder, tools, entries);
        int keys = reminders.size();
        return switch (telling.sending()) {
            case Sending.Taken taken -> {
                entries.add(reminder.told(tools, "", telling, taken.placement(), taken.reference(), keys));
                yield done(tools, reminder, entries);
            }
            case Sending.InDoubt(Problem problem) -> doubtful(tools, reminder, telling, problem, entries);
            case Sending.Unreachable(Problem problem) ->
                heard ? done(tools, reminder, entries) : failed(tools, reminder, problem, entries);
            case Sending.Refused(Problem problem) -> failed(tools, reminder, problem, entries);
        };
    }

    /** Why boards did not hear of it, or may not have. */
    List<Problem> unannounced() {
        List<Problem> problems = new ArrayList<>();
        for (Telling told : announced) {
            switch (told.sending()) {
                case Sending.Taken taken -> {
                    // They did.
                }
                case Sending.Unreachable(Problem problem) -> problems.add(problem);
                case Sending.Refused(Problem problem) -> problems.add(problem);
                case Sending.InDoubt(Problem problem) -> problems.add(problem);
            }
        }
        return problems;
    }

    /** Writes down who else heard of it; whether anybody did. */
    private boolean announced(Reminder reminder, Tools tools, List<Entry> entries) {
        boolean anybody = false;
        for (Telling told : announced) {
            String suffix = "/" + told.channel();
            switch (told.sending()) {
                case Sending.Taken taken -> {
                    int keys = over.size();
                    entries.add(reminder.told(tools, suffix, told, taken.placement(), taken.reference(), keys));
                    anybody = true;
                }
                case Sending.InDoubt doubt ->
                    entries.add(reminder.told(tools, suffix, told, Placement.DOUBTFUL, null, 1));
                case Sending.Unreachable unreachable ->
                    entries.add(reminder.told(tools, suffix, told, Placement.FAILED, null, 1));
                case Sending.Refused refused ->
                    entries.add(reminder.told(tools, suffix, told, Placement.FAILED, null, 1));
            }
        }
        return anybody;
    }

    private static Outcome done(Tools tools, Reminder reminder, List<Entry> entries) {
        entries.add(reminder.outcome(tools, Entry.Result.DONE, ""));
        return new Outcome.Done(reminder.remind());
    }

    /** What did not go out was not said, so that the next run says it. */
    private static Outcome failed(Tools tools, Reminder reminder, Problem problem, List<Entry> entries) {
        entries.add(reminder.outcome(tools, Entry.Result.FAILED, problem.why()));
        return new Outcome.Failed(reminder.remind(), problem);
    }

    /** Twice is better than never, and three times is not: what is doubted once is said again, and then let be. */
    private static Outcome doubtful(
            Tools tools, Reminder reminder, Telling telling, Problem problem, List<Entry> entries) {
        if (reminder.isDoubted()) {
            entries.add(reminder.told(tools, "", telling, Placement.DOUBTFUL, null, 1));
            entries.add(reminder.outcome(tools, Entry.Result.DONE, problem.why()));
        } else {
            entries.add(reminder.outcome(tools, Entry.Result.IN_DOUBT, problem.why()));
        }
        return new Outcome.InDoubt(reminder.remind(), problem);
    }
}
