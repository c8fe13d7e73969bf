package io.keyturn.app.presets;

import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.ConditionError;
import io.keyturn.app.config.Report;
import io.keyturn.app.config.Settings;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * aws-iam-sleuth by trussworks: tells a Slack channel and an SNS topic of keys near and past their limits of age and
 * disuse, on every run, and switches off those past them where it is told to.
 */
final class Sleuth implements Preset {
    static final String EXPIRES = "ENABLE_AUTO_EXPIRE";
    static final String EXPIRATION = "EXPIRATION_AGE";
    static final String WARNING = "WARNING_AGE";
    static final String INACTIVITY = "INACTIVITY_AGE";
    static final String INACTIVITY_WARNING = "INACTIVITY_WARNING_AGE";
    static final String SLACK = "SLACK_URL";
    static final String TOPIC = "SNS_TOPIC";
    static final String DEBUG = "DEBUG";
    private static final int DEFAULT_EXPIRATION = 90;

    /** Users whose keys are left alone, by their tag; what the tag says in any case. */
    static final String EXEMPT = "tag(\"KeyAutoExpire\").matches(\"(?i)^false$\")";

    private static final Pattern TOPIC_ARN =
            Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}");

    /** The four ages, in days. */
    private record Ages(int warning, int expiration, int inactivityWarning, int inactivity) {}

    @Override
    public String name() {
        return "sleuth";
    }

    @Override
    public Translation translate(Map<String, String> environment, List<String> arguments) throws BadSettings {
        Variables variables = new Variables(environment);
        variables.spelled(
                EXPIRES,
                EXPIRATION,
                WARNING,
                INACTIVITY,
                INACTIVITY_WARNING,
                "EXPIRE_NOTIFICATION_TITLE",
                "EXPIRE_NOTIFICATION_TEXT",
                "INACTIVE_NOTIFICATION_TITLE",
                "INACTIVE_NOTIFICATION_TEXT",
                SLACK,
                TOPIC,
                DEBUG);
        if (!arguments.isEmpty()) {
            variables.problem("sleuth takes no argument, and \"" + arguments.getFirst() + "\" is one");
        }
        boolean acts = acts(variables);
        Ages ages = ages(variables);
        boolean debug = variables.text(DEBUG).isPresent();
        boolean slack = slack(variables, debug);
        String topic = topic(variables);
        variables.check();
        if (!slack && topic == null) {
            variables.remark("neither " + SLACK + " nor " + TOPIC + " is set: nobody is told");
        }
        Report.Sleuth said = new Report.Sleuth(
                heading(variables, "EXPIRE", Report.Heading.AGE),
                heading(variables, "INACTIVE", Report.Heading.IDLE),
                slack && !debug ? new SecretReference.Env(SLACK) : null,
                topic);
        return new Translation(
                settings(ages, acts, said),
                new Translation.Output.Sleuth(said, debug),
                new Translation.State.Nothing(),
                relaxed(acts),
                variables.remarks(),
                SleuthFile.text(
                        ages.warning, ages.expiration, ages.inactivityWarning, ages.inactivity, acts, said, slack));
    }

    private static boolean acts(Variables variables) {
        Optional<String> given = variables.text(EXPIRES);
        given.filter(text -> text.equalsIgnoreCase("true") && !text.equals("true"))
                .ifPresent(text -> variables.remark(
                        EXPIRES + " is \"" + text + "\": only \"true\" switches keys off, as in the tool"));
        return given.filter("true"::equals).isPresent();
    }

    private static Ages ages(Variables variables) {
        int expiration = variables.days(EXPIRATION, variables.text(EXPIRATION), DEFAULT_EXPIRATION);
        if (variables.text(WARNING).isEmpty()) {
            variables.problem(WARNING + " is not set; write the age in days at which owners are warned, for example "
                    + Math.max(0, expiration - 10));
        }
        int warning = variables.days(WARNING, variables.text(WARNING), Math.max(0, expiration - 1));
        boolean inactivitySet = variables.text(INACTIVITY).isPresent();
        boolean warningSet = variables.text(INACTIVITY_WARNING).isPresent();
        if (inactivitySet != warningSet) {
            String set = inactivitySet ? INACTIVITY : INACTIVITY_WARNING;
            String unset = inactivitySet ? INACTIVITY_WARNING : INACTIVITY;
            variables.problem(set + " is set and " + unset + " is not; set both or neither");
        }
        int inactivity = variables.days(INACTIVITY, variables.text(INACTIVITY), expiration);
        int inactivityWarning = variables.days(INACTIVITY_WARNING, variables.text(INACTIVITY_WARNING), warning);
        if (warning >= expiration && variables.text(WARNING).isPresent()) {
            variables.problem(WARNING + " is " + warning + " and must be less than " + EXPIRATION + ", " + expiration);
        }
        if (inactivity > expiration) {
            variables.problem(
                    INACTIVITY + " is " + inactivity + " and must not be more than " + EXPIRATION + ", " + expiration);
        }
        if (inactivitySet && warningSet && inactivityWarning >= inactivity) {
            variables.problem(INACTIVITY_WARNING + " is " + inactivityWarning + " and must be less than " + INACTIVITY
                    + ", " + inactivity);
        }
        return new Ages(warning, expiration, inactivityWarning, inactivity);
    }

    /** Whether Slack is told; a wrong address is found before a key is switched off, not after. */
    private static boolean slack(Variables variables, boolean debug) {
        Optional<String> url = variables.text(SLACK);
        if (url.isPresent() && !debug && !isAddress(url.get())) {
            // It is a secret, and not repeated.
            variables.problem(SLACK + " is not an address; write that of the incoming webhook, such as"
                    + " https://hooks.slack.com/services/…, or set " + DEBUG + " to see the message instead");
        }
        return url.isPresent();
    }

    private static boolean isAddress(String text) {
        try {
            URI address = URI.create(text);
            return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String topic(Variables variables) {
        Optional<String> topic = variables.text(TOPIC);
        if (topic.isPresent() && !TOPIC_ARN.matcher(topic.get()).matches()) {
            variables.problem(TOPIC + ": \"" + topic.get()
                    + "\" is not the ARN of a topic; write for example arn:aws:sns:us-east-1:111122223333:keys");
        }
        return topic.orElse(null);
    }

    private static Report.Heading heading(Variables variables, String of, Report.Heading fallback) {
        return new Report.Heading(
                variables.text(of + "_NOTIFICATION_TITLE").orElse(fallback.title()),
                variables.text(of + "_NOTIFICATION_TEXT").orElse(fallback.text()));
    }

    /** Read live, for a report of AWS may be hours old and a key in it used since. */
    private static Settings settings(Ages ages, boolean acts, Report.Sleuth said) {
        List<Step> end = acts ? List.of(Step.DEACTIVATE) : List.of();
        Policy exempt = policy("exempt", exempt(), null, null);
        Policy sleuth = policy(
                "sleuth",
                Condition.ALWAYS,
                limit(ages.warning, ages.expiration, end),
                limit(ages.inactivityWarning, ages.inactivity, end));
        Rules rules = new Rules(
                List.of(exempt, sleuth),
                List.of(),
                List.of(new StageRule(null, null, Stage.ENFORCE)),
                List.of(),
                Map.of(),
                null,
                false);
        boolean tells = said.slack() != null || said.topic() != null;
        return Settings.defaults(Path.of("keyturn.db"))
                .judgedBy(rules)
                .reading(ReadMode.LIVE, false)
                .reporting(tells ? List.of(said) : List.of());
    }

    private static Limit limit(int warn, int expire, List<Step> end) {
        return new Limit(Duration.ofDays(warn), Duration.ofDays(expire), List.of(), end);
    }

    private static Policy policy(String name, Condition when, @Nullable Limit age, @Nullable Limit idle) {
        boolean cutInUse = age != null;
        return new Policy(
                name, when, age, idle, Policy.DEFAULT_REMIND_EVERY, null, Policy.DEFAULT_IN_USE_WINDOW, cutInUse);
    }

    private static Condition exempt() {
        try {
            return new CelConditions().compile(EXEMPT);
        } catch (ConditionError e) {
            throw new IllegalStateException("the condition of the preset does not compile", e);
        }
    }

    private static List<String> relaxed(boolean acts) {
        String nothing = "no store: what was done is told in the log, on standard error, alone (promise 15)";
        String stop = "KEYTURN_STOP in the environment is the stop flag (promise 16)";
        String one = "one worker is assumed (promise 11)";
        return acts
                ? List.of(
                        "a key past its limit is switched off although it is in use (promises 1 and 2)",
                        "no limit to how many keys are switched off in a run (promise 9)",
                        "no earlier notice: owners hear when it is done (promise 13)",
                        nothing,
                        stop,
                        one)
                : List.of(nothing, stop, one);
    }
}
