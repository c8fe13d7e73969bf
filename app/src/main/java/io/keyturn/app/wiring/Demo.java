package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.app.demo.DemoLife;
import io.keyturn.app.demo.DemoTale;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.CelCondition;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.ConditionProblem;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The organization of the demo, behind the real HTTP door, and what judges it. */
public final class Demo {
    private static final WorldSpec SHAPE = new WorldSpec(20, 4, 204, 0.1, Instant.EPOCH);

    private static final String LIVED_IN = "sandbox";

    /** Until the last of its keys that is rotated is deleted. */
    private static final int DAYS = 202;

    private Demo() {}

    /** Opens a door to the demo's organization. */
    public static SandboxServer start(InstantSource clock) throws IOException {
        DoorOptions door = new DoorOptions(0, Duration.ofMillis(1), Duration.ofMillis(300), 0, true);
        return SandboxServer.start(world(clock.instant()), door, clock);
    }

    static World world(Instant now) {
        return World.generate(new WorldSpec(SHAPE.seed(), SHAPE.accounts(), SHAPE.users(), SHAPE.atRisk(), now));
    }

    /** What would come of one of its accounts, if Keyturn were let: days on a clock wound forward. */
    public static DemoTale tale(Settings settings, InstantSource clock) throws StoreFailure, InterruptedException {
        Instant now = clock.instant();
        return new DemoLife(world(now), LIVED_IN, settings.rules(), now).live(DAYS);
    }

    /** The environment in which any AWS client talks to that door. */
    public static Map<String, String> environment(SandboxServer server) {
        return Map.of(
                "AWS_ENDPOINT_URL", server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", server.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", server.secretAccessKey(),
                "AWS_REGION", "us-east-1",
                "AWS_EC2_METADATA_DISABLED", "true");
    }

    /** Machines may be a year old, people's keys 90 days; what nobody can name is a finding and nothing acts on it. */
    public static Settings settings(Path store, InstantSource clock) {
        Settings defaults = Settings.defaults(store);
        Rules rules = defaults.rules();
        LocalDate halfAYear =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusMonths(6);
        Exemption sealed =
                new Exemption(new ArnPattern("arn:*:iam::*:user/*break-glass-*"), "security", "sealed", halfAYear);
        Rules demo = new Rules(
                List.of(
                        policy("machines", "user.class == \"machine\"", days(300, 365), days(60, 90)),
                        policy("people", "user.class == \"person\"", days(75, 90), days(30, 45)),
                        unclassified()),
                List.of(sealed),
                rules.stages(),
                rules.owners(),
                rules.caps(),
                rules.firstNotice(),
                true);
        return defaults.of(new AccountSource.Organization("keyturn-read", null, List.of(), List.of(), Set.of(), false))
                .judgedBy(demo);
    }

    private static Duration[] days(int warn, int expire) {
        return new Duration[] {Duration.ofDays(warn), Duration.ofDays(expire)};
    }

    private static Policy policy(String name, String when, Duration[] age, Duration[] idle) {
        Rotation rotation = new Rotation(
                List.of(),
                false,
                Rotation.DEFAULT_DEACTIVATE_AFTER,
                Rotation.DEFAULT_HOLD_AFTER,
                Rotation.DEFAULT_DELETE_AFTER);
        List<Step> remind = List.of(Step.REMIND);
        return new Policy(
                name,
                condition(when),
                new Limit(age[0], age[1], remind, List.of(Step.REMIND, Step.TICKET, Step.ROTATE)),
                new Limit(idle[0], idle[1], remind, List.of(Step.REMIND, Step.DEACTIVATE)),
                Policy.DEFAULT_REMIND_EVERY,
                rotation,
                Policy.DEFAULT_IN_USE_WINDOW,
                false);
    }

    private static Policy unclassified() {
        Limit age = new Limit(Duration.ofDays(75), Duration.ofDays(90), List.of(Step.REMIND), List.of(Step.REMIND));
        return new Policy(
                "unclassified",
                Condition.ALWAYS,
                age,
                null,
                Policy.DEFAULT_REMIND_EVERY,
                null,
                Policy.DEFAULT_IN_USE_WINDOW,
                false);
    }

    private static Condition condition(String when) {
        try {
            return CelCondition.compile(when);
        } catch (ConditionProblem problem) {
            throw new IllegalStateException("the demo's own condition is wrong: " + when, problem);
        }
    }
}
