package io.keyturn.app.findings;

import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.Safe;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.report.DistinctNames;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of the Open Cybersecurity Schema Framework, class Compliance Finding (2003) with the profile {@code cloud}, a line of
 * JSON each: one for every key, and one for every account that says whether it was read whole.
 * Source: the published schema of OCSF 1.5.0, which its later versions take as well.
 */
public final class OcsfRenderer implements Renderer {
    private static final String SCHEMA = "1.5.0";
    private static final int COMPLIANCE_FINDING = 2003;
    private static final int FINDINGS = 2;
    private static final int CREATE = 1;
    private static final int AWS_ACCOUNT = 10;

    private final PrintWriter out;
    private final Instant now;
    private final String version;
    private final @Nullable String framework;
    private final DistinctNames uids = new DistinctNames();

    /**
     * Lines to {@code out}.
     *
     * @param now the time of every event
     * @param version of Keyturn
     * @param framework by whose controls keys are judged; null for Keyturn's own policies
     */
    public OcsfRenderer(PrintWriter out, Instant now, String version, @Nullable String framework) {
        this.out = out;
        this.now = now;
        this.version = version;
        this.framework = framework;
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                Account account = found.snapshot().account();
                String partition = account.partition().id();
                found.findings().stream().filter(view).forEach(finding -> key(finding, account.name(), partition));
                String why = found.snapshot().reading() instanceof Reading.Partial(String missing) ? missing : null;
                reading(account.id().value(), account.name(), partition, why);
            }
            case AccountOutcome.Skipped skipped -> {
                // It is left out on purpose: there is nothing to find.
            }
            case AccountOutcome.Failed failed ->
                reading(failed.id(), failed.label(), null, failed.problem().sentence());
        }
    }

    private void key(Finding finding, String accountName, String partition) {
        Grade grade = Grade.of(finding, framework);
        boolean exempt = finding.standing() == Standing.EXEMPT;
        ObjectNode event = event(
                uids.of("", KeyText.uid(finding, framework)),
                KeyText.title(finding),
                KeyText.description(finding),
                grade.result(),
                grade.severity(),
                exempt);
        ObjectNode info = (ObjectNode) event.get("finding_info");
        Instant created = finding.credential().created();
        if (created != null) {
            info.put("created_time", created.toEpochMilli());
        }
        ObjectNode compliance = (ObjectNode) event.get("compliance");
        if (!grade.controls().isEmpty()) {
            grade.controls().forEach(compliance.putArray("requirements")::add);
        }
        compliance.put("status_detail", finding.standing().label());
        event.putObject("remediation").put("desc", KeyText.advice(finding));
        cloud(event, finding.credential().account().value(), accountName, partition);
        resources(event.putArray("resources"), finding, partition);
        out.print(event + "\n");
    }

    private void resources(ArrayNode resources, Finding finding, String partition) {
        ObjectNode credential =
                resources.addObject().put("type", "AwsIamAccessKey").put("cloud_partition", partition);
        credential.put("uid", KeyText.key(finding));
        if (finding.owner() instanceof Fact.Known<Owner>(Owner owner, var asOf)) {
            credential.putObject("owner").put("name", owner.name());
        }
        ObjectNode user = resources
                .addObject()
                .put("type", "AwsIamUser")
                .put("name", finding.credential().principal().display())
                .put("cloud_partition", partition);
        if (finding.credential().principal() instanceof Principal.OfUser of) {
            user.put("uid", of.arn());
        }
    }

    /** Whether an account was read whole, as a finding of its own: so that what is missing is seen, and seen to end. */
    private void reading(String id, String name, @Nullable String partition, @Nullable String why) {
        ObjectNode event = event(
                uids.of("", "keyturn/reading/" + (id.isEmpty() ? name : id)),
                Safe.text("Access keys of account " + name + (why == null ? " were read" : " were not all read")),
                why == null ? "Everything that was needed was read." : Safe.text(why),
                why == null ? Grade.Result.PASSED : Grade.Result.UNKNOWN,
                why == null ? Grade.Severity.INFORMATIONAL : Grade.Severity.MEDIUM,
                false);
        cloud(event, id, name, partition);
        ObjectNode resource = event.putArray("resources")
                .addObject()
                .put("type", "AwsAccount")
                .put("name", name);
        if (!id.isEmpty()) {
            resource.put("uid", id);
        }
        out.print(event + "\n");
    }

    private ObjectNode event(
            String uid, String title, String text, Grade.Result result, Grade.Severity severity, boolean exempt) {
        ObjectNode event = JsonMapper.shared()
                .createObjectNode()
                .put("class_uid", COMPLIANCE_FINDING)
                .put("class_name", "Compliance Finding")
                .put("category_uid", FINDINGS)
                .put("activity_id", CREATE)
                .put("type_uid", COMPLIANCE_FINDING * 100 + CREATE)
                .put("time", now.toEpochMilli())
                .put("severity_id", severity(severity))
                .put("status_id", status(result, exempt))
                .put("message", title);
        ObjectNode metadata = event.putObject("metadata").put("version", SCHEMA);
        metadata.putArray("profiles").add("cloud");
        metadata.putObject("product")
                .put("name", "Keyturn")
                .put("vendor_name", "Keyturn")
                .put("version", version);
        event.putObject("finding_info").put("uid", uid).put("title", title).put("desc", text);
        ObjectNode compliance = event.putObject("compliance").put("status_id", passed(result));
        compliance.put("control", "Access keys are fresh, used and owned");
        List.of(framework == null ? "Keyturn policies" : framework).forEach(compliance.putArray("standards")::add);
        return event;
    }

    private static void cloud(ObjectNode event, String id, String name, @Nullable String partition) {
        ObjectNode cloud = event.putObject("cloud").put("provider", "AWS");
        if (partition != null) {
            cloud.put("cloud_partition", partition);
        }
        ObjectNode account = cloud.putObject("account").put("name", name).put("type_id", AWS_ACCOUNT);
        if (!id.isEmpty()) {
            account.put("uid", id);
        }
    }

    /** {@code severity_id}. */
    private static int severity(Grade.Severity severity) {
        return switch (severity) {
            case INFORMATIONAL -> 1;
            case LOW -> 2;
            case MEDIUM -> 3;
            case HIGH -> 4;
            case CRITICAL -> 5;
        };
    }

    /** {@code status_id}: new, suppressed or resolved. */
    private static int status(Grade.Result result, boolean exempt) {
        return exempt ? 3 : result == Grade.Result.PASSED ? 4 : 1;
    }

    /** {@code compliance.status_id}. */
    private static int passed(Grade.Result result) {
        return switch (result) {
            case UNKNOWN -> 0;
            case PASSED -> 1;
            case WARNING -> 2;
            case FAILED -> 3;
        };
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        out.flush();
    }
}
