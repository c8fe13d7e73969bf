package io.keyturn.engine.apply;

import io.keyturn.core.model.Placement;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.List;

/** Asks the carriers what became of messages that were merely handed over, once they had time to come back. */
final class Placements {
    /** Mail that cannot be delivered comes back within minutes, or after a day of trying again. */
    static final Duration TIME_TO_BOUNCE = Duration.ofHours(24);

    private final Tools tools;
    private final AccountJournal journal;
    private final AccountPast past;

    Placements(Tools tools, AccountJournal journal, AccountPast past) {
        this.tools = tools;
        this.journal = journal;
        this.past = past;
    }

    void settle() throws StoreFailure, InterruptedException {
        for (Entry.Notice notice : past.undecided()) {
            if (!notice.stamp().at().plus(TIME_TO_BOUNCE).isAfter(tools.clock().instant())) {
                Placement placement = tools.notifier()
                        .placement(
                                notice.channel(),
                                notice.recipient(),
                                notice.reference(),
                                notice.stamp().at());
                if (placement != Placement.HANDED_OVER) {
                    journal.record(
                            List.of(notice.later(tools.stamp(), placement, notice.reference(), notice.closing())));
                }
            }
        }
    }
}
