package io.keyturn.proof.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Subject;
import io.keyturn.core.policy.Verdict;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found depends on the world and the rules alone: not on the way of reading, the pages, or any order. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class SameFindingsTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /** {@code ./check --deep} sets this, for twenty times as many worlds. */
    private static final int SEEDS = Boolean.getBoolean("keyturn.deep") ? 60 : 3;

    /** The last has two pages of users in each account. */
    private static final int[][] ACCOUNTS_AND_USERS = {{1, 1}, {1, 14}, {2, 60}, {2, 150}};

    @TempDir
    Path folder;

    static Stream<Arguments> worlds() {
        List<Arguments> all = new ArrayList<>();
        for (Judgements by : Judgements.values()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                int[] size = ACCOUNTS_AND_USERS[(int) seed % ACCOUNTS_AND_USERS.length];
                all.add(Arguments.of(seed, size[0], size[1], by));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}, {1} accounts, {2} users, {3}")
    @MethodSource("worlds")
    void by_report_and_live_the_same_is_found(long seed, int accounts, int users, Judgements by) throws Exception {
        try (ServedWorld served = new ServedWorld(spec(seed, accounts, users), DoorOptions.defaults(), folder)) {
            WholeRun report = served.read(ReadMode.REPORT, by.rules(), folder.resolve("ids.db"));
            WholeRun live = served.read(ReadMode.LIVE, by.rules());
            WholeRun again = served.read(ReadMode.REPORT, by.rules(), folder.resolve("ids.db"));

            assertThat(report.surveyed())
                    .extracting(found -> found.snapshot().via())
                    .containsOnly(ReadVia.REPORT);
            assertThat(live.surveyed())
                    .extracting(found -> found.snapshot().via())
                    .containsOnly(ReadVia.LIVE);
            assertReadWhole(report, by);
            assertReadWhole(live, by);
            assertThat(report.findings()).isNotEmpty();
            assertSame(report, live);
            assertSame(report, again);
        }
    }

    @ParameterizedTest(name = "{0}, {1} accounts, {2} users, {3}")
    @MethodSource("worlds")
    void short_empty_and_ragged_pages_change_nothing(long seed, int accounts, int users, Judgements by)
            throws Exception {
        DoorOptions whole = DoorOptions.defaults();
        DoorOptions oneByOne = whole.with(
                Fault.always("ListUsers", Fate.Kind.SHORT_PAGE),
                Fault.always("GetAccountAuthorizationDetails", Fate.Kind.SHORT_PAGE),
                Fault.always("ListAccessKeys", Fate.Kind.SHORT_PAGE),
                Fault.always("ListUserTags", Fate.Kind.SHORT_PAGE),
                Fault.nth(2, "ListUsers", Fate.Kind.EMPTY_PAGE),
                Fault.nth(3, "GetAccountAuthorizationDetails", Fate.Kind.EMPTY_PAGE));
        for (ReadMode mode : List.of(ReadMode.REPORT, ReadMode.LIVE)) {
            WholeRun expected = read(spec(seed, accounts, users), by, whole, mode);
            assertSame(read(spec(seed, accounts, users), by, whole.paging(Page.Style.RAGGED), mode), expected);
            assertSame(read(spec(seed, accounts, users), by, oneByOne, mode), expected);
        }
    }

    private static WorldSpec spec(long seed, int accounts, int users) {
        return new WorldSpec(seed, accounts, users, 0.3, NOW);
    }

    private static void assertSame(WholeRun run, WholeRun other) {
        assertThat(run.notToldBy(other)).as("told by the first alone").isEmpty();
        assertThat(other.notToldBy(run)).as("told by the second alone").isEmpty();
    }

    private WholeRun read(WorldSpec spec, Judgements by, DoorOptions door, ReadMode mode) throws Exception {
        try (ServedWorld served = new ServedWorld(spec, door, folder)) {
            WholeRun run = served.read(mode, by.rules());
            assertReadWhole(run, by);
            return run;
        }
    }

    /** Whole, but for the users on whom the one policy fails that does. */
    private static void assertReadWhole(WholeRun run, Judgements by) {
        assertThat(run.outcomes()).noneMatch(AccountOutcome.Failed.class::isInstance);
        for (AccountOutcome.Surveyed found : run.surveyed()) {
            if (found.snapshot().reading() instanceof Reading.Partial(String why)) {
                assertThat(by).isEqualTo(Judgements.ASKING_FOR_EVERYTHING);
                assertThat(why)
                        .startsWith("the condition of policy channel could not be decided for ")
                        .doesNotContain("could not be read");
            }
        }
        assertThat(run.complete())
                .isEqualTo(run.surveyed().stream()
                        .allMatch(found -> found.snapshot().reading().complete()));
    }

    @ParameterizedTest(name = "{0}, {1} accounts, {2} users, {3}")
    @MethodSource("worlds")
    void the_order_of_accounts_users_keys_and_findings_changes_neither_findings_nor_plan(
            long seed, int accounts, int users, Judgements by) throws Exception {
        Rules rules = by.rules();
        Assessor assessor = new Assessor(rules);
        Planner planner = new Planner(rules, History.NONE);
        Random random = new Random(seed);
        try (ServedWorld served = new ServedWorld(spec(seed, accounts, users), DoorOptions.defaults(), folder)) {
            WholeRun run = served.read(ReadMode.REPORT, rules);
            List<AccountPlan> plans = new ArrayList<>();
            for (AccountOutcome.Surveyed found : run.surveyed()) {
                List<Finding> findings = new ArrayList<>(assessor.assess(shuffled(found.snapshot(), random), NOW));
                assertThat(findings).isEqualTo(found.findings());
                Collections.shuffle(findings, random);
                AccountPlan plan = planner.plan(found.snapshot().account(), findings, NOW);
                assertThat(plan).isEqualTo(found.plan());
                plans.add(plan);
            }
            Collections.shuffle(plans, random);
            assertThat(planner.settle(plans)).isEqualTo(run.plan());
        }
    }

    @ParameterizedTest(name = "{0}, {1} accounts, {2} users, {3}")
    @MethodSource("worlds")
    void every_key_is_one_finding_and_the_first_policy_that_matches_governs_it(
            long seed, int accounts, int users, Judgements by) throws Exception {
        try (ServedWorld served = new ServedWorld(spec(seed, accounts, users), DoorOptions.defaults(), folder)) {
            WholeRun run = served.read(ReadMode.LIVE, by.rules());
            int keys = run.surveyed().stream()
                    .mapToInt(found -> found.snapshot().keyCount())
                    .sum();
            assertThat(run.findings()).hasSize(keys);
            assertThat(new HashSet<>(
                            run.findings().stream().map(Finding::credential).toList()))
                    .hasSize(keys);
            for (AccountOutcome.Surveyed found : run.surveyed()) {
                for (User user : found.snapshot().users()) {
                    for (AccessKey key : user.keys().orElse(List.of())) {
                        governedByFirst(
                                by.rules(), found, new Subject(found.snapshot().account(), user, key, NOW));
                    }
                }
            }
        }
    }

    /** An exempt or inactive key is governed by nobody; any other by the first policy that says yes, if none before it could not say. */
    private static void governedByFirst(Rules rules, AccountOutcome.Surveyed in, Subject subject) {
        Finding finding = in.findings().stream()
                .filter(f -> subject.key().id().equals(f.credential().keyId()))
                .findFirst()
                .orElseThrow();
        String first = null;
        for (Policy policy : rules.policies()) {
            Verdict verdict = policy.when().test(subject);
            if (verdict instanceof Verdict.DoesNotMatch) {
                continue;
            }
            first = verdict instanceof Verdict.Matches ? policy.name() : null;
            break;
        }
        if (finding.governedBy() != null || finding.standing().needsAttention()) {
            assertThat(finding.governedBy()).as("%s", finding).isEqualTo(first);
        }
    }

    private static Snapshot shuffled(Snapshot snapshot, Random random) {
        List<User> users = new ArrayList<>();
        for (User user : snapshot.users()) {
            users.add(user.withKeys(user.keys().map(keys -> {
                List<AccessKey> turned = new ArrayList<>(keys);
                Collections.shuffle(turned, random);
                return List.copyOf(turned);
            })));
        }
        Collections.shuffle(users, random);
        return new Snapshot(
                snapshot.account(),
                snapshot.via(),
                snapshot.asOf(),
                Reading.COMPLETE,
                snapshot.notes(),
                snapshot.root(),
                users);
    }
}
