package io.keyturn.adapters.aws.hub;

import io.keyturn.adapters.aws.CallFailure;
import io.keyturn.adapters.aws.FindingsDoor;
import io.keyturn.core.model.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the findings of one account into its AWS Security Hub, a hundred a call, and archives those that ended: of keys that are
 * healthy again, and of keys that are gone. A finding that is there already is updated, for it keeps its ID; what people wrote
 * to it stays. Source: Security Hub API reference, {@code BatchImportFindings} and {@code GetFindings}, version 2018-10-26.
 */
public final class SecurityHub {
    /** What the account's session must be allowed on its own product there. */
    public static final String IMPORT = "securityhub:BatchImportFindings";

    /** What a batch takes, and a page. */
    private static final int BATCH = 100;

    /** Members that every import must have; Security Hub's own ones of a finding are not sent back to it. */
    private static final List<String> KEPT = List.of(
            "SchemaVersion",
            "Id",
            "ProductArn",
            "GeneratorId",
            "AwsAccountId",
            "Types",
            "CreatedAt",
            "Title",
            "Description",
            "Resources");

    private final FindingsDoor door;
    private final Instant now;

    /** @param now when every finding was updated */
    public SecurityHub(FindingsDoor door, Instant now) {
        this.door = door;
        this.now = now;
    }

    /**
     * The findings of an account.
     *
     * @param open those that do not pass, in the AWS Security Finding Format
     * @param passed the IDs of those that do
     * @param generators which program's findings these are: of no other is any archived
     * @param whole whether the account was read whole, so that what is in neither is gone
     */
    public record Findings(List<JsonNode> open, Set<String> passed, Set<String> generators, boolean whole) {
        public Findings {
            open = List.copyOf(open);
            passed = Set.copyOf(passed);
            generators = Set.copyOf(generators);
        }
    }

    /**
     * What came of it.
     *
     * @param imported how many were taken
     * @param archived how many of them were ended
     * @param problems what was not taken, or could not be seen
     */
    public record Imported(int imported, int archived, List<Problem> problems) {
        public Imported {
            problems = List.copyOf(problems);
        }
    }

    /** Imports them, then ends what is over. */
    public Imported put(Findings findings) throws InterruptedException {
        List<Problem> problems = new ArrayList<>();
        int imported = send(findings.open(), problems);
        List<JsonNode> over = new ArrayList<>();
        try {
            over.addAll(over(findings));
        } catch (CallFailure failure) {
            problems.add(problem(
                    "see the ended findings",
                    failure.why() + ", so these stay open",
                    advice(failure, FindingsDoor.LOOK)));
        }
        int archived = send(over, problems);
        return new Imported(imported + archived, archived, problems);
    }

    private int send(List<JsonNode> findings, List<Problem> problems) throws InterruptedException {
        int taken = 0;
        for (int from = 0; from < findings.size(); from += BATCH) {
            List<JsonNode> batch = findings.subList(from, Math.min(findings.size(), from + BATCH));
            ObjectNode body = JsonMapper.shared().createObjectNode();
            body.putArray("Findings").addAll(batch);
            try {
                JsonNode answer = door.post("/findings/import", body.toString());
                taken += answer.path("SuccessCount").asInt(0);
                for (JsonNode failed : answer.path("FailedFindings")) {
                    problems.add(problem(
                            "import " + failed.path("Id").asString("a finding") + " into the hub",
                            "AWS answered " + failed.path("ErrorCode").asString("an error") + " ("
                                    + failed.path("ErrorMessage").asString("") + ")",
                            "the others of its batch were taken; the next run sends it again"));
                }
            } catch (CallFailure failure) {
                problems.add(problem(
                        "import " + batch.size() + " findings into the hub", failure.why(), advice(failure, IMPORT)));
                if (failure.denied() || failure.badCredentials() || FindingsDoor.notEnabled(failure)) {
                    return taken;
                }
            }
        }
        return taken;
    }

    /** Those that are open there and not here, as they stand there but for what says that they ended. */
    private List<JsonNode> over(Findings findings) throws CallFailure, InterruptedException {
        Set<String> open = new HashSet<>();
        findings.open().forEach(finding -> open.add(finding.path("Id").asString("")));
        List<JsonNode> over = new ArrayList<>();
        String next = null;
        do {
            JsonNode page = door.post("/findings", query(findings, next));
            for (JsonNode there : page.path("Findings")) {
                String id = there.path("Id").asString("");
                if (ours(there, findings)
                        && !open.contains(id)
                        && (findings.whole() || findings.passed().contains(id))) {
                    over.add(ended(there));
                }
            }
            String token = page.path("NextToken").asString("");
            if (!token.isEmpty() && token.equals(next)) {
                throw CallFailure.repeatedToken("GetFindings");
            }
            next = token.isEmpty() ? null : token;
        } while (next != null);
        return over;
    }

    private String query(Findings findings, @Nullable String next) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("MaxResults", BATCH);
        ObjectNode filters = body.putObject("Filters");
        ArrayNode generators = filters.putArray("GeneratorId");
        findings.generators().stream().sorted().forEach(one -> equal(generators, one));
        equal(filters.putArray("AwsAccountId"), door.account().id().value());
        equal(filters.putArray("RecordState"), "ACTIVE");
        if (next != null) {
            body.put("NextToken", next);
        }
        return body.toString();
    }

    private static void equal(ArrayNode filter, String value) {
        filter.addObject().put("Value", value).put("Comparison", "EQUALS");
    }

    /** The filter once more: nothing of another program's is ever touched. */
    private boolean ours(JsonNode there, Findings findings) {
        return findings.generators().contains(there.path("GeneratorId").asString(""))
                && there.path("RecordState").asString("ACTIVE").equals("ACTIVE")
                && there.path("AwsAccountId")
                        .asString("")
                        .equals(door.account().id().value());
    }

    private JsonNode ended(JsonNode there) {
        ObjectNode finding = JsonMapper.shared().createObjectNode();
        for (String name : KEPT) {
            if (there.has(name)) {
                finding.set(name, there.get(name));
            }
        }
        finding.put("UpdatedAt", now.toString()).put("RecordState", "ARCHIVED");
        finding.putObject("Severity").put("Label", "INFORMATIONAL");
        finding.putObject("Compliance").put("Status", "PASSED");
        return finding;
    }

    private Problem problem(String tried, String why, String advice) {
        return new Problem(tried, door.label() + " in " + door.region(), why, advice);
    }

    private static String advice(CallFailure failure, String action) {
        if (failure.denied()) {
            return "allow the role that reads the account " + action + "; see `keyturn iam-policy`";
        }
        return FindingsDoor.notEnabled(failure)
                ? "enable Security Hub in that account and Region, or take it out of reports"
                : failure.advice();
    }
}
