package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.engine.port.Meter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the server is about, in words and numbers. */
final class WorkValues {
    private WorkValues() {}

    static void put(Frame frame, Site site) {
        Site.Work work = site.work();
        Meter meter = work.running();
        frame.with("running", meter != null);
        frame.with("runActs", work.acts());
        frame.with("trouble", work.trouble() == null ? "" : Safe.text(work.trouble()));
        frame.with("next", work.next() == null ? "" : ReportDates.minute(work.next()));
        long seen = meter == null ? 0 : meter.usersSeen.sum();
        long done = meter == null ? 0 : Math.min(seen, meter.users.sum());
        frame.with("usersSeen", Math.max(1, seen));
        frame.with("usersDone", done);
        frame.with("began", work.began() == null ? "" : ReportDates.minute(work.began()));
        frame.with("progress", meter == null ? "" : progress(meter, work.began(), site.now()));
    }

    private static String progress(Meter meter, @Nullable Instant began, Instant now) {
        String left = began == null
                ? ""
                : meter.left(Duration.between(began, now))
                        .map(time -> ", " + time.toSeconds() + " s left")
                        .orElse("");
        long seen = meter.usersSeen.sum();
        return meter.accounts.sum() + " of " + meter.accountsSeen.sum() + " accounts, "
                + Math.min(seen, meter.users.sum()) + " of " + seen + " users, " + meter.calls.sum() + " calls, "
                + meter.throttles.sum() + " throttled" + left;
    }
}
