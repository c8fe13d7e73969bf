package io.keyturn.bench;

import io.keyturn.app.render.JsonRenderer;
import io.keyturn.app.wiring.Shard;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A million users in two thousand accounts, in ten shards: every user is judged, planned and rendered for real, one account
 * after the other as a shard does; how long the reading takes is told by {@link ShardClock}, for no machine holds such an
 * organization.
 */
public final class OrganizationProjection {
    private static final int ACCOUNTS = 2_000;
    private static final int USERS = 500;
    private static final int SHARDS = 10;
    private static final long REPORT_MILLIS = 2_000;

    /** Processor time of a call and of all that becomes of its answer: 11.5 s of 15,050 calls, measured as a whole process. */
    private static final double CPU_MILLIS_A_CALL = 11_500.0 / 15_050;

    /** Prices of us-east-1, November 2026, in dollars: a GB second of Lambda on arm64, and a million invocations. */
    private static final double GB_SECOND = 0.0000133334;

    private static final double MILLION_INVOCATIONS = 0.20;
    /** What Lambda gives one whole processor for. */
    private static final double GB = 1.769;
    /** A million writes of DynamoDB on demand, and a GB of logs. */
    private static final double MILLION_WRITES = 0.625;

    private static final double GB_OF_LOGS = 0.50;
    private static final double LOG_KB_AN_ACCOUNT = 2;
    private static final int RUNS_A_MONTH = 30;

    private static final Set<Standing> WELL = Set.of(Standing.HEALTHY, Standing.EXEMPT);

    private final PrintStream out;
    private final Rules rules = JudgedWorld.rules("user.class == \"machine\"");

    private OrganizationProjection(PrintStream out) {
        this.out = out;
    }

    /** What became of one shard. */
    private record Sum(long calls, double wall, double cpu, long atRisk) {}

    public static void main(String[] arguments) {
        new OrganizationProjection(System.out).run();
    }

    private void run() {
        out.println(
                "shard  accounts    users  at risk   calls  reading s  judging s (CPU)  all CPU s  heap MiB by quarter");
        List<Sum> sums = new ArrayList<>();
        for (int i = 1; i <= SHARDS; i++) {
            sums.add(shard(new Shard(i, SHARDS)));
        }
        long calls = sums.stream().mapToLong(Sum::calls).sum();
        double slowest = sums.stream().mapToDouble(Sum::wall).max().orElse(0);
        double cpu = sums.stream().mapToDouble(Sum::cpu).sum();
        say(
                "%,d users of %,d accounts: %,d calls, %.1f s in ten processes of one core each, %.0f s of processor",
                ACCOUNTS * USERS, ACCOUNTS, calls, slowest, cpu);
        cost(sums);
    }

    private Sum shard(Shard shard) {
        List<ShardClock.Size> sizes = new ArrayList<>();
        List<AccountPlan> plans = new ArrayList<>();
        List<Long> heap = new ArrayList<>();
        Planner planner = new Planner(rules, History.NONE);
        Assessor assessor = new Assessor(rules);
        JsonRenderer renderer = new JsonRenderer(new PrintWriter(Writer.nullWriter()));
        long cpu = 0;
        int mine = 0;
        long atRisk = 0;
        for (int i = 0; i < ACCOUNTS; i++) {
            String number = String.format(Locale.ROOT, "%012d", 100_000_000_000L + i * 7_919L);
            if (!shard.holds(number)) {
                sizes.add(new ShardClock.Size(false, 0, 0));
                continue;
            }
            mine++;
            Snapshot snapshot = JudgedWorld.snapshot(number, USERS, i);
            long began = cpu();
            List<Finding> findings = assessor.assess(snapshot, JudgedWorld.NOW);
            AccountPlan plan = planner.plan(snapshot.account(), findings, JudgedWorld.NOW);
            renderer.account(new AccountOutcome.Surveyed(snapshot, findings, plan), finding -> true);
            cpu += cpu() - began;
            plans.add(plan.dueAlone());
            int risky = (int) findings.stream()
                    .filter(finding -> !WELL.contains(finding.standing()))
                    .count();
            atRisk += risky;
            sizes.add(new ShardClock.Size(true, USERS, risky));
            if (i % (ACCOUNTS / 4) > ACCOUNTS / 4 - 20 && heap.size() <= i / (ACCOUNTS / 4)) {
                heap.add(used());
            }
        }
        long began = cpu();
        Plan plan = planner.settle(plans);
        renderer.end(plan, true);
        cpu += cpu() - began;
        ShardClock.Read read = ShardClock.read(sizes, REPORT_MILLIS);
        double judged = cpu / 1e9;
        double all = judged + read.calls() * CPU_MILLIS_A_CALL / 1000;
        // One core works while it waits, and never faster than it can.
        double wall = Math.max(read.millis() / 1000.0, all);
        say(
                "%5d  %8d  %,7d  %,7d  %,6d  %9.1f  %15.1f  %9.1f  %s",
                shard.number(), mine, mine * USERS, atRisk, read.calls(), read.millis() / 1000.0, judged, all, heap);
        return new Sum(read.calls(), wall, all, atRisk);
    }

    private void cost(List<Sum> sums) {
        double seconds = sums.stream().mapToDouble(Sum::wall).sum();
        long keys = sums.stream().mapToLong(Sum::atRisk).sum();
        double lambda = RUNS_A_MONTH * (seconds * GB * GB_SECOND + SHARDS * MILLION_INVOCATIONS / 1e6);
        // Each key at risk: an intent, a notice and an outcome in a month, two writes each.
        double writes = keys * 6 * MILLION_WRITES / 1e6;
        double logs = RUNS_A_MONTH * ACCOUNTS * LOG_KB_AN_ACCOUNT / 1e6 * GB_OF_LOGS;
        say(
                "a run a day, a month: Lambda %.2f, DynamoDB %.2f, logs %.2f, together %.2f dollars; IAM and STS cost nothing",
                lambda, writes, logs, lambda + writes + logs);
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** MiB of the heap in use once what nobody holds is gone. */
    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
