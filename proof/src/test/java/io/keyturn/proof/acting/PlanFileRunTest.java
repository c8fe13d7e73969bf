package io.keyturn.proof.acting;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.config.Fingerprint;
import io.keyturn.app.planfile.PlanFile;
import io.keyturn.app.planfile.PlanFileReader;
import io.keyturn.app.planfile.PlanFileWriter;
import io.keyturn.app.render.JsonRenderer;
import io.keyturn.app.wiring.Decided;
import io.keyturn.app.wiring.HistoryJob;
import io.keyturn.app.wiring.Job;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Planned;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.JournalStore.Query;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans that wait in a file and are carried out later, on a simulated organization by its real door. */
@Timeout(180)
class PlanFileRunTest {
    private static final String CONFIGURATION = """
            accounts:
              - organization: {roles: {read: keyturn-read, act: keyturn-act, create: keyturn-create}}
            policies:
              - name: everybody
                idle: {warn: 30d, expire: 45d, on-warn: [remind], on-expire: [remind, deactivate, delete]}
            owners:
              - default: {email: security@example.com}
            stages:
              - {stage: enforce}
            channels:
              email: {from: keyturn@example.com, region: eu-west-1}
            limits: {deactivate: {global: 3/d}}
            """;

    @TempDir
    private Path folder;

    private ActingWorld acting;

    @BeforeEach
    void start() throws Exception {
        acting = new ActingWorld(folder, 2, 40, CONFIGURATION);
        acting.run();
        acting.days(31);
        acting.run();
    }

    @AfterEach
    void stop() {
        acting.close();
    }

    /** A plan of what is to be switched off now, as a file has it. */
    private PlanFile planned() throws Exception {
        Path path = folder.resolve("plan.json");
        Job.Result made = new Job(acting.settings(), acting.environment, acting.server.clock())
                .run(new JsonRenderer(new StringWriter()), entry -> true, finding -> true, true);
        Plan cuts = made.plan().only(action -> action.kind() == Verb.DEACTIVATE);
        String policy = Fingerprint.of(acting.settings());
        Instant now = acting.server.clock().instant();
        PlanFileWriter.write(path, cuts, made.accounts(), true, policy, now);
        return PlanFileReader.read(path, policy, now);
    }

    @Test
    void aPlanInAFileIsCarriedOutAndNoOther() throws Exception {
        PlanFile file = planned();
        Planned first = file.actions().getFirst();
        Target target = new Target(first.account(), first.user(), first.name(), null);
        new Decided(acting.settings(), Map.of(), acting.server.clock())
                .make(decisions -> decisions.freeze(new Scope.OfTarget(target), "alice", "vendor", null));

        Map<String, Integer> counts = acting.run(file);

        assertThat(counts).isEqualTo(Map.of("deactivate Done", 2, "deactivate refused: frozen by alice: vendor", 1));
        List<String> lines = new ArrayList<>();
        new HistoryJob(acting.settings(), Map.of()).find(Query.ALL, line -> lines.add(line.text()));
        assertThat(lines.stream().filter(text -> text.contains(file.hash()))).hasSize(2);
        assertThat(acting.run(file).keySet())
                .as("what is done is done")
                .allMatch(key -> key.startsWith("deactivate refused"));
    }

    @Test
    void aPlanThatNoLongerFitsUnderACapIsNotBegun() throws Exception {
        PlanFile file = planned();
        assertThat(acting.run()).containsEntry("deactivate Done", 3);
        int inactive = acting.keys(false).size();

        assertThat(acting.run(file)).doesNotContainKey("deactivate Done");
        assertThat(acting.keys(false)).hasSize(inactive);
    }

    private void approve(Scope scope, @Nullable Step step, String by) throws Exception {
        Instant until = acting.server.clock().instant().plus(PlanFile.VALID);
        new Decided(acting.settings(), Map.of(), acting.server.clock())
                .make(decisions -> decisions.approve(scope, step, by, "agreed", until));
    }

    @Test
    void whereTwoMustApproveNothingIsChangedBeforeTheyDidAndThenOnlyThat() throws Exception {
        acting.configure(CONFIGURATION + "approval: two\n");
        String waits = "the configuration asks for the approval of two people: %s for `keyturn approve USER|KEY --why"
                + " TEXT`, or of a plan in a file";
        assertThat(acting.run()).containsKey(waits.formatted("3 changes wait")).doesNotContainKey("deactivate Done");
        Planned first = planned().actions().getFirst();
        Scope key = new Scope.OfTarget(new Target(first.account(), first.user(), first.name(), first.key()));

        approve(key, Step.DEACTIVATE, "arn:aws:iam::111122223333:user/alice");
        approve(key, Step.DEACTIVATE, "arn:aws:iam::111122223333:user/alice");
        approve(key, Step.DELETE, "arn:aws:iam::111122223333:user/bob");
        assertThat(acting.run()).containsKey(waits.formatted("3 changes wait")).doesNotContainKey("deactivate Done");

        approve(key, Step.DEACTIVATE, "arn:aws:iam::111122223333:user/bob");
        assertThat(acting.run()).containsKey(waits.formatted("2 changes wait")).containsEntry("deactivate Done", 1);
    }

    @Test
    void anApprovedPlanIsCarriedOutWholeAndItsApprovalEndsWithIt() throws Exception {
        acting.configure(CONFIGURATION + "approval: one\n");
        PlanFile file = planned();
        assertThat(acting.run(file)).doesNotContainKey("deactivate Done");

        approve(new Scope.OfPlan("0".repeat(64)), null, "user alice");
        assertThat(acting.run(file)).doesNotContainKey("deactivate Done");
        approve(new Scope.OfPlan(file.hash()), null, "user alice");
        acting.days(4);
        assertThat(acting.run(file)).doesNotContainKey("deactivate Done");

        approve(new Scope.OfPlan(file.hash()), null, "user alice");
        assertThat(acting.run(file))
                .containsEntry("deactivate Done", file.actions().size());
    }
}
