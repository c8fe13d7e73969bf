package io.keyturn.app.findings;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.message.Readable;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings in the AWS Security Finding Format, an array of JSON as {@code BatchImportFindings} of AWS Security Hub takes them
 * (100 a call, from the account they name), archived where they pass. Source: Security Hub API reference,
 * {@code AwsSecurityFinding}, and its service model.
 */
public final class AsffRenderer extends FindingsRenderer {
    /** Names what says whether an account was read. */
    public static final String READING = "keyturn/reading";

    private static final String SCHEMA = "2018-10-08";
    private static final int LONGEST_TITLE = 256;
    private static final int LONGEST_TEXT = 1_024;
    private static final int MOST_REQUIREMENTS = 32;
    private static final String CONTROLS = "Software and Configuration Checks/Industry and Regulatory Standards";
    private static final String LEAK = "TTPs/Credential Access";

    /** Partitions that the format knows. */
    private static final Set<String> PARTITIONS = Set.of("aws", "aws-cn", "aws-us-gov", "aws-us-iso", "aws-us-iso-b");

    private final PrintWriter out;
    private final Instant now;
    private final String region;
    private Partition seen = Partition.AWS;
    private String before = "[\n";

    /**
     * An array to {@code out}.
     *
     * @param now when every finding was updated
     * @param region of the Security Hub that is to take them
     * @param framework by whose controls keys are judged; null for Keyturn's own policies
     */
    public AsffRenderer(PrintWriter out, Instant now, String region, @Nullable String framework) {
        super(framework);
        this.out = out;
        this.now = now;
        this.region = region;
    }

    /** Names what judges keys: the policies, for null, or a framework. */
    public static String generator(@Nullable String framework) {
        return "keyturn/" + (framework == null ? "policies" : framework);
    }

    @Override
    void key(Said said, Finding finding, Where where) {
        CredentialId id = finding.credential();
        ObjectNode node = finding(said, where, generator(framework));
        Instant created = id.created();
        if (created != null) {
            node.put("CreatedAt", created.toString());
        }
        node.putArray("Types").add(finding.standing() == Standing.LEAKED ? LEAK : CONTROLS);
        if (!said.grade().controls().isEmpty()) {
            said.grade().controls().stream()
                    .limit(MOST_REQUIREMENTS)
                    .forEach(((ObjectNode) node.get("Compliance")).putArray("RelatedRequirements")::add);
        }
        node.putObject("Remediation").putObject("Recommendation").put("Text", KeyText.advice(finding));
        node.putObject("ProductFields")
                .put("keyturn/standing", finding.standing().label());
        ArrayNode resources = node.putArray("Resources");
        accessKey(resource(resources, "AwsIamAccessKey", KeyText.key(finding)).putObject("Details"), finding);
        if (id.principal() instanceof Principal.OfUser user) {
            resource(resources, "AwsIamUser", user.arn())
                    .putObject("Details")
                    .putObject("AwsIamUser")
                    .put("UserName", user.name().value())
                    .put("UserId", user.id().value());
        }
        print(node);
    }

    private static void accessKey(ObjectNode details, Finding finding) {
        CredentialId id = finding.credential();
        ObjectNode key = details.putObject("AwsIamAccessKey")
                .put("AccountId", id.account().value());
        switch (id.principal()) {
            case Principal.OfUser user ->
                key.put("PrincipalType", "IAMUser")
                        .put("PrincipalId", user.id().value())
                        .put("PrincipalName", user.name().value());
            case Principal.Root() -> key.put("PrincipalType", "Root");
        }
        if (finding.active() != null) {
            key.put("Status", finding.active() ? "Active" : "Inactive");
        }
        if (id.keyId() != null) {
            key.put("AccessKeyId", id.keyId().value());
        }
        if (id.created() != null) {
            key.put("CreatedAt", id.created().toString());
        }
    }

    @Override
    void reading(Said said, Where where) {
        ObjectNode node = finding(said, where, READING);
        node.putArray("Types").add(CONTROLS);
        resource(node.putArray("Resources"), "AwsAccount", "AWS::::Account:" + account(where));
        print(node);
    }

    /** The number; without one the finding says so, and Security Hub will refuse it rather than file it elsewhere. */
    private static String account(Where where) {
        return where.id().isEmpty() ? "unknown" : where.id();
    }

    private ObjectNode finding(Said said, Where where, String generator) {
        seen = where.partition() == null ? seen : where.partition();
        String account = account(where);
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("SchemaVersion", SCHEMA)
                .put("Id", said.uid())
                .put(
                        "ProductArn",
                        "arn:" + seen + ":securityhub:" + region + ":" + account + ":product/" + account + "/default")
                .put("ProductName", "Keyturn")
                .put("GeneratorId", generator)
                .put("AwsAccountId", account)
                .put("CreatedAt", now.toString())
                .put("UpdatedAt", now.toString())
                .put("Title", Readable.cut(said.title(), LONGEST_TITLE))
                .put("Description", Readable.cut(said.text(), LONGEST_TEXT))
                .put("RecordState", said.grade().result() == Grade.Result.PASSED ? "ARCHIVED" : "ACTIVE");
        node.putObject("Severity").put("Label", said.grade().severity().name());
        node.putObject("Compliance").put("Status", status(said.grade().result()));
        return node;
    }

    private ObjectNode resource(ArrayNode resources, String type, String id) {
        ObjectNode resource = resources.addObject().put("Type", type).put("Id", id);
        return PARTITIONS.contains(seen.id()) ? resource.put("Partition", seen.id()) : resource;
    }

    /** What is not known is a warning there: "some information is missing". */
    private static String status(Grade.Result result) {
        return switch (result) {
            case PASSED -> "PASSED";
            case WARNING, UNKNOWN -> "WARNING";
            case FAILED -> "FAILED";
        };
    }

    private void print(ObjectNode node) {
        out.print(before + node);
        before = ",\n";
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        out.print(before.equals("[\n") ? "[]\n" : "\n]\n");
        out.flush();
    }
}
