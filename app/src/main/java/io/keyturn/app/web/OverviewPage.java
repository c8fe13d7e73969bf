package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.KeyRow;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.app.render.html.StandingsBar;
import io.keyturn.app.render.html.TrendPlot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.report.Day;
import io.keyturn.engine.catalog.KeyPage;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.catalog.SeenOverview;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.catalog.SeenTotals;
import io.keyturn.engine.journal.PlanVerdict;
import io.keyturn.engine.port.StoreFailure;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first page: what must be decided this week, and how everything stands. */
final class OverviewPage {
    private static final SeenOverview.Most MOST = new SeenOverview.Most(8, 12, 3);
    private static final int WEEKS = 4;
    private static final int TREND = 680;

    private final Site site;

    OverviewPage(Site site) {
        this.site = site;
    }

    /** What is to be decided by one day. */
    record AgendaDay(String heading, String date, List<KeyRow> rows) {}

    /** The steps of one week. */
    record Week(String label, int notices, int rotations, int deactivations, int deletions) {}

    Reply answer(Call call) throws StoreFailure {
        Frame frame = new Frame(site, call);
        SeenOverview seen = site.catalog().overview(MOST);
        numbers(frame, seen.totals());
        agenda(frame, seen.agenda());
        frame.with(
                "accounts",
                seen.accounts().stream()
                        .map(account -> Rows.account(account, site.now()))
                        .toList());
        frame.with("accountsAll", seen.totals().accounts());
        frame.with(
                "unread",
                seen.unread().stream()
                        .map(account -> Safe.text(
                                account.row().name() + ": " + account.row().read()))
                        .toList());
        frame.with("weeks", weeks(seen.days()));
        frame.with("crumbs", crumbs(seen.totals()));
        frame.with("trend", new TrendPlot(seen.trend(), TREND).values());
        frame.with("channels", Channels.of(site));
        frame.with("owners", seen.owners().stream().map(Rows::owner).toList());
        frame.with("ownersAll", seen.ownersAll());
        plan(frame, seen.plan());
        WorkValues.put(frame, site);
        return frame.page("overview", "overview", "Overview");
    }

    private static void numbers(Frame frame, SeenTotals totals) {
        int keys = totals.keys();
        int healthy = totals.count(Standing.HEALTHY);
        int failed = totals.failed();
        frame.with("keys", keys);
        frame.with("healthy", healthy);
        frame.with("share", keys == 0 ? "" : Math.round(100.0 * healthy / keys) + " %");
        frame.with("notRead", totals.count(Standing.UNKNOWN));
        frame.with("accountsNotRead", failed == 0 ? "" : failed == 1 ? "and 1 account" : "and " + failed + " accounts");
        frame.with("decisions", totals.decisions());
        frame.with(
                "decisionWords",
                totals.decisions() == 1 ? "key needs a decision this week" : "keys need a decision this week");
        frame.with("bar", keys == 0 ? "" : StandingsBar.of(totals.counts()));
        frame.with("standings", StandingsBar.parts(totals.counts()));
        frame.with("empty", totals.accounts() == 0);
    }

    private void agenda(Frame frame, KeyPage page) {
        ReportDates dates = frame.dates();
        Map<LocalDate, List<KeyRow>> days = new LinkedHashMap<>();
        for (SeenKey key : page.keys()) {
            LocalDate by = key.decideBy();
            LocalDate day = by == null || by.isBefore(dates.today()) ? dates.today() : by;
            days.computeIfAbsent(day, any -> new ArrayList<>()).add(Rows.key(site, key, dates));
        }
        List<AgendaDay> agenda = new ArrayList<>();
        days.forEach((day, rows) -> agenda.add(new AgendaDay(dates.heading(day), day.toString(), rows)));
        frame.with("agenda", agenda);
        frame.with("agendaMore", page.total() - page.keys().size());
    }

    /** The coming weeks, from Monday to Sunday; what was due before is of the first. */
    private List<Week> weeks(List<Day> days) {
        LocalDate monday = ReportDates.day(site.now()).with(DayOfWeek.MONDAY);
        List<Week> weeks = new ArrayList<>();
        for (int i = 0; i < WEEKS; i++) {
            LocalDate from = monday.plusWeeks(i);
            boolean first = i == 0;
            Day sum = days.stream()
                    .filter(day ->
                            (first || !day.date().isBefore(from)) && day.date().isBefore(from.plusWeeks(1)))
                    .reduce(new Day(from, 0, 0, 0, 0), Day::plus);
            String label = first
                    ? "This week"
                    : i == 1 ? "Next week" : "Week of " + from.toString().substring(5);
            weeks.add(new Week(label, sum.notices(), sum.rotations(), sum.deactivations(), sum.deletions()));
        }
        return weeks;
    }

    private String crumbs(SeenTotals totals) {
        if (totals.accounts() == 0) {
            return "Nothing was read yet";
        }
        Instant at = totals.at();
        Stage stage = totals.stage();
        Instant next = site.work().next();
        return "Read " + (at == null ? "–" : ReportDates.minute(at)) + " · "
                + (totals.accounts() == 1 ? "1 account" : totals.accounts() + " accounts")
                + (next == null ? "" : " · next run " + ReportDates.minute(next)) + " · stage: "
                + (stage == null ? Stage.OBSERVE : stage).label();
    }

    private void plan(Frame frame, Optional<SeenPlan.Brief> plan) throws StoreFailure {
        frame.with("changes", plan.map(SeenPlan.Brief::count).orElse(0));
        frame.with("planLine", plan.map(PlanWords::brief).orElse(""));
        frame.with("hash", plan.map(made -> PlanWords.hash(made.hash())).orElse(""));
        int needed = site.settings().acting().approval().needed();
        PlanVerdict said = plan.isEmpty() ? PlanVerdict.NONE : site.verdict(plan.get());
        int people = PlanWords.people(said);
        frame.with("needed", needed);
        frame.with("refused", needed == 0 ? "" : PlanWords.refused(said));
        frame.with(
                "approval",
                needed == 0
                        ? "the next run takes them: the configuration asks for no approval"
                        : (needed == 1 ? "one person approves: " : "two people approve: ") + people + " of " + needed
                                + " so far");
    }
}
