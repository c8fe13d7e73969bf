package io.keyturn.app.compare;

import io.keyturn.app.presets.Translation;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.report.Words;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.run.AccountOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * check-and-rotate-iam-access-keys-age leaves its traces in tags: the day of the last step of a rotation and the old key;
 * and in the keys themselves. What it mailed leaves none.
 */
final class RotatorComparer implements Comparer {
    private final Translation.State.RotatorTags tags;
    private final Limit age;
    private final Set<String> mailed = new HashSet<>();
    private int unowned;

    RotatorComparer(Translation.State.RotatorTags tags, Rules rules) {
        this.tags = tags;
        this.age = rules.policies().stream()
                .map(policy -> policy.age())
                .filter(limit -> limit != null)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<Compared> compare(AccountOutcome.Surveyed found, List<Entry> past, Instant now) {
        Map<UserId, List<Entry>> byUser = past.stream()
                .filter(entry -> entry.target() != null)
                .collect(Collectors.groupingBy(entry -> entry.target().user()));
        List<Action> due = found.plan().due();
        List<Compared> rows = new ArrayList<>();
        for (User user : found.snapshot().users()) {
            RotationTraces.of(user, byUser.getOrDefault(user.id(), List.of()))
                    .ifPresent(traces -> rows.addAll(traces.compare(age.expire(), tags, due, now)));
        }
        Set<UserId> passed = new HashSet<>();
        for (Finding finding : found.findings()) {
            if (finding.credential().principal() instanceof Principal.OfUser user) {
                beside(finding, user.id(), passed, rows);
            }
        }
        for (Action action : due) {
            if (action instanceof Action.CreateKey create) {
                rows.add(overdue(create, found.findings()));
            } else if (action instanceof Action.Remind remind) {
                mailed.add(remind.credential().principal().display());
            }
        }
        return rows;
    }

    /** What the tool passes over, and what Keyturn cannot judge. */
    private void beside(Finding finding, UserId user, Set<UserId> passed, List<Compared> rows) {
        for (Reason reason : finding.reasons()) {
            if (reason instanceof Reason.Ungoverned && passed.add(user)) {
                unowned++;
            } else if (reason instanceof Reason.Undecided && passed.add(user)) {
                rows.add(new Compared(
                        finding.credential().principal().display(),
                        null,
                        Act.ROTATE,
                        Verdict.UNKNOWN,
                        "not known",
                        "leaves its keys as they are: " + Words.sentence(reason)));
            }
        }
    }

    private Compared overdue(Action.CreateKey create, List<Finding> findings) {
        long days = findings.stream()
                .filter(finding -> finding.credential().equals(create.credential()) && finding.ageDays() != null)
                .mapToLong(finding -> finding.age() == null ? 0 : finding.age().toDays())
                .findFirst()
                .orElse(0);
        long limit = age.expire().toDays() - 1;
        // On the first day of it the tool, which runs once a day, may not have run yet.
        return Compared.of(
                create.credential(),
                Act.ROTATE,
                days > limit + 1 ? Verdict.DIFFERENT : Verdict.NOT_YET,
                "did not replace it",
                "makes a new key: " + days + " days old, overdue after " + limit);
    }

    @Override
    public List<String> notKnown() {
        List<String> sentences = new ArrayList<>();
        sentences.add("what rotator mailed: SES keeps no list of it; Keyturn would write to the owners of "
                + mailed.size() + (mailed.size() == 1 ? " user" : " users") + " today");
        sentences.add("whether owners fetched their new keys from the bucket");
        sentences.add("rotations that are over: rotator takes their tags away, and the old keys are gone");
        if (unowned > 0) {
            sentences.add("nothing of " + unowned + (unowned == 1 ? " user" : " users")
                    + " without a mail address in the tag " + tags.email() + ": both pass them over");
        }
        return sentences;
    }
}
