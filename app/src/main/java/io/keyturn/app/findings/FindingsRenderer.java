package io.keyturn.app.findings;

import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.Safe;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Reading;
import io.keyturn.core.report.DistinctNames;
import io.keyturn.engine.run.AccountOutcome;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A form of findings for other systems: one for every key, and one for every account that says whether it was read whole, so
 * that what is missing is seen, and seen to end.
 */
abstract class FindingsRenderer implements Renderer {
    /** By whose controls keys are judged; null for Keyturn's own policies. */
    final @Nullable String framework;

    private final DistinctNames uids = new DistinctNames();

    FindingsRenderer(@Nullable String framework) {
        this.framework = framework;
    }

    /**
     * What every form says.
     *
     * @param uid names the finding, the same in every run, and no other in this one
     */
    record Said(String uid, String title, String text, Grade grade) {}

    /**
     * An account.
     *
     * @param id empty where it is not known
     * @param partition null where it is not known
     */
    record Where(String id, String name, @Nullable Partition partition) {}

    @Override
    public final void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                Account account = found.snapshot().account();
                Where where = new Where(account.id().value(), account.name(), account.partition());
                found.findings().stream().filter(view).forEach(finding -> key(of(finding), finding, where));
                String missing = found.snapshot().reading() instanceof Reading.Partial(String why) ? why : null;
                reading(of(where, missing), where);
            }
            case AccountOutcome.Skipped skipped -> {
                // It is left out on purpose: there is nothing to find.
            }
            case AccountOutcome.Failed failed -> {
                Where where = new Where(failed.id(), failed.label(), null);
                reading(of(where, failed.problem().sentence()), where);
            }
        }
    }

    private Said of(Finding finding) {
        return new Said(
                uids.of("", KeyText.uid(finding, framework)),
                KeyText.title(finding),
                KeyText.description(finding),
                Grade.of(finding, framework));
    }

    private Said of(Where where, @Nullable String missing) {
        String uid = uids.of("", "keyturn/reading/" + (where.id().isEmpty() ? Safe.text(where.name()) : where.id()));
        String account = "Access keys of account " + where.name();
        return missing == null
                ? new Said(
                        uid,
                        Safe.text(account + " were read"),
                        "Everything that was needed was read.",
                        new Grade(Grade.Result.PASSED, Grade.Severity.INFORMATIONAL, List.of()))
                : new Said(
                        uid,
                        Safe.text(account + " were not all read"),
                        Safe.text(missing),
                        new Grade(Grade.Result.UNKNOWN, Grade.Severity.MEDIUM, List.of()));
    }

    /** Writes what is said of a key. */
    abstract void key(Said said, Finding finding, Where where);

    /** Writes whether an account was read whole. */
    abstract void reading(Said said, Where where);
}
