package io.keyturn.core.plan;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.LastUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a step that changes a key may come, by what its owner was told. A notice counts for the spell it was made in: what
 * was said of an idle key before it was used again says nothing of the next time it lies idle. A date once told never
 * moves earlier, also where nothing need be announced.
 */
final class Announcements {
    private final Finding finding;
    private final List<Told> told;
    private final @Nullable Duration noticeTime;
    private final Instant now;

    /** @param noticeTime from the first notice to the step; null where none need be announced */
    Announcements(Finding finding, List<Told> told, @Nullable Duration noticeTime, Instant now) {
        this.finding = finding;
        this.told = told;
        this.noticeTime = noticeTime;
        this.now = now;
    }

    /** Whether the step was announced at all, where it must be. */
    boolean wereMade(Deadline deadline) {
        return noticeTime == null || first(deadline) != null;
    }

    /** Its own instant, the end of the time that follows its first notice, or the last date told: whichever is latest. */
    Instant at(Deadline deadline) {
        Instant at = deadline.at();
        if (noticeTime != null) {
            Instant first = first(deadline);
            at = later(at, (first == null ? earliestNotice() : first).plus(noticeTime));
        }
        for (Told notice : told) {
            if (counts(notice, deadline)) {
                at = later(at, notice.due());
            }
        }
        return at;
    }

    /** The last date told for the step; null where none was. */
    @Nullable
    Instant promised(Deadline deadline) {
        Instant promised = null;
        for (Told notice : told) {
            if (counts(notice, deadline)) {
                promised = promised == null ? notice.due() : later(promised, notice.due());
            }
        }
        return promised;
    }

    /** The first date told for the step; null where none was. */
    @Nullable
    Instant firstPromised(Deadline deadline) {
        return told.stream()
                .filter(notice -> counts(notice, deadline))
                .map(Told::due)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private @Nullable Instant first(Deadline deadline) {
        return told.stream()
                .filter(notice -> counts(notice, deadline))
                .map(Told::at)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private boolean counts(Told notice, Deadline deadline) {
        return notice.step() == deadline.step()
                && !(deadline.limit().equals("idle")
                        && finding.lastUse() instanceof LastUse.Used used
                        && notice.at().isBefore(used.at()));
    }

    /** The earliest instant at which a first notice can be placed. */
    private Instant earliestNotice() {
        return finding.deadlines().stream()
                .filter(deadline -> deadline.step().speaksOnly())
                .map(Deadline::at)
                .min(Comparator.naturalOrder())
                .map(spoken -> later(now, spoken))
                .orElse(now);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
