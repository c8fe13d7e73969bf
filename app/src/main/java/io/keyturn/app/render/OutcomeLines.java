package io.keyturn.app.render;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Planned;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.apply.Agreement;
import io.keyturn.engine.apply.Outcome;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What came of each action of a plan, a line each as they end, and the sum. */
public final class OutcomeLines {
    private final PrintWriter out;
    private int done;
    private int skipped;
    private int open;
    private boolean troubled;
    private final Map<Verb, Map<String, Integer>> counts = new EnumMap<>(Verb.class);

    public OutcomeLines(PrintWriter out) {
        this.out = out;
    }

    /** An action ended. */
    public void ended(Account account, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(Action action) -> {
                done++;
                line("done", account, action, "");
            }
            case Outcome.Skipped(Action action, String why) -> {
                skipped++;
                line("skipped", account, action, why);
            }
            case Outcome.Failed(Action action, var problem) -> {
                open++;
                line("failed", account, action, problem.sentence());
            }
            case Outcome.InDoubt(Action action, var problem) -> {
                open++;
                line("in doubt", account, action, problem.sentence() + "; the next run finds out");
            }
            case Outcome.NotTried(Action action, String why) -> {
                open++;
                line("not tried", account, action, why);
            }
        }
    }

    /** An action of a plan in a file is not taken. */
    public void refused(String account, Agreement.Refused refused) {
        open++;
        Planned planned = refused.planned();
        count(planned.verb(), "refused");
        String name = Safe.text(planned.name().value()) + " · " + planned.key().lastFour() + " · " + Safe.text(account);
        out.println(String.format(
                        Locale.ROOT, "%-10s %-14s %s", "refused", planned.verb().label(), name) + ": "
                + Safe.text(refused.why()));
    }

    /** Something of an account is in doubt, or it could not be worked on. */
    public void troubled(Account account, String sentence) {
        troubled = true;
        out.println("trouble    " + Safe.text(account.name()) + ": " + Safe.text(sentence));
    }

    /** A report was not posted, or nobody knows. */
    public void notPosted(String sentence) {
        troubled = true;
        out.println("trouble    " + Safe.text(sentence));
    }

    private void line(String word, Account account, Action action, String why) {
        count(action.kind(), word.replace(' ', '-'));
        KeyId key = action.credential().keyId();
        String name = Safe.text(action.credential().principal().display()) + (key == null ? "" : " · " + key.lastFour())
                + " · " + Safe.text(account.name());
        out.println(String.format(Locale.ROOT, "%-10s %-14s %s", word, action.verb(), name)
                + (why.isEmpty() ? "" : ": " + Safe.text(why)));
    }

    private void count(Verb verb, String outcome) {
        counts.computeIfAbsent(verb, none -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    }

    /** Actions that ended so far, by what they do and what they came to. */
    public Map<Verb, Map<String, Integer>> counts() {
        return counts;
    }

    /** The sum of them. */
    public void end() {
        out.println(sum());
    }

    /** How many ended so far, by how. */
    public String sum() {
        return done + " done, " + skipped + " skipped, " + open + " not done";
    }

    /** Whether nothing is left that should have been done. */
    public boolean whole() {
        return open == 0 && !troubled;
    }
}
