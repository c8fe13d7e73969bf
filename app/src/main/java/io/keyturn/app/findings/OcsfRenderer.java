package io.keyturn.app.findings;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Plan;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of the Open Cybersecurity Schema Framework, class Compliance Finding (2003) with the profile {@code cloud}, a line of
 * JSON each. Source: the published schema of OCSF 1.5.0, which its later versions take as well.
 */
public final class OcsfRenderer extends FindingsRenderer {
    private static final String SCHEMA = "1.5.0";
    private static final int COMPLIANCE_FINDING = 2003;
    private static final int FINDINGS = 2;
    private static final int CREATE = 1;
    private static final int AWS_ACCOUNT = 10;

    private final PrintWriter out;
    private final Instant now;
    private final String version;

    /**
     * Lines to {@code out}.
     *
     * @param now the time of every event
     * @param version of Keyturn
     * @param framework by whose controls keys are judged; null for Keyturn's own policies
     */
    public OcsfRenderer(PrintWriter out, Instant now, String version, @Nullable String framework) {
        super(framework);
        this.out = out;
        this.now = now;
        this.version = version;
    }

    @Override
    void key(Said said, Finding finding, Where where) {
        ObjectNode event = event(said, where, finding.standing() == Standing.EXEMPT);
        Instant created = finding.credential().created();
        if (created != null) {
            ((ObjectNode) event.get("finding_info")).put("created_time", created.toEpochMilli());
        }
        ObjectNode compliance = (ObjectNode) event.get("compliance");
        compliance.put("status_detail", finding.standing().label());
        if (!said.grade().controls().isEmpty()) {
            said.grade().controls().forEach(compliance.putArray("requirements")::add);
        }
        event.putObject("remediation").put("desc", KeyText.advice(finding));
        resources(event.putArray("resources"), finding, where.partition());
        out.print(event + "\n");
    }

    private static void resources(ArrayNode resources, Finding finding, @Nullable Partition partition) {
        ObjectNode key = resource(resources, "AwsIamAccessKey", partition).put("uid", KeyText.key(finding));
        if (finding.owner() instanceof Fact.Known<Owner>(Owner owner, var asOf)) {
            key.putObject("owner").put("name", owner.name());
        }
        ObjectNode user = resource(resources, "AwsIamUser", partition)
                .put("name", finding.credential().principal().display());
        if (finding.credential().principal() instanceof Principal.OfUser of) {
            user.put("uid", of.arn());
        }
    }

    private static ObjectNode resource(ArrayNode resources, String type, @Nullable Partition partition) {
        ObjectNode resource = resources.addObject().put("type", type);
        return partition == null ? resource : resource.put("cloud_partition", partition.id());
    }

    @Override
    void reading(Said said, Where where) {
        ObjectNode event = event(said, where, false);
        ObjectNode account = resource(event.putArray("resources"), "AwsAccount", where.partition())
                .put("name", where.name());
        if (!where.id().isEmpty()) {
            account.put("uid", where.id());
        }
        out.print(event + "\n");
    }

    private ObjectNode event(Said said, Where where, boolean exempt) {
        Grade grade = said.grade();
        ObjectNode event = JsonMapper.shared()
                .createObjectNode()
                .put("class_uid", COMPLIANCE_FINDING)
                .put("class_name", "Compliance Finding")
                .put("category_uid", FINDINGS)
                .put("activity_id", CREATE)
                .put("type_uid", COMPLIANCE_FINDING * 100 + CREATE)
                .put("time", now.toEpochMilli())
                .put("severity_id", severity(grade.severity()))
                .put("status_id", status(grade.result(), exempt))
                .put("message", said.title());
        ObjectNode metadata = event.putObject("metadata").put("version", SCHEMA);
        metadata.putArray("profiles").add("cloud");
        metadata.putObject("product")
                .put("name", "Keyturn")
                .put("vendor_name", "Keyturn")
                .put("version", version);
        event.putObject("finding_info")
                .put("uid", said.uid())
                .put("title", said.title())
                .put("desc", said.text());
        event.putObject("compliance")
                .put("control", "Access keys are fresh, used and owned")
                .put("status_id", passed(grade.result()))
                .putArray("standards")
                .add(framework == null ? "Keyturn policies" : framework);
        cloud(event.putObject("cloud"), where);
        return event;
    }

    private static void cloud(ObjectNode cloud, Where where) {
        cloud.put("provider", "AWS");
        if (where.partition() != null) {
            cloud.put("cloud_partition", where.partition().id());
        }
        ObjectNode account =
                cloud.putObject("account").put("name", where.name()).put("type_id", AWS_ACCOUNT);
        if (!where.id().isEmpty()) {
            account.put("uid", where.id());
        }
    }

    /** {@code severity_id}. */
    private static int severity(Grade.Severity severity) {
        return switch (severity) {
            case INFORMATIONAL -> 1;
            case LOW -> 2;
            case MEDIUM -> 3;
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
