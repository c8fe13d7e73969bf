package io.keyturn.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.engine.catalog.KeyQuery.Order;
import io.keyturn.engine.catalog.SeenPlan.State;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Clues;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogFillerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Rules RULES = new Rules(
            List.of(new Policy(
                    "all",
                    Condition.ALWAYS,
                    new Limit(Duration.ofDays(75), Duration.ofDays(90), List.of(Step.REMIND), List.of(Step.REMIND)),
                    null,
                    Policy.DEFAULT_REMIND_EVERY,
                    null,
                    Policy.DEFAULT_IN_USE_WINDOW,
                    false)),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Rules.DEFAULT_FIRST_NOTICE,
            false);

    private final MemoryCatalog catalog = new MemoryCatalog();
    private final CatalogFiller filler = new CatalogFiller(catalog, NOW);

    private static AccountOutcome.Surveyed account(int number, boolean held) {
        Account account = new Account(
                new AccountId("%012d".formatted(number)),
                "account " + number,
                Partition.AWS,
                Fact.notRead(),
                Fact.notRead(),
                false);
        List<AccessKey> keys = List.of(
                new AccessKey(null, new KeyId("AKIA000000000OLD"), true, days(100), LastUse.NEVER_USED, NOW),
                new AccessKey(
                        null, new KeyId("AKIA000000000NEW"), true, days(5), new LastUse.Used(days(1), "s3", "x"), NOW),
                new AccessKey(null, new KeyId("AKIA00000000TWIN"), false, days(5), new LastUse.Unknown("denied"), NOW));
        User user = new User(
                new UserName("Ann"),
                new UserId("AIDA" + number),
                "arn:aws:iam::1:user/Ann",
                "/",
                days(900),
                Fact.known(keys, NOW),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
        Snapshot snapshot = new Snapshot(
                account,
                ReadVia.LIVE,
                NOW,
                Reading.COMPLETE,
                List.of("a note"),
                Fact.known(RootKeys.NONE, NOW),
                List.of(user));
        List<Finding> findings = new Assessor(RULES).assess(snapshot, NOW);
        Finding old = findings.stream()
                .filter(finding -> finding.standing() == Standing.EXPIRED)
                .findFirst()
                .orElseThrow();
        Hold hold = held ? new Hold(false, "frozen by ann: why not", null) : null;
        Scheduled next = new Scheduled(old.credential(), Step.DEACTIVATE, NOW, null, hold);
        return new AccountOutcome.Surveyed(
                snapshot, findings, new AccountPlan(account, Stage.ENFORCE, 2, List.of(), List.of(next), Map.of()));
    }

    private static Instant days(int ago) {
        return NOW.minus(Duration.ofDays(ago));
    }

    private static Plan plan(AccountOutcome.Surveyed... found) {
        List<Action> actions = List.of(found).stream()
                .<Action>map(one -> new Action.Deactivate(
                        one.plan().next().getFirst().credential(),
                        one.findings().getFirst().reasons()))
                .toList();
        return new Plan(
                actions, List.of(new Plan.Deferred(actions.getFirst(), "deactivate global", 1, 1, 3)), "ab".repeat(32));
    }

    @Test
    void the_plan_says_what_is_due_what_a_limit_puts_off_and_what_somebody_holds_back() throws Exception {
        AccountOutcome.Surveyed one = account(1, true);
        filler.account(one);
        filler.account(new AccountOutcome.Skipped("closed", "000000000009", "suspended"));
        filler.end(plan(one), "run-1", true);

        SeenPlan plan = catalog.plan().orElseThrow();
        assertThat(plan.complete()).isTrue();
        assertThat(plan.rows()).extracting(SeenPlan.Row::state).containsExactly(State.DUE, State.DEFERRED, State.HELD);
        assertThat(plan.rows()).extracting(SeenPlan.Row::account).containsOnly("account 1");
        SeenPlan.Row left = plan.rows().getFirst().leftFor("failed: refused");
        assertThat(left.more()).isEqualTo("failed: refused");
        assertThat(left.isChange()).isEqualTo(plan.rows().getFirst().isChange());
        assertThat(plan.rows())
                .extracting(SeenPlan.Row::more)
                .containsExactly(
                        null,
                        "put off by the limit deactivate global: 1 allowed, 1 of 3 taken",
                        "frozen by ann: why not");
        assertThat(plan.changes()).hasSize(1);
        assertThat(filler.accounts()).isEqualTo(2);
        assertThat(catalog.accounts())
                .extracting(account -> account.row().state())
                .containsExactly(AccountRow.State.WHOLE, AccountRow.State.SKIPPED);
        assertThat(catalog.days()).extracting(DayTotal::day).containsExactly(LocalDate.parse("2026-11-23"));
        assertThat(catalog.days().getFirst().count(Standing.EXPIRED)).isEqualTo(1);
    }

    @Test
    void keys_of_one_second_have_names_of_their_own_that_last() throws Exception {
        filler.account(account(1, false));
        List<SeenKey> keys = catalog.keys(KeyQuery.ALL).keys();
        assertThat(keys).hasSize(3).extracting(SeenKey::name).doesNotHaveDuplicates();
        filler.account(account(1, true));
        assertThat(catalog.keys(KeyQuery.ALL).keys())
                .extracting(SeenKey::name)
                .containsExactlyElementsOf(keys.stream().map(SeenKey::name).toList());
        assertThat(catalog.key(keys.getFirst().name())).isPresent();
    }

    /** The second key of one second is another one than the first, wherever it is named. */
    @Test
    void rows_of_the_plan_lead_to_their_keys() throws Exception {
        AccountOutcome.Surveyed one = account(1, true);
        filler.account(one);
        List<Finding> findings = one.findings();
        List<Action> all = findings.stream()
                .<Action>map(finding -> new Action.Deactivate(finding.credential(), finding.reasons()))
                .toList();
        filler.end(new Plan(all, List.of(), "ab".repeat(32)), "run-1", false);

        List<SeenPlan.Row> rows = catalog.plan().orElseThrow().rows();
        assertThat(rows).hasSize(4);
        assertThat(rows.subList(0, 3)).extracting(SeenPlan.Row::key).doesNotHaveDuplicates();
        for (SeenPlan.Row row : rows) {
            assertThat(catalog.key(row.key()).orElseThrow().key().finding().credential())
                    .isEqualTo(row.credential());
        }
        SeenPlan.Row held = rows.getLast();
        assertThat(held.why())
                .isEqualTo(rows.stream()
                        .filter(row -> row.credential().equals(held.credential()))
                        .findFirst()
                        .orElseThrow()
                        .why())
                .isNotEqualTo("–");
    }

    @Test
    void the_median_age_is_of_keys_that_work_and_only_of_a_whole_reading_of_everything() throws Exception {
        filler.account(account(1, false));
        filler.end(new Plan(List.of(), List.of(), "ab".repeat(32)), "run-1", true);
        assertThat(catalog.days().getFirst().medianDays()).isEqualTo((100 + 5) / 2.0);

        filler.end(new Plan(List.of(), List.of(), "ab".repeat(32)), "run-2", false);
        assertThat(catalog.days().getFirst().medianDays()).isNull();

        CatalogFiller empty = new CatalogFiller(catalog, NOW);
        empty.end(new Plan(List.of(), List.of(), "ab".repeat(32)), "run-3", true);
        assertThat(catalog.days().getFirst().medianDays()).isNull();

        empty.account(account(1, false));
        empty.account(new AccountOutcome.Failed("closed", "000000000009", new Problem("read", "it", "no", "try")));
        empty.end(new Plan(List.of(), List.of(), "ab".repeat(32)), "run-4", true);
        assertThat(catalog.days().getFirst().medianDays()).isNull();
    }

    @Test
    void what_speaks_for_a_way_without_a_key_is_kept_beside_it_and_nothing_where_nothing_does() throws Exception {
        AccountOutcome.Surveyed one = account(1, false);
        CredentialId old = one.plan().next().getFirst().credential();
        Fact<KeyUses> uses = Fact.unknown("CloudTrail was not read");
        filler.account(one.usedFrom(Map.of(old, uses)));
        assertThat(catalog.keys(KeyQuery.ALL).keys())
                .filteredOn(key -> key.clues() != null)
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.key().finding().credential()).isEqualTo(old);
                    assertThat(key.clues()).isEqualTo(new Clues(false, uses));
                });

        User ann = one.snapshot().users().getFirst();
        assertThat(one.signingIn()).isEmpty();
        assertThat(one.clues(old, Set.of(ann.id()))).isEqualTo(new Clues(true, Fact.notRead()));
        assertThat(surveyed(one, Fact.known(true, NOW)).signingIn()).containsExactly(ann.id());
        assertThat(surveyed(one, Fact.known(false, NOW)).signingIn()).isEmpty();
        CredentialId root = new CredentialId(old.kind(), old.account(), Principal.ROOT, null, null, null);
        assertThat(one.clues(root, Set.of(ann.id()))).isNull();
    }

    private static AccountOutcome.Surveyed surveyed(AccountOutcome.Surveyed like, Fact<Boolean> console) {
        Snapshot was = like.snapshot();
        User ann = was.users().getFirst();
        User other = new User(
                ann.name(),
                ann.id(),
                ann.arn(),
                ann.path(),
                ann.created(),
                ann.keys(),
                ann.tags(),
                ann.groups(),
                ann.policies(),
                ann.boundary(),
                console,
                ann.mfa());
        return new AccountOutcome.Surveyed(
                new Snapshot(
                        was.account(), was.via(), was.asOf(), was.reading(), was.notes(), was.root(), List.of(other)),
                like.findings(),
                like.plan());
    }

    @Test
    void what_is_held_later_or_by_its_stage_is_no_row_of_the_plan() throws Exception {
        AccountOutcome.Surveyed one = account(1, true);
        Scheduled held = one.plan().next().getFirst();
        List<Scheduled> others = List.of(
                new Scheduled(held.credential(), held.step(), NOW.plusSeconds(1), null, held.hold()),
                new Scheduled(held.credential(), held.step(), NOW, Stage.NOTIFY, held.hold()),
                new Scheduled(held.credential(), held.step(), NOW, null, null));
        filler.account(new AccountOutcome.Surveyed(
                one.snapshot(),
                one.findings(),
                new AccountPlan(one.snapshot().account(), Stage.ENFORCE, 2, List.of(), others, Map.of())));
        filler.end(new Plan(List.of(), List.of(), "ab".repeat(32)), "run-1", true);

        assertThat(catalog.plan().orElseThrow().rows()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void either_way_round_the_same_keys_come(Order order) throws Exception {
        filler.account(account(1, false));
        filler.account(account(2, false));
        KeyPage up = catalog.keys(new KeyQuery("ann", Set.of(), null, null, false, order, false, 0, 10));
        KeyPage down = catalog.keys(new KeyQuery("ann", Set.of(), null, null, false, order, true, 0, 10));
        assertThat(up.total()).isEqualTo(6);
        assertThat(down.keys()).containsExactlyInAnyOrderElementsOf(up.keys());
    }

    @Test
    void what_is_asked_for_is_found_and_nothing_else() throws Exception {
        filler.account(account(1, false));
        filler.account(account(2, false));
        assertThat(catalog.keys(new KeyQuery(" OLD ann ", Set.of(), "000000000002", "", true, Order.USER, false, 0, 10))
                        .keys())
                .singleElement()
                .satisfies(key -> assertThat(key.decideBy()).isEqualTo("2026-11-23"));
        assertThat(catalog.keys(KeyQuery.ALL.ofOwner("nobody")).total()).isZero();
        assertThat(catalog.keys(KeyQuery.toDecide(1)).total()).isEqualTo(2);
        assertThat(catalog.keys(new KeyQuery("", Set.of(Standing.EXPIRED), null, null, false, Order.USER, false, 0, 10))
                        .keys())
                .hasSize(2)
                .allMatch(key -> key.key().finding().standing() == Standing.EXPIRED);
        assertThat(catalog.counts(KeyQuery.ALL)).containsEntry(Standing.EXPIRED, 2);
        assertThat(catalog.owners())
                .singleElement()
                .satisfies(owner -> assertThat(owner.keys()).isEqualTo(6));
        assertThatThrownBy(() -> new KeyQuery("", Set.of(), null, null, false, Order.USER, false, -1, 10))
                .hasMessage("a page is counted from 0, and has 1 to 1000 keys");
    }

    private KeyQuery searching(String text) {
        return new KeyQuery(text, Set.of(), null, null, false, Order.USER, false, 0, 10);
    }

    @Test
    void a_search_is_of_words_in_any_letters_and_of_eight_at_most() throws Exception {
        filler.account(account(1, false));
        assertThat(searching("  Ann\tOLD ").words()).containsExactly("ann", "old");
        assertThat(searching("").words()).isEmpty();
        assertThat(searching("1 2 3 4 5 6 7 8 9").words()).hasSize(8).doesNotContain("9");
        assertThat(catalog.keys(searching("OLD")).total()).isEqualTo(1);
        assertThat(catalog.keys(searching("old nobody")).total()).isZero();
        assertThat(catalog.keys(KeyQuery.ALL.ofAccount("000000000001")).total()).isEqualTo(3);
        assertThat(catalog.keys(KeyQuery.ALL.ofAccount("000000000002")).total()).isZero();
        assertThat(catalog.keys(KeyQuery.ALL.ofOwner("")).total()).isEqualTo(3);
        assertThat(new KeyQuery("", Set.of(), null, null, false, Order.USER, false, 0, 1_000).size())
                .isEqualTo(1_000);
    }

    @Test
    void an_account_that_fails_is_marked_and_its_keys_stay() throws Exception {
        AccountOutcome.Surveyed one = account(1, false);
        filler.account(one);
        assertThat(catalog.accounts()).extracting(SeenAccount::notWhole).containsExactly(false);
        CatalogFiller later = new CatalogFiller(catalog, NOW.plusSeconds(60));
        later.account(new AccountOutcome.Failed("account 1", "000000000001", new Problem("read", "it", "denied", "")));
        later.account(new AccountOutcome.Failed("nobody knows", "", new Problem("list", "it", "denied", "")));
        later.end(plan(one), "run-2", true);

        assertThat(later.complete()).isFalse();
        assertThat(catalog.plan().orElseThrow().complete()).isFalse();
        assertThat(catalog.accounts()).extracting(SeenAccount::id).containsExactly("000000000001", "nobody knows");
        SeenAccount failed = catalog.accounts().getFirst();
        assertThat(failed.notWhole()).isTrue();
        assertThat(failed.row().read()).isEqualTo("could not read of it: denied");
        assertThat(failed.count(Standing.EXPIRED)).isEqualTo(1);
        assertThat(failed.at()).isEqualTo(NOW.plusSeconds(60));
        assertThat(catalog.keys(KeyQuery.ALL).total()).isEqualTo(3);
    }

    @Test
    void an_account_that_was_read_in_part_is_not_whole() throws Exception {
        AccountOutcome.Surveyed one = account(1, false);
        filler.account(new AccountOutcome.Surveyed(
                one.snapshot().lacking("tags could not be read"), one.findings(), one.plan()));
        assertThat(catalog.accounts()).extracting(SeenAccount::notWhole).containsExactly(true);
    }

    @Test
    void an_account_that_is_gone_is_forgotten() throws Exception {
        AccountOutcome.Surveyed one = account(1, false);
        filler.account(one);
        filler.account(account(2, false));
        CatalogFiller later = new CatalogFiller(catalog, NOW);
        later.account(one);
        later.end(plan(one), "run-2", true);
        assertThat(catalog.keys(KeyQuery.ALL).total()).isEqualTo(3);
        catalog.close();
    }

    @Test
    void the_last_run_of_a_name_counts() {
        catalog.put(run("a", NOW, ""));
        catalog.put(run("a", NOW, "stopped"));
        catalog.put(run("b", NOW.plusSeconds(1), ""));
        assertThat(catalog.runs(5)).extracting(SeenRun::name).containsExactly("b", "a");
        assertThat(catalog.runs(5).getLast().end()).isEqualTo("stopped");
    }

    private static SeenRun run(String name, Instant began, String end) {
        return new SeenRun(name, "scan", began, began, true, 1, 1, 0, "", 0, Map.of("remind done", 1), end);
    }

    @Test
    void keysAreNamedByWhoseTheyAreAndWhenTheyWereMade() {
        AccountId account = new AccountId("111122223333");
        Principal ann = new Principal.OfUser(new UserName("ann"), new UserId("AIDAANN"), "arn:x");
        Instant made = Instant.parse("2026-01-01T00:00:00Z");
        List<CredentialId> all = List.of(
                new CredentialId(CredentialId.Kind.ACCESS_KEY, account, Principal.ROOT, 1, null, made),
                new CredentialId(CredentialId.Kind.ACCESS_KEY, account, Principal.ROOT, 1, null, null),
                new CredentialId(CredentialId.Kind.ACCESS_KEY, account, ann, null, null, made),
                new CredentialId(CredentialId.Kind.ACCESS_KEY, account, ann, null, null, null));
        assertThat(all.stream().map(id -> SeenKey.nameOf(id, 0)).distinct()).hasSize(4);
        assertThat(SeenKey.nameOf(all.get(2), 1)).isNotEqualTo(SeenKey.nameOf(all.get(2), 0));
    }

    @Test
    void aPageThatCannotBeIsRefused() {
        for (int[] page : new int[][] {{-1, 10}, {0, 0}, {0, 1001}}) {
            assertThatThrownBy(() -> new KeyQuery(
                            "", Set.of(), null, null, false, KeyQuery.Order.STANDING, false, page[0], page[1]))
                    .hasMessage("a page is counted from 0, and has 1 to 1000 keys");
        }
    }
}
