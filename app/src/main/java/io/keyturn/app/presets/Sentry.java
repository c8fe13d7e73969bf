package io.keyturn.app.presets;

import io.keyturn.app.config.Report;
import io.keyturn.app.config.Settings;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.DayCount;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.engine.port.ReadMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** serverless-iam-key-sentry by miztiik: a JSON list of old keys, posted to an SNS topic on every run. It acts on nothing. */
final class Sentry implements Preset {
    private static final String AGE = "key_age";
    private static final String AGE_TOO = "key_age_cutoff_in_days";
    private static final String TOPIC = "SecOpsTopicArn";
    private static final int DEFAULT_DAYS = 90;

    @Override
    public String name() {
        return "sentry";
    }

    @Override
    public Translation translate(Map<String, String> environment, List<String> arguments) throws BadSettings {
        Variables variables = new Variables(environment);
        variables.spelled(AGE, AGE_TOO, TOPIC);
        String named = variables.text(AGE).isPresent() ? AGE : AGE_TOO;
        int days = variables.days(named, variables.either(AGE, AGE_TOO), DEFAULT_DAYS);
        if (!arguments.isEmpty()) {
            variables.problem("sentry takes no argument, and \"" + arguments.getFirst() + "\" is one");
        }
        variables.check();
        // A wrong topic is told in the result, as the tool did: it is read as it stands.
        String topic = variables.text(TOPIC).orElse("");
        return new Translation(
                settings(days, topic),
                new Translation.Output.SentryJson(days),
                new Translation.State.Nothing(),
                List.of(
                        "no store: what was done is told on standard output and standard error alone (promise 15)",
                        "KEYTURN_STOP in the environment is the stop flag (promise 16)",
                        "one worker is assumed (promise 11)",
                        "no caps, no earlier notice (promises 9 and 13); it changes no key, so neither is ever needed"),
                variables.remarks(),
                file(days, topic));
    }

    /** Read live, for a report of AWS may be hours old and still hold keys that are gone. */
    private static Settings settings(int days, String topic) {
        Duration age = Duration.ofDays(days);
        Policy policy = new Policy(
                "sentry",
                Condition.ALWAYS,
                new Limit(age, age, List.of(), List.of()),
                null,
                Policy.DEFAULT_REMIND_EVERY,
                null,
                Policy.DEFAULT_IN_USE_WINDOW,
                false);
        Rules rules = new Rules(
                        List.of(policy),
                        List.of(),
                        List.of(new StageRule(null, null, Stage.ENFORCE)),
                        List.of(),
                        Map.of(),
                        Rules.DEFAULT_FIRST_NOTICE,
                        false)
                .counting(DayCount.CALENDAR);
        return Settings.defaults(Path.of("keyturn.db"))
                .judgedBy(rules)
                .reading(ReadMode.LIVE, false)
                .reporting(List.of(new Report.Sentry(days, topic)));
    }

    private static String file(int days, String topic) {
        return """
                # What `keyturn run --preset sentry` does, as a configuration: `keyturn run --config keyturn.yaml`.
                # Made of key_age=%1$d and SecOpsTopicArn=%2$s.
                # The same list goes to the same topic. On the screen is Keyturn's own table, and the runs are remembered in
                # a file (`store`).

                accounts:
                  - {}                        # that of the credentials at hand
                  # - organization: {role: keyturn-read}    # better: every account of the organization in one run

                policies:
                  - name: sentry
                    age: {expire: %1$dd, on-warn: [], on-expire: []}    # the list alone; nobody is told of their own keys
                    # better: owners hear of their keys in time, before these are %1$d days old
                    # age: {warn: %3$dd, expire: %1$dd, on-warn: [remind], on-expire: [remind]}

                reports:
                  - {form: sentry, older-than: %1$dd, topic: "%2$s"}

                count-days: calendar          # as sentry counts; elapsed counts every 24 hours
                read: live                    # as sentry reads; auto takes AWS's report where that is cheaper
                leaks: false                  # better: auto, which finds keys that AWS knows to be leaked
                owners: []                    # better: [{tag: Owner}, {tag: Email}], so that there is somebody to tell
                stages:
                  - {stage: enforce}          # notify is enough: no step here changes a key
                """.formatted(
                        days,
                        topic.isEmpty() ? "arn:aws:sns:us-east-1:111122223333:name-your-topic-here" : topic,
                        Math.max(0, days - 15));
    }
}
