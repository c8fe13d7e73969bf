package io.keyturn.core.forecast;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.account;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.tagged;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withPolicies;

import io.keyturn.core.Samples;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.assess.Observed;
import io.keyturn.core.assess.OwnerZone;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Hours;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.DayCount;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Lowering;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.core.policy.Subject;
import io.keyturn.core.policy.Verdict;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Accounts, rules, people and a past drawn by lot, the same for the same seed. */
final class GeneratedWorld {
    private static final int RUNS = 240;

    private final Random random;
    private final List<Snapshot> accounts = new ArrayList<>();
    private final List<GeneratedPast> pasts = new ArrayList<>();
    private final Map<Instant, Observed> observed = new HashMap<>();
    private final Rules rules;
    private final People people;
    private final ForecastHours hours;
    private final AtomicLong judged = new AtomicLong();
    private int keys;

    GeneratedWorld(long seed) {
        random = new Random(seed);
        for (int i = 0; i < some(1, 2); i++) {
            Snapshot snapshot = snapshot(i);
            accounts.add(snapshot);
            pasts.add(oneIn(3) ? GeneratedPast.NOTHING : new GeneratedPast(random, snapshot));
        }
        rules = rules();
        Map<UserId, Duration> byUser = new HashMap<>();
        accounts.forEach(snapshot -> snapshot.users().forEach(user -> {
            if (oneIn(3)) {
                byUser.put(user.id(), days(some(0, 60)));
            }
        }));
        people = switch (some(0, 2)) {
            case 0 -> People.DO_NOTHING;
            case 1 -> new People(days(some(0, 50)));
            default -> new People(oneIn(2) ? null : days(some(1, 30)), byUser);
        };
        hours = oneIn(2)
                ? ForecastHours.ANY
                : new ForecastHours(new Hours(oneIn(3) ? null : window(), oneIn(2) ? null : window()), ZoneOffset.UTC);
    }

    /**
     * Looks ahead.
     *
     * @param daily whether every user is judged at every run, as conditions that mention keys ask for
     */
    Forecast forecast(boolean daily) {
        judged.set(0);
        List<Policy> policies = rules.policies().stream()
                .map(policy -> with(policy, (Asking) policy.when(), daily))
                .toList();
        Rules asked = new Rules(
                policies,
                rules.exemptions(),
                rules.stages(),
                rules.owners(),
                rules.caps(),
                rules.firstNotice(),
                rules.leaks(),
                rules.lowered(),
                rules.days(),
                rules.root(),
                rules.ownHistory(),
                rules.escalation(),
                rules.zoneTag());
        Habits habits = (account, user, created) -> observed.get(created);
        Forecaster forecaster = new Forecaster(asked, habits, people, hours);
        for (int i = 0; i < accounts.size(); i++) {
            forecaster.add(accounts.get(i), pasts.get(i));
        }
        return forecaster.over(
                IntStream.range(0, RUNS).mapToObj(day -> NOW.plus(days(day))).toList());
    }

