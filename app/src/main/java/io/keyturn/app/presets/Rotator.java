package io.keyturn.app.presets;

import io.keyturn.app.config.Acting;
import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.Channels;
import io.keyturn.app.config.ConditionError;
import io.keyturn.app.config.Settings;
import io.keyturn.app.words.Manner;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.DayCount;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.MailAddress;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.ReadMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * check-and-rotate-iam-access-keys-age by techministrator: mails owners of old keys on every run, replaces keys that are
 * overdue, and takes the old ones away step by step. Its state is in two tags of each user.
 */
final class Rotator implements Preset {
    static final String SENDER = "SES_EMAIL";
    static final String SES_REGION = "SES_REGION";
    static final String EMAIL_TAG = "IAM_EMAIL_TAG_KEY";
    static final String BUCKET = "S3_CSV_BUCKET";
    static final String DATE_TAG = "LAST_CHECK_DATE_TAG_KEY";
    static final String OLD_KEY_TAG = "LAST_CHECK_OLD_KEY_TAG_KEY";
    static final String WARNING = "WARNING_DAYS";
    static final String OVERDUE = "OVERDUE_DAYS";
    static final String DEACTIVATE = "DEACTIVATE_DAYS";
    static final String DELETION = "DELETION_DAYS";
    /** Accepted, as the tool's template sets it, and of no use. */
    private static final String UNUSED = "LAMBDA_FUNCTION_NAME";

    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N} _.:/=+@-]{1,128}");
    private static final Pattern REGION = Pattern.compile("[a-z]+(?:-[a-z]+)+-[0-9]+");
    private static final Pattern BUCKET_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** The days of the four steps, as the tool counts them: a step comes on the day after. */
    record Days(int warning, int overdue, int deactivate, int deletion) {
        Duration warn() {
            return more(Math.min(warning, overdue));
        }

        Duration expire() {
            return more(overdue);
        }

        Duration grace() {
            return more(deactivate);
        }

        Duration coolDown() {
            return more(deletion);
        }

        private static Duration more(int days) {
            return Duration.ofDays(days + 1L);
        }
    }

    @Override
    public String name() {
        return "rotator";
    }

    @Override
    public Translation translate(Map<String, String> environment, List<String> arguments) throws BadSettings {
        Variables variables = new Variables(environment);
        variables.spelled(
                SENDER,
                SES_REGION,
                EMAIL_TAG,
                BUCKET,
                DATE_TAG,
                OLD_KEY_TAG,
                WARNING,
                OVERDUE,
                DEACTIVATE,
                DELETION,
                UNUSED);
        if (!arguments.isEmpty()) {
            variables.problem("rotator takes no argument, and \"" + arguments.getFirst() + "\" is one");
        }
        String sender = text(variables, SENDER, "the address that SES sends from");
        if (!sender.isEmpty() && !MailAddress.looksLike(sender)) {
            variables.problem(SENDER + ": \"" + sender + "\" is no mail address; write for example keys@example.com");
        }
        String region = text(
                variables, SES_REGION, REGION, "the Region of SES", "is not a Region; write for example eu-central-1");
        String email = tag(variables, EMAIL_TAG, "the tag of users that holds their mail address");
        String bucket = text(
                variables,
                BUCKET,
                BUCKET_NAME,
                "the bucket that new keys are put into",
                "is not the name of a bucket; write it without s3:// and without a path");
        String date = tag(variables, DATE_TAG, "the tag of users that holds the day of the last step");
        String oldKey = tag(variables, OLD_KEY_TAG, "the tag of users that holds the old key's ID");
        apart(variables, email, date, oldKey);
        Days days = new Days(
                days(variables, WARNING, 30),
                days(variables, OVERDUE, 60),
                days(variables, DEACTIVATE, 10),
                days(variables, DELETION, 10));
        variables.check();
        if (days.warning > days.overdue) {
            variables.remark(WARNING + " is " + days.warning + ", more than " + OVERDUE + ", " + days.overdue
                    + ": owners of two keys are warned from the latter on");
        }
        String condition = condition(email);
        Translation.State state =
                new Translation.State.RotatorTags(email, date, oldKey, bucket, days.grace(), days.coolDown());
        return new Translation(
                settings(sender, region, email, bucket, days, compiled(condition)),
                new Translation.Output.RotatorLines(email),
                state,
                RELAXED,
                variables.remarks(),
                RotatorFile.text(sender, region, email, bucket, days, condition));
    }

    private static final List<String> RELAXED = List.of(
            "no store: what is done is told on standard output and standard error alone (promise 15); where a rotation"
                    + " stands, tags of the user say, in days",
            "KEYTURN_STOP in the environment is the stop flag (promise 16)",
            "one worker is assumed (promise 11)",
            "no caps, no earlier notice (promises 9 and 13): a key is replaced on the day on which it is overdue",
            "the date tag is the record of grace and cool-down (promises 2 and 3): whoever may tag users can move it",
            "an old key is switched off after its days, in use or not, and kept only where it was used since and the new"
                    + " one never was (promises 1 and 2); a key that is on is never deleted",
            "a new key is not tried before its owner is told of it",
            "keys of users that CloudFormation keeps, and keys that send mail by SMTP, are replaced too",
            "whoever may tag users says who is told where a new key lies; who may read it there, the bucket's policy says,"
                    + " and where users read their own folder so does whoever holds an old key",
            "new keys lie in the bucket until its own lifecycle takes them away, in the bucket's own encryption");

    private static String text(Variables variables, String name, String what) {
        Optional<String> text = variables.text(name);
        if (text.isEmpty()) {
            variables.problem(name + " is not set; write " + what);
        }
        return text.orElse("");
    }

    private static String text(Variables variables, String name, Pattern form, String what, String wrong) {
        String text = text(variables, name, what);
        if (!text.isEmpty() && !form.matcher(text).matches()) {
            variables.problem(name + ": \"" + text + "\" " + wrong);
        }
        return text;
    }

    private static String tag(Variables variables, String name, String what) {
        return text(variables, name, TAG, what, "is no key that a tag can have");
    }

    /** One tag cannot hold two things. */
    private static void apart(Variables variables, String email, String date, String oldKey) {
        List<String> names = new ArrayList<>(List.of(email, date, oldKey));
        names.removeIf(String::isEmpty);
        if (new HashSet<>(names).size() < names.size()) {
            variables.problem(EMAIL_TAG + ", " + DATE_TAG + " and " + OLD_KEY_TAG + " must name three different tags");
        }
    }

    private static int days(Variables variables, String name, int example) {
        Optional<String> text = variables.text(name);
        if (text.isEmpty()) {
            variables.problem(name + " is not set; write a number of days, for example " + example);
        }
        return variables.days(name, text, example);
    }

    /** Users whose tag holds an address that mail can be sent to; for others the tool does nothing. */
    private static String condition(String email) {
        return "tag(\"" + email + "\").matches(r\"^\\s*[^@\\s,<>]+@[^@\\s,<>]+\\.[^@\\s,<>.]+\\s*$\")";
    }

    private static Condition compiled(String condition) {
        try {
            return new CelConditions().compile(condition);
        } catch (ConditionError e) {
            throw new IllegalStateException("the condition of a tag is well formed", e);
        }
    }

    private static Settings settings(
            String sender, String region, String email, String bucket, Days days, Condition owned) {
        Rotation rotation = new Rotation(
                new Delivery.S3Csv(bucket, null),
                false,
                days.grace(),
                Rotation.DEFAULT_HOLD_AFTER,
                days.coolDown(),
                false,
                Set.of(),
                Rotation.By.TIME,
                Set.of(Rotation.Obstacle.values()));
        Policy policy = new Policy(
                "rotator",
                owned,
                new Limit(days.warn(), days.expire(), List.of(Step.REMIND), List.of(Step.REMIND, Step.ROTATE)),
                null,
                Duration.ZERO,
                rotation,
                Policy.DEFAULT_IN_USE_WINDOW,
                false);
        Rules rules = new Rules(
                        List.of(policy),
                        List.of(),
                        List.of(new StageRule(null, null, Stage.ENFORCE)),
                        List.of(new OwnerRule.Tag(email)),
                        Map.of(),
                        null,
                        false)
                .counting(DayCount.CALENDAR);
        Manner plain = Manner.DEFAULT;
        Manner manner = new Manner(
                        null, plain.zone(), plain.team(), null, Manner.Style.KEYTURN, List.of(Manner.ANY), true)
                .withoutMoreTime();
        Channels.Email mail =
                new Channels.Email(sender, new Channels.Via.Ses(region), null, null, List.of(Manner.ANY), true);
        Acting acting = Acting.NONE.speaking(new Channels(null, null, mail, null, null, null, null, null), manner);
        return Settings.defaults(Path.of("keyturn.db"))
                .judgedBy(rules)
                .reading(ReadMode.LIVE, false)
                .acting(acting);
    }
}
