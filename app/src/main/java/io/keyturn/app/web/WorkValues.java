package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.engine.port.Meter;

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
        frame.with(
                "progress",
                meter == null
                        ? ""
                        : meter.accounts.sum() + " of " + meter.accountsSeen.sum() + " accounts, " + done + " of "
                                + seen + " users, " + meter.calls.sum() + " calls, " + meter.throttles.sum()
                                + " throttled");
    }
}
