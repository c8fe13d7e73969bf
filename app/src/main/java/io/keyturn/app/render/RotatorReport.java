package io.keyturn.app.render;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Reading;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.run.AccountOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A line for every act of a run in the place of rotator, and for every user who is passed over. */
public final class RotatorReport implements Renderer {
    private final String emailTag;
    private final Set<String> unowned = new TreeSet<>();
    private final List<String> notRead = new ArrayList<>();
    private final List<Action> planned = new ArrayList<>();
    private final List<Action> done = new ArrayList<>();

    /** @param emailTag names the owner's address */
    public RotatorReport(String emailTag) {
        this.emailTag = emailTag;
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                found.findings().stream().filter(view).forEach(this::look);
                if (found.snapshot().reading() instanceof Reading.Partial(String why)) {
                    notRead.add(why);
                }
            }
            case AccountOutcome.Skipped skipped -> {
                // left out on purpose
            }
            case AccountOutcome.Failed failed -> notRead.add(failed.problem().sentence());
        }
    }

    private void look(Finding finding) {
        for (Reason reason : finding.reasons()) {
            String user = finding.credential().principal().display();
            if (reason instanceof Reason.Ungoverned) {
                unowned.add(user);
            } else if (reason instanceof Reason.Undecided(String policy, String why, boolean failed)) {
                notRead.add("nothing is done about the keys of " + user + ", whose tags are not known: " + why);
            }
        }
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        planned.addAll(plan.actions());
    }

    /** An act ended. */
    public void ended(Outcome outcome) {
        if (outcome instanceof Outcome.Done(Action action)) {
            done.add(action);
        }
    }

    /** What could not be read, a sentence each. */
    public List<String> notRead() {
        return notRead.stream().distinct().toList();
    }

    /**
     * The lines.
     *
     * @param before whether they tell what would be done, and not what was
     */
    public List<String> lines(boolean before) {
        List<String> lines = new ArrayList<>();
        for (Action action : before ? planned : done) {
            KeyId key = action.credential().keyId();
            lines.add(Safe.text(action.credential().principal().display())
                    + (key == null ? "" : " · " + key.lastFour())
                    + (before ? " would get: " : ": ")
                    + action.verb());
        }
        unowned.forEach(user -> lines.add(Safe.text(user) + ": unowned, for its tag " + Safe.text(emailTag)
                + " holds no mail address; nothing is done about its keys"));
        return lines;
    }
}
