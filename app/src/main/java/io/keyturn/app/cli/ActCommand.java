package io.keyturn.app.cli;

import io.keyturn.core.plan.Plan;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** A command that plans, shows the plan, and carries it out where that is approved. */
abstract class ActCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    SurveyOptions survey = new SurveyOptions();

    @Mixin
    OutputOptions output = new OutputOptions();

    @Mixin
    private ActOptions act = new ActOptions();

    /** The environment of the process. */
    final Map<String, String> environment() {
        return keyturn.environment;
    }

    /** The file of the plan to carry out; null for one of its own making. */
    @Nullable
    Path file() {
        return null;
    }

    /** Whether the plan, which was shown, is to be carried out. */
    abstract boolean approves(Plan plan);

    /** Whether a person looks on, or nothing is done. */
    boolean attended() {
        return true;
    }

    @Override
    public Integer call() throws StoreFailure {
        ActRuns.Approval approval = new ActRuns.Approval() {
            @Override
            public boolean approves(Plan plan) {
                return ActCommand.this.approves(plan);
            }

            @Override
            public boolean attended() {
                return ActCommand.this.attended();
            }
        };
        return new ActRuns(keyturn.environment, spec.commandLine()).run(survey, output, act.verbs(), file(), approval);
    }
}
