package io.keyturn.app.findings;

import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.Safe;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.report.DistinctNames;
import io.keyturn.engine.message.Readable;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Findings in the AWS Security Finding Format, an array of JSON as {@code BatchImportFindings} of AWS Security Hub takes them
 * (100 a call, from the account they name): one for every key, archived where it passes, and one for every account that says
 * whether it was read whole. Source: Security Hub API reference, {@code AwsSecurityFinding}, and its service model.
 */
public final class AsffRenderer implements Renderer {
    private static final String SCHEMA = "2018-10-08";
    private static final int LONGEST_TITLE = 256;
    private static final int LONGEST_TEXT = 1_024;
    private static final String CONTROLS = "Software and Configuration Checks/Industry and Regulatory Standards";
    private static final String LEAK = "TTPs/Credential Access";

    /** Partitions that the format knows. */
    private static final Set<String> PARTITIONS = Set.of("aws", "aws-cn", "aws-us-gov", "aws-us-iso", "aws-us-iso-b");

    private final PrintWriter out;
    private final Instant now;
    private final String region;
    private final @Nullable String framework;
    private final DistinctNames uids = new DistinctNames();
    private Partition partition = Partition.AWS;
    private String before = "[\n";

    /**
     * An array to {@code out}.
     *
     * @param now when every finding was updated
     * @param region of the Security Hub that is to take them
     * @param framework by whose controls keys are judged; null for Keyturn's own policies
     */
    public AsffRenderer(PrintWriter out, Instant now, String region, @Nullable String framework) {
        this.out = out;
        this.now = now;
        this.region = region;
        this.framework = framework;
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                Account account = found.snapshot().account();
                partition = account.partition();
                found.findings().stream().filter(view).forEach(this::key);
                String why = found.snapshot().reading() instanceof Reading.Partial(String missing) ? missing : null;
                reading(account.id().value(), account.name(), why);
            }
            case AccountOutcome.Skipped skipped -> {
                // It is left out on purpose: there is nothing to find.
            }
            case AccountOutcome.Failed failed ->
                reading(failed.id(), failed.label(), failed.problem().sentence());
        }
    }

    private void key(Finding finding) {
        Grade grade = Grade.of(finding, framework);
        CredentialId id = finding.credential();
        ObjectNode node = finding(
                id.account().value(),
                KeyText.uid(finding, framework),
                "keyturn/" + (framework == null ? "policies" : framework),
                KeyText.title(finding),
                KeyText.description(finding),
                grade.result(),
                grade.severity());
        Instant created = id.created();
        if (created != null) {
            node.put("CreatedAt", created.toString());
        }
        node.putArray("Types").add(finding.standing() == Standing.LEAKED ? LEAK : CONTROLS);
        if (!grade.controls().isEmpty()) {
            grade.controls().forEach(((ObjectNode) node.get("Compliance")).putArray("RelatedRequirements")::add);
        }
        node.putObject("Remediation").putObject("Recommendation").put("Text", KeyText.advice(finding));
        node.putObject("ProductFields")
                .put("keyturn/standing", finding.standing().label());
        ArrayNode resources = node.putArray("Resources");
        accessKey(resource(resources, "AwsIamAccessKey", KeyText.key(finding)), finding);
        if (id.principal() instanceof Principal.OfUser user) {
            resource(resources, "AwsIamUser", user.arn())
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

    /** Whether an account was read whole, as a finding of its own: so that what is missing is seen, and seen to end. */
    private void reading(String id, String name, @Nullable String why) {
        ObjectNode node = finding(
                id.isEmpty() ? "unknown" : id,
                "keyturn/reading/" + (id.isEmpty() ? Safe.text(name) : id),
                "keyturn/reading",
                Safe.text("Access keys of account " + name + (why == null ? " were read" : " were not all read")),
                why == null ? "Everything that was needed was read." : Safe.text(why),
                why == null ? Grade.Result.PASSED : Grade.Result.UNKNOWN,
                why == null ? Grade.Severity.INFORMATIONAL : Grade.Severity.MEDIUM);
        node.putArray("Types").add(CONTROLS);
        resource(node.putArray("Resources"), "AwsAccount", "AWS::::Account:" + (id.isEmpty() ? Safe.text(name) : id));
        print(node);
    }

    private ObjectNode finding(
            String account,
            String uid,
            String generator,
            String title,
            String text,
            Grade.Result result,
            Grade.Severity severity) {
        String id = uids.of("", uid);
        ObjectNode node = JsonMapper.shared()
                .createObjectNode()
                .put("SchemaVersion", SCHEMA)
                .put("Id", id)
                .put(
                        "ProductArn",
                        "arn:" + partition + ":securityhub:" + region + ":" + account + ":product/" + account
                                + "/default")
                .put("ProductName", "Keyturn")
                .put("GeneratorId", generator)
                .put("AwsAccountId", account)
                .put("CreatedAt", now.toString())
                .put("UpdatedAt", now.toString())
                .put("Title", Readable.cut(title, LONGEST_TITLE))
                .put("Description", Readable.cut(text, LONGEST_TEXT))
                .put("RecordState", result == Grade.Result.PASSED ? "ARCHIVED" : "ACTIVE");
        node.putObject("Severity").put("Label", severity.name());
        node.putObject("Compliance").put("Status", status(result));
        return node;
    }

    private ObjectNode resource(ArrayNode resources, String type, String id) {
        ObjectNode resource = resources.addObject().put("Type", type).put("Id", id);
        if (PARTITIONS.contains(partition.id())) {
            resource.put("Partition", partition.id());
        }
        return type.equals("AwsAccount") ? resource : resource.putObject("Details");
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
