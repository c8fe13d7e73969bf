package io.keyturn.app.presets;

import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Settings;
import io.keyturn.app.metrics.KeycheckLines;
import io.keyturn.app.words.Manner;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.core.policy.UserNames;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.ReadMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lacework's IAM access key monitoring: a line of metrics for every key, and for keys that end soon or ended a ticket, a
 * message on Slack once a day, and the switching off. Users outside the mapping to Slack are never told and never touched.
 */
final class Keycheck implements Preset {
    private static final Duration REMIND_EVERY = Duration.ofHours(24);

    @Override
    public String name() {
        return "keycheck";
    }

    @Override
    public Translation translate(Map<String, String> environment, List<String> arguments) throws BadSettings {
        Variables variables = new Variables(environment);
        KeycheckSettings read = KeycheckSettings.read(variables, arguments);
        variables.check();
        List<String> remarks = new ArrayList<>(variables.remarks());
        if (read.chatty()) {
            remarks.add("expire_age=" + read.days() + " send_slack=" + read.slack() + " create_jira="
                    + read.tickets() + " disable_key=" + read.disables() + " dump_metric_to_console=" + read.metrics()
                    + "; "
                    + read.owners().byUser().size() + " users in "
                    + read.owners().file());
        }
        return new Translation(
                settings(read),
                new Translation.Output.KeycheckMetrics(read.metrics(), read.days(), read.profile()),
                read.slack()
                        ? new Translation.State.KeycheckTable(
                                read.tableProfile(),
                                read.tableRegion(),
                                warn(read),
                                read.owners().byUser().keySet())
                        : new Translation.State.Nothing(),
                List.of(
                        "no store: the table says who was told, and standard error is the record (promise 15)",
                        "KEYTURN_STOP in the environment is the stop flag (promise 16)",
                        "one worker is assumed (promise 11)",
                        "no caps, no earlier notice: an expired key is switched off in the run that first sees it"
                                + " (promises 9 and 13)",
                        "keys are switched off by age alone, in use or not, without a new one in their place"
                                + " (promises 1 and 2)"),
                remarks,
                KeycheckFile.of(read));
    }

    private static Duration warn(KeycheckSettings read) {
        return Duration.ofDays(Math.max(0, read.days() - KeycheckLines.EXPIRING));
    }

    private static Settings settings(KeycheckSettings read) {
        Rules rules = new Rules(
                        policies(read),
                        List.of(),
                        List.of(new StageRule(null, null, Stage.ENFORCE)),
                        List.<OwnerRule>of(read.owners()),
                        Map.of(),
                        null,
                        false)
                .looking(false);
        Manner usual = Manner.DEFAULT;
        Acting acting = new Acting(
                read.channels(),
                new Manner(null, usual.zone(), usual.team(), null, Manner.Style.KEYCHECK, List.of(), true),
                Acting.NONE.window(),
                Acting.NONE.approval(),
                List.of(),
                read.credstash());
        return Settings.defaults(Path.of("keyturn.db"))
                .of(new AccountSource.Profile(read.profile(), null, false, read.profile()))
                .judgedBy(rules)
                .reading(ReadMode.LIVE, false)
                .acting(acting);
    }

    /** Of users outside the mapping there is nobody to tell, and their keys are production's. */
    private static List<Policy> policies(KeycheckSettings read) {
        List<Step> told = new ArrayList<>();
        if (read.slack()) {
            told.add(Step.REMIND);
        }
        List<Step> filed = read.tickets() ? List.of(Step.TICKET) : List.of();
        told.addAll(filed);
        List<Step> over = new ArrayList<>(told);
        if (read.disables()) {
            over.add(Step.DEACTIVATE);
        }
        Duration expire = Duration.ofDays(read.days());
        return List.of(
                policy(
                        "mapped",
                        UserNames.of(read.owners().byUser().keySet()),
                        new Limit(warn(read), expire, told, over)),
                policy("unmapped", Condition.ALWAYS, new Limit(warn(read), expire, filed, filed)));
    }

    private static Policy policy(String name, Condition when, Limit age) {
        return new Policy(name, when, age, null, REMIND_EVERY, null, Policy.DEFAULT_IN_USE_WINDOW, true);
    }
}
