package io.keyturn.app.evidence;

import io.keyturn.app.render.CsvRenderer;
import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.port.RawReports;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The accounts there are against the accounts that were read now, their keys, and the reports that they were read from. */
public final class Population implements Renderer, RawReports {
    /** How an account was read. */
    private record Row(
            String account,
            String name,
            String state,
            String via,
            String asOf,
            int users,
            int keys,
            String why,
            List<String> notes) {}

    private record Report(Instant generated, EvidenceFile file) {}

    private final Map<AccountId, Report> reports =
            new ConcurrentSkipListMap<>((one, other) -> one.value().compareTo(other.value()));
    private final List<Row> rows = new ArrayList<>();
    private final EvidencePen pen = new EvidencePen("keys.csv");
    private final CsvRenderer keys = new CsvRenderer(pen);

    @Override
    public void keep(AccountId account, Instant generated, String csv) {
        reports.put(account, new Report(generated, EvidenceFile.of("reports/" + account + ".csv", csv)));
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        keys.account(outcome, view);
        rows.add(
                switch (outcome) {
                    case AccountOutcome.Surveyed found -> row(found);
                    case AccountOutcome.Skipped(String label, String id, String why) ->
                        new Row(id, label, "left out", "", "", 0, 0, why, List.of());
                    case AccountOutcome.Failed failed ->
                        new Row(
                                failed.id(),
                                failed.label(),
                                "not read",
                                "",
                                "",
                                0,
                                0,
                                failed.problem().sentence(),
                                List.of());
                });
    }

    private static Row row(AccountOutcome.Surveyed found) {
        Snapshot snapshot = found.snapshot();
        boolean whole = snapshot.reading().complete();
        return new Row(
                snapshot.account().id().value(),
                snapshot.account().name(),
                whole ? "read" : "partly read",
                snapshot.via() == ReadVia.LIVE ? "live" : "report",
                snapshot.asOf().toString(),
                snapshot.users().size(),
                found.findings().size(),
                snapshot.reading() instanceof Reading.Partial(String why) ? why : "",
                snapshot.notes());
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        keys.end(plan, planAsked);
    }

    /** Whether every account that is not left out on purpose was read whole. */
    public boolean whole() {
        return count("partly read") + count("not read") == 0;
    }

    private int count(String state) {
        return (int) rows.stream().filter(row -> row.state().equals(state)).count();
    }

    /** Its files. */
    List<EvidenceFile> files() {
        Sheet sheet = new Sheet(
                "account",
                "name",
                "state",
                "readBy",
                "asOf",
                "users",
                "keys",
                "report",
                "reportMade",
                "reportSha256",
                "why");
        rows.stream()
                .sorted(Comparator.comparing(Row::account).thenComparing(Row::name))
                .forEach(row -> {
                    Report report = report(row);
                    sheet.row(
                            row.account(),
                            row.name(),
                            row.state(),
                            row.via(),
                            row.asOf(),
                            row.asOf().isEmpty() ? "" : Integer.toString(row.users()),
                            row.asOf().isEmpty() ? "" : Integer.toString(row.keys()),
                            report == null ? "" : report.file().name(),
                            report == null ? "" : report.generated().toString(),
                            report == null ? "" : report.file().sha256(),
                            row.why().isEmpty() ? noReport(row) : row.why());
                });
        List<EvidenceFile> files = new ArrayList<>();
        files.add(sheet.csv("population.csv"));
        rows.stream().map(this::report).filter(Objects::nonNull).forEach(report -> files.add(report.file()));
        try {
            files.add(pen.file());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written", e);
        }
        pen.close();
        return files;
    }

    private @Nullable Report report(Row row) {
        // A report that was kept and then not read from proves nothing of the account.
        return row.via().equals("report") ? reports.get(new AccountId(row.account())) : null;
    }

    /** Why there is no report of an account that was read; empty where there is one. */
    private String noReport(Row row) {
        if (!row.via().equals("live")) {
            return "";
        }
        return row.notes().isEmpty() ? "read live, as it is configured" : String.join("; ", row.notes());
    }

    /** What is missing, a sentence each. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Row row : rows) {
            String account = "account " + (row.account().isEmpty() ? row.name() : row.account());
            switch (row.state()) {
                case "not read" -> missing.add(account + " was not read: " + row.why());
                case "partly read" -> missing.add(account + " was read in part: " + row.why());
                default -> {
                    if (row.via().equals("live")) {
                        missing.add(account + " has no credential report here: " + noReport(row));
                    }
                }
            }
        }
        return missing;
    }

    void tell(ObjectNode into) {
        into.put("accounts", rows.size());
        into.put("read", count("read"));
        into.put("partlyRead", count("partly read"));
        into.put("notRead", count("not read"));
        into.put("leftOut", count("left out"));
        into.put("keys", rows.stream().mapToInt(Row::keys).sum());
    }
}
