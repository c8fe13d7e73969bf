package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.KeyRow;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.app.render.html.StandingsBar;
import io.keyturn.app.render.html.TrendPlot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.Day;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.journal.PlanVerdict;
import io.keyturn.engine.port.StoreFailure;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first page: what must be decided this week, and how everything stands. */
final class OverviewPage {
    private static final int AGENDA = 12;
    private static final int ACCOUNTS = 8;
    private static final int OWNERS = 3;
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
        List<SeenAccount> accounts = site.catalog().accounts();
        numbers(frame, accounts);
        agenda(frame);
        List<SeenAccount> shown = accounts.stream()
                .sorted((a, b) -> Integer.compare(b.row().decisions(), a.row().decisions()))
                .limit(ACCOUNTS)
                .toList();
        frame.with(
                "accounts",
                shown.stream().map(seen -> Rows.account(seen, site.now())).toList());
        frame.with("accountsAll", accounts.size());
        frame.with("unread", unread(accounts));
        frame.with("weeks", weeks(accounts));
        frame.with("crumbs", crumbs(accounts));
        frame.with("trend", new TrendPlot(site.catalog().days(), TREND).values());
        frame.with("channels", Channels.of(site));
        List<OwnerRow> owners = site.catalog().owners();
        frame.with("owners", owners.stream().limit(OWNERS).map(Rows::owner).toList());
        frame.with("ownersAll", owners.size());
        plan(frame);
        WorkValues.put(frame, site);
        return frame.page("overview", "overview", "Overview");
    }

    private void numbers(Frame frame, List<SeenAccount> accounts) {
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        accounts.forEach(account -> account.counts().forEach((key, count) -> counts.merge(key, count, Integer::sum)));
        int keys = counts.values().stream().mapToInt(Integer::intValue).sum();
        int decisions =
                accounts.stream().mapToInt(account -> account.row().decisions()).sum();
        int healthy = counts.getOrDefault(Standing.HEALTHY, 0);
        long failed = accounts.stream()
                .filter(account -> account.row().state() == AccountRow.State.FAILED)
                .count();
        frame.with("keys", keys);
        frame.with("healthy", healthy);
        frame.with("share", keys == 0 ? "" : Math.round(100.0 * healthy / keys) + " %");
        frame.with("notRead", counts.getOrDefault(Standing.UNKNOWN, 0));
        frame.with("accountsNotRead", failed == 0 ? "" : failed == 1 ? "and 1 account" : "and " + failed + " accounts");
        frame.with("decisions", decisions);
        frame.with(
                "decisionWords", decisions == 1 ? "key needs a decision this week" : "keys need a decision this week");
        frame.with("bar", keys == 0 ? "" : StandingsBar.of(counts));
        frame.with("standings", StandingsBar.parts(counts));
        frame.with("empty", accounts.isEmpty());
    }

    private void agenda(Frame frame) throws StoreFailure {
        ReportDates dates = frame.dates();
        Map<LocalDate, List<KeyRow>> days = new LinkedHashMap<>();
        var page = site.catalog().keys(KeyQuery.toDecide(AGENDA));
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

    private static List<String> unread(List<SeenAccount> accounts) {
        return accounts.stream()
                .filter(account -> account.row().state() == AccountRow.State.FAILED
                        || account.row().state() == AccountRow.State.PARTLY)
                .map(account ->
                        Safe.text(account.row().name() + ": " + account.row().read()))
                .limit(ACCOUNTS)
                .toList();
    }

    /** The coming weeks, from Monday to Sunday; what was due before is of the first. */
    private List<Week> weeks(List<SeenAccount> accounts) {
        LocalDate monday = ReportDates.day(site.now()).with(DayOfWeek.MONDAY);
        int[][] sums = new int[WEEKS][4];
        for (SeenAccount account : accounts) {
            for (Day day : account.days()) {
                int week = (int) Math.max(0, (day.date().toEpochDay() - monday.toEpochDay()) / 7);
                if (week < WEEKS) {
                    sums[week][0] += day.notices();
                    sums[week][1] += day.rotations();
                    sums[week][2] += day.deactivations();
                    sums[week][3] += day.deletions();
                }
            }
        }
        List<Week> weeks = new ArrayList<>();
        for (int i = 0; i < WEEKS; i++) {
            String date = monday.plusWeeks(i).toString().substring(5);
            String label = i == 0 ? "This week" : i == 1 ? "Next week" : "Week of " + date;
            weeks.add(new Week(label, sums[i][0], sums[i][1], sums[i][2], sums[i][3]));
        }
        return weeks;
    }

    private String crumbs(List<SeenAccount> accounts) {
        if (accounts.isEmpty()) {
            return "Nothing was read yet";
        }
        String read = accounts.stream()
                .map(SeenAccount::at)
                .max(Comparator.naturalOrder())
                .map(ReportDates::minute)
                .orElse("–");
        String stage = accounts.stream()
                .map(SeenAccount::stage)
                .filter(found -> found != null)
                .max(Comparator.naturalOrder())
                .map(found -> found.label())
                .orElse("observe");
        var next = site.work().next();
        return "Read " + read + " · " + (accounts.size() == 1 ? "1 account" : accounts.size() + " accounts")
                + (next == null ? "" : " · next run " + ReportDates.minute(next)) + " · stage: " + stage;
    }

    private void plan(Frame frame) throws StoreFailure {
        Optional<SeenPlan> plan = site.catalog().plan();
        List<SeenPlan.Row> changes = plan.map(SeenPlan::changes).orElse(List.of());
        frame.with("changes", changes.size());
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
