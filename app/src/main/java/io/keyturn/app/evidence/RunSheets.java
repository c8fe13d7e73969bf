package io.keyturn.app.evidence;

import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.catalog.SeenGround;
import io.keyturn.engine.catalog.SeenRun;
import io.keyturn.engine.port.StoreFailure;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What earlier runs counted: the keys of each day, and how each run ended. */
public final class RunSheets {
    private static final int ALL = Integer.MAX_VALUE;

    /** By a Keyturn that did not keep it yet, or of a reading that was not whole. */
    private static final String NOT_RECORDED = "not recorded";

    private final Sheet days = new Sheet(
            "day",
            "counted",
            "keys",
            "overdue",
            "dueSoon",
            "leaked",
            "rotating",
            "unknown",
            "inactive",
            "exempt",
            "healthy",
            "needADecisionWithinAWeek",
            "medianAgeDays",
            "configurationSha256",
            "policyHash");
    private final Sheet runs = new Sheet(
            "began",
            "ended",
            "run",
            "command",
            "complete",
            "accounts",
            "calls",
            "throttled",
            "plan",
            "changesDue",
            "outcomes",
            "end",
            "begunBy",
            "configurationSha256",
            "policyHash");
    private final List<SeenRun> grounded;
    private final List<LocalDate> uncounted = new ArrayList<>();

    /**
     * Takes in what was counted.
     *
     * @param catalog what earlier runs left
     * @param today the last day that can have been counted
     */
    public RunSheets(Catalog catalog, Span span, LocalDate today) throws StoreFailure {
        this.grounded = catalog.runs(ALL).reversed();
        Map<LocalDate, DayTotal> totals =
                catalog.days().stream().collect(Collectors.toMap(DayTotal::day, total -> total));
        for (LocalDate day = span.from(); span.holds(day); day = day.plusDays(1)) {
            DayTotal total = totals.get(day);
            if (total != null) {
                counted(total);
            } else {
                days.row(day.toString(), "no", "", "", "", "", "", "", "", "", "", "", "", "", "");
                if (!day.isAfter(today)) {
                    uncounted.add(day);
                }
            }
        }
        grounded.stream().filter(run -> span.holds(run.began())).forEach(this::ran);
    }

    private void counted(DayTotal total) {
        int keys = total.counts().values().stream().mapToInt(Integer::intValue).sum();
        days.row(
                total.day().toString(),
                "yes",
                Integer.toString(keys),
                count(total, Standing.EXPIRED),
                count(total, Standing.WARNED),
                count(total, Standing.LEAKED),
                count(total, Standing.ROTATING),
                count(total, Standing.UNKNOWN),
                count(total, Standing.INACTIVE),
                count(total, Standing.EXEMPT),
                count(total, Standing.HEALTHY),
                Integer.toString(total.decisions()),
                total.medianDays() == null ? NOT_RECORDED : Double.toString(total.medianDays()),
                inForce(total.day(), SeenGround::configuration),
                inForce(total.day(), SeenGround::policy));
    }

    /** What was in force on a day: of several, in the order in which runs stood on them. */
    private String inForce(LocalDate day, Function<SeenGround, String> hash) {
        String all = grounded.stream()
                .filter(run -> LocalDate.ofInstant(run.began(), ZoneOffset.UTC).equals(day))
                .map(run -> hash(run, hash))
                .distinct()
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? NOT_RECORDED : all;
    }

    private static String hash(SeenRun run, Function<SeenGround, String> hash) {
        return run.ground() == null ? NOT_RECORDED : hash.apply(run.ground());
    }

    /** All runs that left anything, the first one first. */
    List<SeenRun> grounded() {
        return grounded;
    }

    private static String count(DayTotal total, Standing standing) {
        return Integer.toString(total.count(standing));
    }

    private void ran(SeenRun run) {
        runs.row(
                run.began().toString(),
                run.ended().toString(),
                run.name(),
                run.command(),
                run.complete() ? "yes" : "no",
                Integer.toString(run.accounts()),
                Long.toString(run.calls()),
                Long.toString(run.throttles()),
                run.plan(),
                Integer.toString(run.due()),
                run.outcomes().entrySet().stream()
                        .map(outcome -> outcome.getKey() + " " + outcome.getValue())
                        .collect(Collectors.joining("; ")),
                run.end(),
                run.by() == null ? "" : run.by(),
                hash(run, SeenGround::configuration),
                hash(run, SeenGround::policy));
    }

    /** Their files. */
    List<EvidenceFile> files() {
        return List.of(days.csv("days.csv"), runs.csv("runs.csv"));
    }

    /** What is missing, a sentence each. */
    List<String> missing() {
        if (uncounted.isEmpty()) {
            return List.of();
        }
        int count = uncounted.size();
        return List.of("no run counted the keys on " + count + " of " + days.rows() + " days, the first of them "
                + uncounted.getFirst() + ": days.csv names each");
    }
}
