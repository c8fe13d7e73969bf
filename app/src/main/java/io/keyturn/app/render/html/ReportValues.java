package io.keyturn.app.render.html;

import io.keyturn.app.render.Safe;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.Agenda;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.Summary;
import io.keyturn.core.report.Words;
import io.keyturn.engine.catalog.DayTotal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything the templates show, in words and numbers; all text of others is harmless, and escaped by them. */
final class ReportValues {
    private static final int AGENDA_ROWS = 20;
    private static final int CLOSED_ABOVE = 50;
    private static final int TREND = 480;

    /** A link in each of very many rows would cost more than it is worth; their places have names all the same. */
    private static final int MOST_LINKED = 1_000;

    /** Five thousand users have at most so many keys; of a larger organization the oldest are listed, and all counted. */
    private static final int MOST_HEALTHY = 10_000;

    private final Summary summary;
    private final Making making;
    private final Anchors anchors;
    private final ReportDates dates;
    private final List<Attention> keys;
    private final Stories stories;
    private final Map<String, Policy> policies = new HashMap<>();
    private final Map<String, Object> values = new HashMap<>();

    ReportValues(Summary summary, Making making, Anchors anchors) {
        this.summary = summary;
        this.making = making;
        this.anchors = anchors;
        this.dates = new ReportDates(summary.now());
        this.keys = summary.shown(ZoneOffset.UTC);
        making.policies().forEach(policy -> policies.putIfAbsent(policy.name(), policy));
        this.stories = new Stories(making.journal(), summary.now(), keys);
        // First of all, so that the places of keys are named in the order of the table.
        values.put("groups", groups());
    }

    /** The keys of one standing; {@code many} of them start closed, and only few have links of their own. */
    record Group(String look, String label, String word, int count, boolean many, boolean linked, List<KeyRow> rows) {}

    /** What is to be decided by one day. */
    record DayValue(String heading, String date, List<KeyRow> rows, int more) {}

    /** All values; {@code plan} is what {@link PlanValues} made, or null where no plan is shown. */
    Map<String, Object> with(@Nullable Map<String, Object> plan, Roles roles) {
        values.put("plan", plan);
        policyNumbers();
        stories.put(values, this::row);
        roles.put(values, keys, summary.now(), this::row);
        head();
        numbers();
        agenda();
        values.put("unread", EvidenceValues.unread(summary, keys));
        values.put("unreadTitle", unreadTitle());
        new PictureValues(keys, making.policies(), anchors, dates, summary.now()).put(values, summary.days());
        EvidenceValues.put(values, summary, keys, making);
        values.put("trend", making.narrowedTo().isEmpty() ? trend() : Map.of());
        return values;
    }

    private KeyRow row(Attention key) {
        String name = key.finding().governedBy();
        KeyRow row = KeyRow.of(key, name == null ? null : policies.get(name), anchors, dates);
        return stories.has(key) ? row.told("story" + row.anchor().substring(Anchors.PREFIX.length())) : row;
    }

    /** What the table can be grouped by: a row names its policy by a number, and by none the first of them. */
    private void policyNumbers() {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> names = new ArrayList<>();
        making.policies().stream().map(Policy::name).distinct().forEach(name -> {
            numbers.put(name, names.size());
            names.add(Safe.text(name));
        });
        numbers.put("", names.size());
        names.add("no policy");
        keys.stream()
                .map(key -> key.finding().governedBy())
                .filter(name -> name != null && !numbers.containsKey(name))
                .distinct()
                .forEach(name -> {
                    numbers.put(name, names.size());
                    names.add(Safe.text(name));
                });
        values.put("policyNumbers", numbers);
        values.put("policyNames", names);
    }

    private void head() {
        List<AccountRow> read = summary.accounts().stream()
                .filter(row -> row.state() != AccountRow.State.SKIPPED)
                .toList();
        long got = read.stream()
                .filter(row -> row.state() != AccountRow.State.FAILED)
                .count();
        int users = read.stream().mapToInt(AccountRow::users).sum();
        String accounts = got == read.size() ? Long.toString(got) : got + " of " + read.size();
        values.put(
                "scope",
                accounts
                        + (read.size() == 1 ? " account, " : " accounts, ")
                        + users
                        + (users == 1 ? " user" : " users"));
        values.put("title", "Keyturn report · " + dates.today());
        values.put("today", dates.today().toString());
        values.put("instant", summary.now().toString());
        values.put("read", ReportDates.minute(summary.now()));
        values.put(
                "changed",
                making.acts()
                        ? "Made before any step was taken"
                        : values.get("plan") == null ? "Nothing was changed" : "Plan only: nothing was changed");
        values.put("narrowed", Safe.text(String.join(", ", making.narrowedTo())));
    }