    /** How often a policy was asked for in the last forecast. */
    long judged() {
        return judged.get();
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private int some(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private Snapshot snapshot(int number) {
        List<User> users = new ArrayList<>();
        boolean rotating = oneIn(3);
        for (int i = 0; i < some(1, 5); i++) {
            AccessKey[] own = IntStream.range(0, rotating ? 2 : one(0, 1, 1, 1, 2))
                    .mapToObj(any -> key())
                    .toArray(AccessKey[]::new);
            User user = user(one("ann", "bob", "svc") + "-" + number + "-" + i, own);
            Map<String, String> tags = new HashMap<>();
            if (oneIn(2)) {
                tags.put("Owner", one("ann", "bob"));
            }
            if (oneIn(4)) {
                tags.put(OwnerZone.TAG, one("Australia/Sydney", "Pacific/Honolulu"));
            }
            if (oneIn(20)) {
                tags.put("aws:cloudformation:stack-name", "stack");
            }
            user = tagged(user, oneIn(40) ? Fact.unknown("throttled") : known(tags));
            if (oneIn(25)) {
                user = withPolicies(
                        user, oneIn(2) ? Fact.unknown("denied") : known(List.of("AWSCompromisedKeyQuarantineV2")));
            }
            users.add(user);
        }
        return new Snapshot(
                account("11112222333" + number, one("Workloads/Dev", "Sandbox")),
                ReadVia.LIVE,
                NOW,
                Reading.COMPLETE,
                List.of(),
                Fact.notRead(),
                users);
    }

    private AccessKey key() {
        int age = some(0, 300);
        LastUse use = switch (some(0, 7)) {
            case 0 -> LastUse.NEVER_USED;
            case 1 -> new LastUse.Unknown("not read");
            case 2 -> new LastUse.Used(ago(some(0, 5)), oneIn(3) ? "ses" : "s3", "eu-west-1");
            case 3, 4, 5 -> used(some(0, 12));
            default -> used(some(0, age));
        };
        AccessKey key = drawn(age, use);
        if (oneIn(4)) {
            observed.put(key.created(), new Observed(ago(some(0, 200)), ago(90), ago(1), days(some(0, 60))));
        }
        return key;
    }

    private AccessKey drawn(int age, LastUse use) {
        AccessKey key = Samples.key(++keys, age, use);
        // A time of day of its own, so that not all is reached at the instant of a run.
        Instant created = key.created().minusSeconds(oneIn(3) ? 0 : random.nextInt(86_400));
        return new AccessKey(null, oneIn(6) ? null : keyId(keys), !oneIn(6), created, use, NOW);
    }

    private Rules rules() {
        List<Policy> policies = new ArrayList<>();
        for (int i = 0; i < some(1, 2); i++) {
            Predicate<User> of =
                    i == 0 && oneIn(2) ? user -> user.name().value().startsWith("svc") : any -> true;
            policies.add(policy("policy-" + i, new Asking(of, false, judged)));
        }
        List<Exemption> exemptions = new ArrayList<>();
        for (int i = 0; i < one(0, 0, 0, 1, 2); i++) {
            LocalDate until = LocalDate.of(2026, 10, 1).plusDays(some(0, 200));
            exemptions.add(new Exemption(
                    new ArnPattern("arn:aws:iam::*:user/" + one("ann*", "ann*", "bob*", "*")),
                    "sec",
                    "sealed",
                    oneIn(5) ? LocalDate.MAX : until));
        }
        Stage stage = oneIn(4) ? one(Stage.values()) : Stage.ENFORCE;
        Instant raised = oneIn(2) ? null : NOW.plus(days(some(-5, 60)));
        Rules drawn = new Rules(
                policies,
                exemptions,
                List.of(new StageRule(null, null, stage, raised)),
                one(
                        List.<OwnerRule>of(new OwnerRule.Tag("Owner")),
                        List.of(new OwnerRule.Tag("Owner"), new OwnerRule.Default("security"))),
                caps(),
                one(null, days(7), days(30), days(30)),
                !oneIn(4));
        drawn = oneIn(3)
                ? drawn.lowered(List.of(
                        new Lowering(null, accounts.getFirst().account().id(), one(Stage.values()), ago(10), "a", "b")))
                : drawn;
        drawn = oneIn(4) ? drawn.counting(DayCount.CALENDAR) : drawn;
        return oneIn(3) ? drawn.watching(days(some(10, 100))) : drawn;
    }

    private Map<Capped, Caps> caps() {
        Map<Capped, Caps> caps = new EnumMap<>(Capped.class);
        for (Capped capped : Capped.values()) {
            if (oneIn(6)) {
                caps.put(
                        capped,
                        new Caps(
                                oneIn(2) ? null : new Caps.Cap(oneIn(6) ? 0 : some(1, 2), days(some(1, 7))),
                                oneIn(2) ? null : new Caps.Cap(some(1, 2), days(some(1, 3))),
                                oneIn(3) ? some(0, 60) : null));
            }
        }
        return caps;
    }

    private Policy policy(String name, Condition when) {
        boolean byTime = oneIn(5);
        Rotation rotation = oneIn(8)
                ? null
                : new Rotation(
                        new Delivery.SecretsManager(List.of(), false, Delivery.Place.DEFAULT),
                        oneIn(4),
                        days(some(0, 30)),
                        days(some(1, 60)),
                        days(some(1, 90)),
                        oneIn(2),
                        Set.of(),
                        byTime ? Rotation.By.TIME : Rotation.By.USE,
                        oneIn(3) ? EnumSet.allOf(Rotation.Obstacle.class) : Set.of());
        return new Policy(
                name,
                when,
                oneIn(6) ? null : limit(some(10, 100)),
                oneIn(4) ? null : limit(some(5, 60)),
                one(days(1), days(2), days(3), days(7), days(7), days(10), Duration.ofHours(60)),
                rotation,
                days(some(0, 90)),
                oneIn(4),
                days(30),
                oneIn(4) ? List.of(Duration.ofMinutes(15), Duration.ofHours(4)) : List.of());
    }

    private Limit limit(int warn) {
        return new Limit(
                days(warn),
                days(warn + some(0, 40)),
                steps(Step.REMIND),
                steps(one(Step.ROTATE, Step.ROTATE, Step.ROTATE, Step.DEACTIVATE, Step.TICKET)));
    }

    private List<Step> steps(Step likely) {
        return Arrays.stream(Step.values())
                .filter(step -> step == likely || oneIn(step.speaksOnly() ? 2 : 3))
                .toList();
    }

    private ActWindow window() {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        while (days.isEmpty()) {
            Arrays.stream(DayOfWeek.values()).filter(day -> oneIn(2)).forEach(days::add);
        }
        LocalTime from = LocalTime.of(some(0, 14), 0);
        LocalDate freeze = LocalDate.of(2026, 11, 1).plusDays(some(0, 100));
        return new ActWindow(
                days,
                from,
                oneIn(3) ? LocalTime.MIDNIGHT : from.plusHours(some(1, 9)),
                oneIn(2) ? null : ZoneOffset.UTC,
                oneIn(3) ? List.of(new ActWindow.Freeze(freeze, freeze.plusDays(some(0, 20)))) : List.of());
    }

    private static Policy with(Policy policy, Asking when, boolean daily) {
        return new Policy(
                policy.name(),
                new Asking(when.of(), daily, when.asked()),
                policy.age(),
                policy.idle(),
                policy.remindEvery(),
                policy.rotation(),
                policy.inUseWindow(),
                policy.cutInUse(),
                policy.snoozeAtMost(),
                policy.brownout());
    }

    /** A condition that counts how often it is asked, and may say that it mentions keys. */
    private record Asking(Predicate<User> of, boolean mentionsKey, AtomicLong asked) implements Condition {
        @Override
        public String source() {
            return "drawn";
        }

        @Override
        public Set<FactName> needs() {
            return Set.of();
        }

        @Override
        public Verdict test(Subject subject) {
            asked.incrementAndGet();
            return of.test(subject.user()) ? Verdict.MATCHES : Verdict.DOES_NOT_MATCH;
        }
    }
}
