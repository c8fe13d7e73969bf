package io.keyturn.bench;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rules;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Keys judged and planned a second, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m"})
public class AssessPlanBenchmark {
    private static final int USERS = 5_000;
    private static final long SEED = 7;

    /** The class alone is remembered; a tag is evaluated for every user. */
    @Param({"user.class == \"machine\"", "tag(\"team\") == \"team-7\" || user.path.startsWith(\"/service/\")"})
    public String machines = "";

    private Snapshot snapshot = JudgedWorld.snapshot(1, SEED);
    private Assessor assessor = new Assessor(JudgedWorld.rules("true"));
    private Planner planner = new Planner(JudgedWorld.rules("true"), History.NONE);

    @Setup
    public void prepare() {
        Rules rules = JudgedWorld.rules(machines);
        snapshot = JudgedWorld.snapshot(USERS, SEED);
        assessor = new Assessor(rules);
        planner = new Planner(rules, History.NONE);
    }

    @Benchmark
    @OperationsPerInvocation(USERS)
    public Plan assessAndPlan() {
        List<Finding> findings = assessor.assess(snapshot, JudgedWorld.NOW);
        AccountPlan plan = planner.plan(snapshot.account(), findings, JudgedWorld.NOW);
        return planner.settle(List.of(plan));
    }
}
