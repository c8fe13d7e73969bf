package io.keyturn.bench;

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
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.CelCondition;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.ConditionProblem;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An account of many users under the three policies of a usual configuration: one key each, one in twenty at risk. */
final class JudgedWorld {
    static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private JudgedWorld() {}

    static Snapshot snapshot(int users, long seed) {
        return snapshot("111122223333", users, seed);
    }

    static Snapshot snapshot(String number, int users, long seed) {
        Random random = new Random(seed);
        Account account = new Account(
                new AccountId(number),
                "production",
                Partition.AWS,
                Fact.known("Workloads/Production", NOW),
                Fact.known(Map.of(), NOW),
                false);
        List<User> all = new ArrayList<>(users);
        for (int i = 0; i < users; i++) {
            all.add(user(i, random));
        }
        return new Snapshot(
                account, ReadVia.REPORT, NOW, Reading.COMPLETE, List.of(), Fact.known(RootKeys.NONE, NOW), all);
    }

    private static User user(int number, Random random) {
        boolean person = random.nextInt(3) == 0;
        boolean old = random.nextInt(20) == 0;
        int age = old ? 400 : random.nextInt(60) + 1;
        LastUse use = new LastUse.Used(NOW.minus(Duration.ofHours(random.nextInt(24 * age))), "s3", "eu-west-1");
        AccessKey key = new AccessKey(
                1, new KeyId("AKIA%016d".formatted(number)), true, NOW.minus(Duration.ofDays(age)), use, NOW);
        String name = "user-%06d".formatted(number);
        Map<String, String> tags =
                Map.of("Slack", "U%06d".formatted(number), "team", "team-" + number % 50, "cost-centre", "17");
        return new User(
                new UserName(name),
                new UserId("AIDA%017d".formatted(number)),
                "arn:aws:iam::111122223333:user/" + name,
                person ? "/people/" : "/service/",
                NOW.minus(Duration.ofDays(500)),
                Fact.known(List.of(key), NOW),
                Fact.known(tags, NOW),
                Fact.known(List.of("developers"), NOW),
                Fact.known(List.of("ReadOnlyAccess"), NOW),
                Fact.known("", NOW),
                Fact.known(person, NOW),
                Fact.known(person, NOW));
    }

    static Rules rules(String machines) {
        Limit year = new Limit(days(300), days(365), List.of(Step.REMIND), List.of(Step.REMIND, Step.TICKET));
        Limit quarter =
                new Limit(days(75), days(90), List.of(Step.REMIND), List.of(Step.REMIND, Step.TICKET, Step.ROTATE));
        Limit idle = new Limit(days(30), days(45), List.of(Step.REMIND), List.of(Step.REMIND, Step.DEACTIVATE));
        return new Rules(
                List.of(
                        policy("machines", condition(machines), year, null),
                        policy("people", condition("user.class == \"person\""), quarter, idle),
                        policy("unclassified", Condition.ALWAYS, quarter, null)),
                List.of(new Exemption(
                        new ArnPattern("arn:aws:iam::*:user/break-glass-*"),
                        "sec-ops",
                        "sealed",
                        LocalDate.parse("2027-06-30"))),
                List.of(new StageRule("Workloads", null, Stage.ENFORCE)),
                List.of(new OwnerRule.Tag("Slack"), new OwnerRule.Default("#cloud-security")),
                Map.of(),
                days(30),
                true);
    }

    private static Policy policy(String name, Condition when, Limit age, @Nullable Limit idle) {
        Rotation rotation = new Rotation(List.of(), false, days(14), days(45), days(75));
        return new Policy(name, when, age, idle, days(7), rotation, days(30), false);
    }

    private static Condition condition(String source) {
        try {
            return CelCondition.compile(source);
        } catch (ConditionProblem e) {
            throw new IllegalArgumentException("could not read the benchmark's condition: " + e.getMessage(), e);
        }
    }

    private static Duration days(long days) {
        return Duration.ofDays(days);
    }
}
