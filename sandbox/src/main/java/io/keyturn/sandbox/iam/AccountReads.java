package io.keyturn.sandbox.iam;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.protocol.Xml;
import io.keyturn.sandbox.world.Report;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What IAM tells of a whole account. */
final class AccountReads {
    private final Duration reportDelay;
    private final UserReads users;

    AccountReads(World world, Duration reportDelay) {
        this.reportDelay = reportDelay;
        this.users = new UserReads(world);
    }

    String generateReport(Call call) {
        Report.State state = call.caller().account().generateReport(call.now(), reportDelay);
        Xml xml = new Xml().text("State", state.name());
        if (state == Report.State.STARTED) {
            xml.text("Description", "No report exists. Starting a new report generation task");
        }
        return xml.toString();
    }

    String getReport(Call call) {
        SimAccount account = call.caller().account();
        Report report = account.report();
        return switch (account.reportState(call.now())) {
            case ABSENT, STARTED ->
                throw new ServiceError(410, "ReportNotPresent", "No credential report. Call GenerateCredentialReport.");
            case INPROGRESS -> throw new ServiceError(404, "ReportInProgress", "The credential report is being made.");
            case EXPIRED ->
                throw new ServiceError(410, "ReportExpired", "The credential report is older than four hours.");
            case COMPLETE -> report == null ? "" : content(report);
        };
    }

    private static String content(Report report) {
        byte[] csv = report.csv().getBytes(StandardCharsets.UTF_8);
        return new Xml()
                .text("Content", Base64.getEncoder().encodeToString(csv))
                .text("ReportFormat", "text/csv")
                .time("GeneratedTime", report.made())
                .toString();
    }

    String authorizationDetails(Call call) {
        SimAccount account = call.caller().account();
        Page<SimUser> page = wantsUsers(call) ? UserReads.page(call) : new Page<>(List.of(), null);
        Xml xml = new Xml();
        for (String other : List.of("GroupDetailList", "RoleDetailList", "Policies")) {
            xml.open(other).close(other);
        }
        return xml.page("UserDetailList", page, (x, user) -> detail(x, user, account))
                .toString();
    }

    private static boolean wantsUsers(Call call) {
        List<String> filter = call.members("Filter");
        return filter.isEmpty() || filter.contains("User");
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
        xml.list("AttachedManagedPolicies", user.attached(), users::attached);
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
                .page(
                        "AccountAliases",
                        call.page(List.of(call.caller().account().name())),
                        Xml::bare)
                .toString();
    }
}