    private void numbers() {
        Map<Standing, Integer> counts = counts();
        int all = summary.keys();
        int healthy = summary.count(Standing.HEALTHY);
        long failed = summary.accounts().stream()
                .filter(row -> row.state() == AccountRow.State.FAILED)
                .count();
        values.put("keys", all);
        values.put("healthy", healthy);
        values.put("share", all == 0 ? "" : Math.round(100.0 * healthy / all) + " %");
        values.put("notRead", summary.count(Standing.UNKNOWN));
        values.put("accountsNotRead", failed == 0 ? "" : failed == 1 ? "and 1 account" : "and " + failed + " accounts");
        values.put("bar", StandingsBar.of(counts));
        values.put("standings", StandingsBar.parts(counts));
        int decisions = summary.decisions();
        values.put("decisions", decisions);
        String which = summary.complete() ? "" : decisions == 1 ? " that was read" : " that were read";
        values.put(
                "decisionWords",
                decisions == 1
                        ? "key" + which + " needs a decision this week"
                        : "keys" + which + " need a decision this week");
        values.put(
                "quiet",
                summary.complete()
                        ? "No key needs a decision."
                        : all == 0 ? "No key was read." : "No key that was read needs a decision.");
    }

    /** What earlier runs counted, and what this one counts: narrowed numbers would not be of the same keys. */
    private Map<String, Object> trend() {
        List<DayTotal> days = new ArrayList<>(making.past().stream()
                .filter(day -> day.day().isBefore(dates.today()))
                .toList());
        days.add(new DayTotal(dates.today(), counts(), summary.decisions()));
        return new TrendPlot(days, TREND).values();
    }

    private Map<Standing, Integer> counts() {
        Map<Standing, Integer> counts = new EnumMap<>(Standing.class);
        for (Standing standing : Standing.values()) {
            counts.put(standing, summary.count(standing));
        }
        return counts;
    }

    private void agenda() {
        List<DayValue> days = new ArrayList<>();
        int room = AGENDA_ROWS;
        int today = 0;
        for (Agenda day : Agenda.of(keys, summary.now(), ZoneOffset.UTC)) {
            today += day.day().equals(dates.today()) ? day.keys().size() : 0;
            List<KeyRow> rows =
                    day.keys().stream().limit(Math.max(0, room)).map(this::row).toList();
            room -= rows.size();
            if (!rows.isEmpty()) {
                LocalDate date = day.day();
                days.add(new DayValue(
                        dates.heading(date), date.toString(), rows, day.keys().size() - rows.size()));
            }
        }
        int shown = days.stream().mapToInt(day -> day.rows().size()).sum();
        values.put("agenda", days);
        values.put("agendaMore", summary.decisions() - shown);
        values.put("lede", lede(today, summary.decisions() - today));
    }

    private String lede(int today, int later) {
        String first = today == 0 ? later + " with time left" : today + " today";
        String second = today == 0 || later == 0 ? "" : ", " + later + " with time left";
        boolean held = keys.stream()
                .filter(key -> key.needsDecision(summary.now()))
                .allMatch(key -> key.next() == null || key.next().heldBy() != null);
        return first + second + "."
                + (held ? " The stage keeps Keyturn from every one of these steps: they are for people to take." : "");
    }

    private String unreadTitle() {
        int unknown = summary.count(Standing.UNKNOWN);
        String judged = unknown == 0 ? "" : PictureValues.counted(unknown) + " could not be judged";
        if (summary.complete()) {
            return judged;
        }
        return "Not everything was read" + (judged.isEmpty() ? "" : ", and " + judged);
    }

    private List<Group> groups() {
        Map<Standing, List<Attention>> byStanding = new EnumMap<>(Standing.class);
        keys.forEach(key -> byStanding
                .computeIfAbsent(key.finding().standing(), any -> new ArrayList<>())
                .add(key));
        List<Group> groups = new ArrayList<>();
        byStanding.forEach((standing, members) -> groups.add(new Group(
                Look.of(standing),
                Look.label(standing),
                Words.of(standing),
                members.size(),
                standing == Standing.HEALTHY && members.size() > CLOSED_ABOVE,
                members.size() <= MOST_LINKED,
                members.stream()
                        .sorted(Comparator.comparing(ReportValues::ageDays).reversed())
                        .limit(standing == Standing.HEALTHY ? MOST_HEALTHY : Integer.MAX_VALUE)
                        .map(this::row)
                        .toList())));
        values.put(
                "notListed",
                groups.stream()
                        .mapToInt(group -> group.count() - group.rows().size())
                        .sum());
        return groups;
    }

    private static long ageDays(Attention key) {
        Long days = key.finding().ageDays();
        return days == null ? -1 : days;
    }
}
