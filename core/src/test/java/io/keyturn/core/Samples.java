package io.keyturn.core;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that tests start from. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    public static final Account ACCOUNT = account("111122223333", "Workloads/Dev");
    public static final Limit AGE =
            new Limit(days(75), days(90), List.of(Step.REMIND), List.of(Step.REMIND, Step.TICKET, Step.ROTATE));
    public static final Limit IDLE =
            new Limit(days(30), days(45), List.of(Step.REMIND), List.of(Step.REMIND, Step.DEACTIVATE));
    public static final Rotation ROTATION = new Rotation(List.of(), false, days(14), days(45), days(75));

    private Samples() {}

    public static Duration days(long days) {
        return Duration.ofDays(days);
    }

    public static Instant ago(long days) {
        return NOW.minus(days(days));
    }

    public static <T> Fact<T> known(T value) {
        return Fact.known(value, NOW);
    }

    public static Account account(String id, String ou) {
        return new Account(new AccountId(id), "production", Partition.AWS, known(ou), known(Map.of()), false);
    }

    public static AccessKey key(int number, long ageDays, LastUse lastUse) {
        return new AccessKey(null, keyId(number), true, ago(ageDays), lastUse, NOW);
    }

    public static KeyId keyId(int number) {
        return new KeyId("AKIA%016d".formatted(number));
    }

    public static AccessKey inactive(AccessKey key) {
        return new AccessKey(key.slot(), key.id(), false, key.created(), key.lastUse(), key.asOf());
    }

    public static LastUse used(long daysAgo) {
        return new LastUse.Used(ago(daysAgo), "s3", "eu-west-1");
    }

    public static User user(String name, AccessKey... keys) {
        return new User(
                new UserName(name),
                new UserId("AIDA" + "%016d".formatted(Math.floorMod(name.hashCode(), 1_000_000_000))),
                "arn:aws:iam::111122223333:user/" + name,
                "/",
                ago(800),
                known(List.of(keys)),
                known(Map.of()),
                known(List.of()),
                known(List.of()),
                known(""),
                known(false),
                known(false));
    }

    public static User tagged(User user, Fact<Map<String, String>> tags) {
        return new User(
                user.name(),
                user.id(),
                user.arn(),
                user.path(),
                user.created(),
                user.keys(),
                tags,
                user.groups(),
                user.policies(),
                user.boundary(),
                user.console(),
                user.mfa());
    }

    public static User withPolicies(User user, Fact<List<String>> policies) {
        return new User(
                user.name(),
                user.id(),
                user.arn(),
                user.path(),
                user.created(),
                user.keys(),
                user.tags(),
                user.groups(),
                policies,
                user.boundary(),
                user.console(),
                user.mfa());
    }

    public static User withSigns(User user, String path, Fact<Boolean> console, Fact<Boolean> mfa) {
        return new User(
                user.name(),
                user.id(),
                user.arn(),
                path,
                user.created(),
                user.keys(),
                user.tags(),
                user.groups(),
                user.policies(),
                user.boundary(),
                console,
                mfa);
    }

    public static Snapshot snapshot(User... users) {
        return snapshot(known(RootKeys.NONE), List.of(users));
    }

    public static Snapshot snapshot(Fact<RootKeys> root, List<User> users) {
        return new Snapshot(ACCOUNT, ReadVia.LIVE, NOW, Reading.COMPLETE, List.of(), root, users);
    }

    public static Policy policy(String name, Condition when, @Nullable Limit age, @Nullable Limit idle) {
        return new Policy(name, when, age, idle, days(7), ROTATION, days(30), false);
    }

    public static Policy people() {
        return policy("people", Condition.ALWAYS, AGE, IDLE);
    }

    public static Policy withBrownout(Policy policy, List<Duration> brownout) {
        return new Policy(
                policy.name(),
                policy.when(),
                policy.age(),
                policy.idle(),
                policy.remindEvery(),
                policy.rotation(),
                policy.inUseWindow(),
                policy.cutInUse(),
                policy.snoozeAtMost(),
                brownout);
    }

    public static Rules rules(Policy... policies) {
        return new Rules(
                List.of(policies),
                List.of(),
                List.of(),
                List.of(new OwnerRule.Default("security")),
                Map.of(),
                days(30),
                true);
    }
}
