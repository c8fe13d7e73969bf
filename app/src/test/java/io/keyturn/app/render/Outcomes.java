package io.keyturn.app.render;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.run.AccountOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Outcomes of runs, judged and planned by the real thing. */
public final class Outcomes {
    public static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    public static final Rules RULES = new Rules(
            List.of(new Policy(
                    "all",
                    Condition.ALWAYS,
                    new Limit(days(75), days(90), List.of(Step.REMIND), List.of(Step.REMIND, Step.TICKET)),
                    new Limit(days(30), days(45), List.of(Step.REMIND), List.of(Step.REMIND, Step.DEACTIVATE)),
                    Policy.DEFAULT_REMIND_EVERY,
                    null,
                    Policy.DEFAULT_IN_USE_WINDOW,
                    false)),
            List.of(),
            List.of(new StageRule(null, null, Stage.NOTIFY)),
            List.of(new OwnerRule.Tag("Owner")),
            Map.of(),
            Rules.DEFAULT_FIRST_NOTICE,
            true);

    private Outcomes() {}

    public static Duration days(long days) {
        return Duration.ofDays(days);
    }

    public static Instant ago(long days) {
        return NOW.minus(days(days));
    }

    public static AccessKey key(int number, long age, long usedAgo) {
        return new AccessKey(
                1,
                new KeyId("AKIA%016d".formatted(number)),
                true,
                ago(age),
                new LastUse.Used(ago(usedAgo), "s3", "eu-west-1"),
                NOW);
    }

    public static User user(String name, String owner, AccessKey... keys) {
        return new User(
                new UserName(name),
                new UserId("AIDA" + Integer.toHexString(name.hashCode())),
                "arn:aws:iam::111122223333:user/" + name,
                "/",
                ago(800),
                Fact.known(List.of(keys), NOW),
                Fact.known(owner.isEmpty() ? Map.of() : Map.of("Owner", owner), NOW),
                Fact.known(List.of(), NOW),
                Fact.known(List.of(), NOW),
                Fact.known("", NOW),
                Fact.known(false, NOW),
                Fact.known(false, NOW));
    }

    public static AccountOutcome.Surveyed surveyed(String name, Reading reading, User... users) {
        return surveyed("111122223333", name, reading, users);
    }

    static AccountOutcome.Surveyed surveyed(String number, String name, Reading reading, User... users) {
        Account account = new Account(
                new AccountId(number), name, Partition.AWS, Fact.notRead(), Fact.known(Map.of(), NOW), false);
        Snapshot snapshot = new Snapshot(
                account,
                ReadVia.REPORT,
                NOW.minusSeconds(180),
                reading,
                List.of(),
                Fact.known(RootKeys.NONE, NOW),
                List.of(users));
        List<Finding> findings = new Assessor(RULES).assess(snapshot, NOW);
        return new AccountOutcome.Surveyed(
                snapshot, findings, new Planner(RULES, History.NONE).plan(account, findings, NOW));
    }

    public static AccountOutcome.Failed failed(String label) {
        Problem problem = new Problem("assume the role", label, "AWS refused it", "check the trust policy");
        return new AccountOutcome.Failed(label, "444455556666", problem);
    }

    public static Plan plan(AccountOutcome... outcomes) {
        List<AccountPlan> plans = Stream.of(outcomes)
                .filter(AccountOutcome.Surveyed.class::isInstance)
                .map(outcome -> ((AccountOutcome.Surveyed) outcome).plan())
                .toList();
        return new Planner(RULES, History.NONE).settle(plans);
    }

    /** Two overdue, one due soon, two healthy. */
    public static AccountOutcome.Surveyed production() {
        return surveyed(
                "production",
                Reading.COMPLETE,
                user("ci-deploy", "platform", key(1001, 371, 0)),
                user("data-export", "", key(1002, 402, 1)),
                user("k.lund", "k.lund", key(1003, 80, 0)),
                user("r.sato", "r.sato", key(1004, 20, 2)),
                user("t.ibe", "t.ibe", key(1005, 5, 0)));
    }
}
