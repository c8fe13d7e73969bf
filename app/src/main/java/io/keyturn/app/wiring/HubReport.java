package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.ReadPermissions;
import io.keyturn.adapters.aws.hub.SecurityHub;
import io.keyturn.app.config.Report;
import io.keyturn.app.findings.AsffRenderer;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The findings of a run for the Security Hub of each account. Of keys that pass only the names are held until it is posted. */
final class HubReport {
    private final Report.SecurityHub report;
    private final Optional<String> region;
    private final Instant now;
    private final Map<Account, SecurityHub.Findings> found = new LinkedHashMap<>();

    HubReport(Report.SecurityHub report, Map<String, String> environment, Instant now) {
        this.report = report;
        this.region = report.region() == null ? ReadPermissions.region(environment) : Optional.of(report.region());
        this.now = now;
    }

    /** Takes an account that was read; of one that was not there is no session to import with. */
    void account(AccountOutcome outcome) {
        if (region.isEmpty() || !(outcome instanceof AccountOutcome.Surveyed surveyed)) {
            return;
        }
        StringWriter text = new StringWriter();
        AsffRenderer form = new AsffRenderer(new PrintWriter(text), now, region.get(), report.framework());
        form.account(surveyed, finding -> true);
        form.end(new Plan(List.of(), List.of(), ""), false);
        List<JsonNode> open = new ArrayList<>();
        Set<String> passed = new HashSet<>();
        for (JsonNode finding : JsonMapper.shared().readTree(text.toString())) {
            if (finding.path("RecordState").asString("").equals("ACTIVE")) {
                open.add(finding);
            } else {
                passed.add(finding.path("Id").asString(""));
            }
        }
        Set<String> generators = Set.of(AsffRenderer.generator(report.framework()), AsffRenderer.READING);
        boolean whole = surveyed.snapshot().reading().complete();
        found.put(surveyed.snapshot().account(), new SecurityHub.Findings(open, passed, generators, whole));
    }

    /** Posts, an account after the other; one that refuses holds up no other. */
    void post(AwsAccounts accounts, Reports.Listener listener) throws InterruptedException {
        if (region.isEmpty()) {
            Problem nowhere = new Problem(
                    "import findings into the hubs",
                    "all accounts",
                    "no Region is named",
                    "name it in AWS_REGION, or as region of that report");
            listener.posted(report, new Channel.Sending.Refused(nowhere));
            return;
        }
        for (Map.Entry<Account, SecurityHub.Findings> one : found.entrySet()) {
            try {
                SecurityHub hub = new SecurityHub(accounts.findings(one.getKey(), region.get()), now);
                SecurityHub.Imported imported = hub.put(one.getValue());
                imported.problems().forEach(problem -> listener.posted(report, new Channel.Sending.Refused(problem)));
                if (imported.problems().isEmpty()) {
                    listener.posted(report, taken(one.getKey(), imported));
                }
            } catch (ReadFailure failure) {
                listener.posted(report, new Channel.Sending.Refused(failure.problem()));
            }
        }
        found.clear();
    }

    private static Channel.Sending taken(Account account, SecurityHub.Imported imported) {
        String what = imported.imported() + " findings, " + imported.archived() + " of them ended";
        return new Channel.Sending.Taken(Placement.HANDED_OVER, account.id().value(), what);
    }
}
