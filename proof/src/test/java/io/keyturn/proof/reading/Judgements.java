package io.keyturn.proof.reading;

import io.keyturn.app.config.Settings;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.CelCondition;
import io.keyturn.core.policy.ConditionProblem;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** Rules to judge worlds by: those of a run without a file, and some that ask for everything that can be asked for. */
enum Judgements {
    DEFAULT {
        @Override
        Rules rules() {
            return Settings.defaults(Path.of("unused")).rules();
        }
    },
    ASKING_FOR_EVERYTHING {
        @Override
        Rules rules() {
            Rules base = DEFAULT.rules();
            Exemption sealed = new Exemption(
                    new ArnPattern("arn:*:iam::*:user/*break-glass-*"), "security", "sealed", LocalDate.MAX);
            return new Rules(
                    List.of(
                            policy("own-bucket", "'own-bucket' in user.policies || user.boundary != ''", 60),
                            policy("services", "'services' in user.groups && user.path.startsWith('/service/')", 365),
                            // Throws on whoever has no such tag, and is then undecided.
                            policy("channel", "user.path == '/people/' && user.tags['Slack'] == '#web'", 30),
                            policy("mail", "tag('Email').endsWith('.example') && user.console && !user.mfa", 45),
                            policy(
                                    "quiet",
                                    "key.idle > duration('240h') && key.lastUse > timestamp('2015-01-01T00:00:00Z')",
                                    80),
                            policy("people", "user.class == 'person' && account.ou != 'Sandbox'", 90),
                            policy("rest", "user.created < timestamp('2040-01-01T00:00:00Z')", 75)),
                    List.of(sealed),
                    List.of(new StageRule("Workloads", null, Stage.NOTIFY), new StageRule(null, null, Stage.ENFORCE)),
                    base.owners(),
                    base.caps(),
                    base.firstNotice(),
                    true);
        }
    };

    abstract Rules rules();

    private static Policy policy(String name, String when, int days) {
        Rotation rotation =
                new Rotation(List.of(), false, Duration.ofDays(14), Duration.ofDays(45), Duration.ofDays(75));
        List<Step> remind = List.of(Step.REMIND);
        try {
            return new Policy(
                    name,
                    CelCondition.compile(when),
                    new Limit(
                            Duration.ofDays(days / 2),
                            Duration.ofDays(days),
                            remind,
                            List.of(Step.REMIND, Step.ROTATE)),
                    new Limit(Duration.ofDays(20), Duration.ofDays(45), remind, List.of(Step.REMIND, Step.DEACTIVATE)),
                    Policy.DEFAULT_REMIND_EVERY,
                    rotation,
                    Policy.DEFAULT_IN_USE_WINDOW,
                    false);
        } catch (ConditionProblem problem) {
            throw new IllegalStateException(when, problem);
        }
    }
}
