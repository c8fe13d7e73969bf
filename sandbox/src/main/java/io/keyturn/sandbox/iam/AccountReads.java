package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.ServiceError;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What IAM tells of a whole account. */
final class AccountReads {
    private final World world;
    private final Duration reportDelay;
    private final UserReads users;

    AccountReads(World world, Duration reportDelay) {
        this.world = world;
        this.reportDelay = reportDelay;
        this.users = new UserReads(world);
    }

    String generateReport(Call call) {
        SimAccount.ReportState state =
                call.caller().account().generateReport(call.now(), reportDelay, world.partition());
        Xml xml = new Xml().text("State", state.name());
        if (state == SimAccount.ReportState.STARTED) {
            xml.text("Description", "No report exists. Starting a new report generation task");
        }
        return xml.toString();
    }

    String getReport(Call call) {
        SimAccount account = call.caller().account();
        SimAccount.ReportState state = account.reportState(call.now(), world.partition());
        SimAccount.Report report = account.report();
        if (report == null) {
            throw state == SimAccount.ReportState.ABSENT
                    ? new ServiceError(410, "ReportNotPresent", "No credential report. Call GenerateCredentialReport.")
                    : new ServiceError(404, "ReportInProgress", "The credential report is being made.");
        }
        if (!call.now().isBefore(report.made().plus(Duration.ofHours(4)))) {
            throw new ServiceError(410, "ReportExpired", "The credential report is older than four hours.");
        }
        return new Xml()
                .text("Content", Base64.getEncoder().encodeToString(report.csv().getBytes(StandardCharsets.UTF_8)))
                .text("ReportFormat", "text/csv")
                .time("GeneratedTime", report.made())
                .toString();
    }

    String authorizationDetails(Call call) {
        SimAccount account = call.caller().account();
        int limit = call.maxItems();
        List<SimUser> found = account.usersAfter(call.parameters().getOrDefault("Marker", ""), limit + 1);
        if (!wantsUsers(call)) {
            found = List.of();
        }
        boolean more = found.size() > limit;
        List<SimUser> page = more ? found.subList(0, limit) : found;
        Xml xml = new Xml().list("UserDetailList", page, (x, user) -> detail(x, user, account));
        for (String other : List.of("GroupDetailList", "RoleDetailList", "Policies")) {
            xml.open(other).close(other);
        }
        return UserReads.truncated(xml, more, page).toString();
    }

    private static boolean wantsUsers(Call call) {
        if (call.get("Filter.member.1") == null) {
            return true;
        }
        for (int i = 1; call.get("Filter.member." + i) != null; i++) {
            if ("User".equals(call.get("Filter.member." + i))) {
                return true;
            }
        }
        return false;
    }

    private void detail(Xml xml, SimUser user, SimAccount account) {
        users.user(xml, user, account);
        if (!user.inline().isEmpty()) {
            xml.list(
                    "UserPolicyList",
                    user.inline(),
                    (x, name) -> x.text("PolicyName", name).text("PolicyDocument", "%7B%7D"));
        }
        xml.list("GroupList", user.groups(), (x, group) -> x.bare(group));
        users.attached(xml, "AttachedManagedPolicies", user);
        UserReads.boundary(xml, user);
        xml.tags(user.tags());
    }

    String summary(Call call) {
        SimAccount account = call.caller().account();
        Map<String, Integer> entries = new LinkedHashMap<>();
        entries.put("Users", account.userCount());
        entries.put("UsersQuota", 5000);
        entries.put("AccessKeysPerUserQuota", 2);
        entries.put("AccountMFAEnabled", 1);
        entries.put("AccountAccessKeysPresent", account.rootKeys().isEmpty() ? 0 : 1);
        Xml xml = new Xml().open("SummaryMap");
        entries.forEach((key, value) -> xml.open("entry")
                .text("key", key)
                .text("value", Integer.toString(value))
                .close("entry"));
        return xml.close("SummaryMap").toString();
    }

    String aliases(Call call) {
        return new Xml()
                .list("AccountAliases", List.of(call.caller().account().name()), (xml, alias) -> xml.bare(alias))
                .text("IsTruncated", false)
                .toString();
    }

    /** Every action is allowed: the world has no policies of its own. */
    String simulate(Call call) {
        call.need("PolicySourceArn");
        List<String> names = new ArrayList<>();
        for (int i = 1; call.get("ActionNames.member." + i) != null; i++) {
            names.add(call.need("ActionNames.member." + i));
        }
        return new Xml()
                .list(
                        "EvaluationResults",
                        names,
                        (xml, name) -> xml.text("EvalActionName", name)
                                .text("EvalResourceName", "*")
                                .text("EvalDecision", "allowed"))
                .text("IsTruncated", false)
                .toString();
    }
}
