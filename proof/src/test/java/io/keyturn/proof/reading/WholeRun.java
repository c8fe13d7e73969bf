package io.keyturn.proof.reading;

import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.wiring.Job;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.report.Words;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One run of the product in this process, the whole way from accounts to plan, and what it came to. */
record WholeRun(List<AccountOutcome> outcomes, Plan plan, boolean complete) {
    static WholeRun of(Settings settings, Map<String, String> environment, InstantSource clock)
            throws InterruptedException, StoreFailure {
        List<AccountOutcome> outcomes = new ArrayList<>();
        List<Plan> plans = new ArrayList<>();
        Job.Result result = new Job(settings, environment, clock)
                .run(
                        new Renderer() {
                            @Override
                            public void account(AccountOutcome outcome, Predicate<Finding> view) {
                                outcomes.add(outcome);
                            }

                            @Override
                            public void end(Plan plan, boolean planAsked) {
                                plans.add(plan);
                            }
                        },
                        entry -> true,
                        finding -> true,
                        true);
        return new WholeRun(List.copyOf(outcomes), plans.getFirst(), result.complete());
    }

    List<AccountOutcome.Surveyed> surveyed() {
        return outcomes.stream()
                .filter(AccountOutcome.Surveyed.class::isInstance)
                .map(AccountOutcome.Surveyed.class::cast)
                .toList();
    }

    List<Finding> findings() {
        return surveyed().stream().flatMap(found -> found.findings().stream()).toList();
    }

    /**
     * What a person is told of every key, sorted: all but how fresh each fact is, and IDs that nobody needs yet. Of the
     * root user only that it has a key: AWS tells a live reader no more.
     */
    List<String> told() {
        return findings().stream().map(WholeRun::told).distinct().sorted().toList();
    }

    /** What one run tells and the other does not; empty where both tell the same. */
    List<String> notToldBy(WholeRun other) {
        List<String> apart = new ArrayList<>(told());
        other.told().forEach(apart::remove);
        return apart;
    }

    private static String told(Finding finding) {
        CredentialId credential = finding.credential();
        String why = finding.reasons().stream().map(Words::sentence).toList().toString();
        if (credential.principal() instanceof Principal.Root) {
            return String.join(
                    " | ",
                    credential.account().value(),
                    "root",
                    finding.standing().label(),
                    why);
        }
        return String.join(
                " | ",
                credential.account().value(),
                credential.principal().toString(),
                String.valueOf(credential.created()),
                finding.standing().needsAttention() ? String.valueOf(credential.keyId()) : "no ID needed",
                "active " + finding.active(),
                finding.age() + " old, " + finding.idle() + " idle",
                finding.lastUse().toString(),
                finding.standing().label(),
                "by " + finding.governedBy(),
                why,
                finding.owner().orElse(null) + "",
                finding.deadlines().toString(),
                finding.controls().toString());
    }
}
