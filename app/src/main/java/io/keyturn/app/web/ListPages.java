package io.keyturn.app.web;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.Moment;
import io.keyturn.app.render.html.ReportDates;
import io.keyturn.app.words.Manner;
import io.keyturn.core.report.OwnerRow;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.catalog.SeenRun;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Accounts, owners, runs and health: each a table. */
final class ListPages {
    private static final int SIZE = 100;
    private static final int RUNS = 50;
    private static final int ENTRIES = 100;
    private static final int FORCE = 500;
    private static final Duration LOOKED_BACK = Duration.ofDays(30);

    private final Site site;

    ListPages(Site site) {
        this.site = site;
    }

    Reply accounts(Call call) throws StoreFailure {
        List<SeenAccount> all = site.catalog().accounts();
        Frame frame = new Frame(site, call);
        frame.with(
                "accounts",
                all.stream().map(seen -> Rows.account(seen, site.now())).toList());
        frame.with(
                "notes",
                all.stream()
                        .flatMap(seen ->
                                seen.notes().stream().map(note -> seen.row().name() + ": " + note))
                        .map(Safe::text)
                        .limit(SIZE)
                        .toList());
        return frame.page("accounts", "accounts", "Accounts");
    }

    Reply owners(Call call) throws StoreFailure {
        String text = call.query().first("q").toLowerCase(Locale.ROOT).strip();
        List<OwnerRow> found = site.catalog().owners().stream()
                .filter(row -> row.name().toLowerCase(Locale.ROOT).contains(text))
                .toList();
        Frame frame = new Frame(site, call);
        frame.with("text", Safe.text(call.query().first("q")));
        frame.with(
                "owners",
                found.stream()
                        .limit(SIZE)
                        .map(row -> Rows.owner(row, opens(row)))
                        .toList());
        frame.with("total", found.size());
        frame.with("more", Math.max(0, found.size() - SIZE));
        return frame.page("owners", "owners", "Owners");
    }

    /**
     * The address of the page of an owner's keys; empty where there is none. Only where people are simulated: a link lets
     * whoever has it speak as the owner.
     */
    private String opens(OwnerRow owner) {
        return owner.nobody() || !site.simulated()
                ? ""
                : site.links()
                        .map(links -> links.of(owner.name(), site.now(), Manner.Link.USUAL)
                                .getRawPath())
                        .orElse("");
    }

    /** A run in the table of runs. */
    record Run(
            String name, String command, String began, String took, String read, String plan, String did, String end) {}

    Reply runs(Call call) throws StoreFailure {
        Frame frame = new Frame(site, call);
        frame.with(
                "runs", site.catalog().runs(RUNS).stream().map(ListPages::run).toList());
        List<Entry> entries =
                site.entries(new JournalStore.Query(null, null, null, site.now().minus(LOOKED_BACK)));
        List<Moment> moments = new ArrayList<>();
        entries.stream()
                .sorted(Comparator.comparing((Entry entry) -> entry.stamp().at())
                        .reversed())
                .limit(ENTRIES)
                .forEach(entry -> moments.add(Moment.of(entry, true)));
        frame.with("moments", moments);
        frame.with("momentsMore", Math.max(0, entries.size() - ENTRIES));
        work(frame);
        return frame.page("runs", "runs", "Runs").with("Content-Security-Policy", Door.LIVE);
    }

    /** The run under way, or who begins the next. */
    Reply work(Call call) throws StoreFailure {
        Frame frame = new Frame(site, call);
        work(frame);
        return frame.part("work");
    }

    /** What a run is about; and the state, which is another one once a run began or ended, here or elsewhere. */
    private void work(Frame frame) throws StoreFailure {
        WorkValues.put(frame, site);
        Site.Work work = site.work();
        String last =
                site.catalog().runs(1).stream().map(SeenRun::name).findFirst().orElse("");
        frame.with("state", Safe.text(work.began() + " " + work.next() + " " + last));
    }

    private static Run run(SeenRun run) {
        long seconds = Duration.between(run.began(), run.ended()).toSeconds();
        return new Run(
                run.name(),
                run.command() + (run.by() == null ? "" : ", begun by " + Safe.text(run.by())),
                ReportDates.minute(run.began()),
                seconds < 1 ? "under 1 s" : seconds + " s",
                (run.complete() ? "whole" : "not whole") + ", "
                        + (run.accounts() == 1 ? "1 account" : run.accounts() + " accounts") + ", " + run.calls()
                        + " calls" + (run.throttles() == 0 ? "" : ", " + run.throttles() + " throttled"),
                run.plan().isEmpty() ? "–" : PlanWords.hash(run.plan()),
                run.outcomes().isEmpty()
                        ? run.due() == 0 ? "nothing was due" : run.due() + " changes due, nothing done"
                        : run.outcomes().entrySet().stream()
                                .map(outcome -> outcome.getValue() + " " + outcome.getKey())
                                .collect(Collectors.joining(", ")),
                Safe.text(run.end()));
    }

    /** Something that is held back. */
    record Held(String address, String user, String four, String account, String why) {}

    Reply health(Call call) throws StoreFailure {
        Frame frame = new Frame(site, call);
        List<SeenAccount> accounts = site.catalog().accounts();
        frame.with("channels", Channels.of(site));
        frame.with(
                "accounts",
                accounts.stream()
                        .map(seen -> Rows.account(seen, site.now()))
                        .filter(row -> !row.state().isEmpty())
                        .toList());
        frame.with("accountsAll", accounts.size());
        frame.with("held", held());
        List<InForce.Row> force = InForce.of(site.settings().rules().exemptions(), site.decisions(), site.now());
        frame.with("force", force.subList(0, Math.min(FORCE, force.size())));
        frame.with("forceMore", Math.max(0, force.size() - FORCE));
        frame.with("store", site.settings().store().toString());
        WorkValues.put(frame, site);
        return frame.page("health", "health", "Health");
    }

    private List<Held> held() throws StoreFailure {
        return site.catalog().plan().map(SeenPlan::rows).orElse(List.of()).stream()
                .filter(row -> row.state() == SeenPlan.State.HELD)
                .limit(SIZE)
                .map(row -> {
                    KeyName name = KeyName.of(row);
                    return new Held(
                            name.address(),
                            name.user(),
                            name.four(),
                            Safe.text(row.account()),
                            Safe.text(row.more() == null ? "" : row.more()));
                })
                .toList();
    }
}
