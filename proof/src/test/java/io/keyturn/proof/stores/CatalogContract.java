package io.keyturn.proof.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.keyturn.app.wiring.Demo;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.Summary;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.CatalogFiller;
import io.keyturn.engine.catalog.DayTotal;
import io.keyturn.engine.catalog.KeyPage;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.KeyQuery.Order;
import io.keyturn.engine.catalog.MemoryCatalog;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.catalog.SeenKey;
import io.keyturn.engine.catalog.SeenOverview;
import io.keyturn.engine.catalog.SeenRun;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Survey;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.ports.WorldAccounts;
import io.keyturn.sandbox.world.VirtualClock;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every catalog keeps to, shown on a run over a whole simulated organization with its odd cases. */
abstract class CatalogContract {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final List<AccountOutcome> OUTCOMES = new ArrayList<>();
    private static List<AccountPlan> plans = List.of();
    private static Planner planner = new Planner(rules(), History.NONE);

    private Catalog catalog = new MemoryCatalog();

    abstract Catalog open() throws StoreFailure;

    private static Rules rules() {
        return Demo.settings(Path.of("none.db"), InstantSource.fixed(NOW)).rules();
    }

    @BeforeAll
    static synchronized void survey() throws Exception {
        if (!OUTCOMES.isEmpty()) {
            return;
        }
        World world = World.generate(new WorldSpec(20, 4, 120, 0.2, NOW));
        VirtualClock clock = VirtualClock.standingAt(NOW);
        planner = new Planner(rules(), History.NONE);
        new Survey(
                        new WorldAccounts(world, clock, Faults.NONE, ReadMode.LIVE, Duration.ofSeconds(2)),
                        new Assessor(rules()),
                        planner,
                        rules().needs(Needs.Identify.ALL),
                        clock,
                        new Meter())
                .run(OUTCOMES::add);
        plans = OUTCOMES.stream()
                .filter(AccountOutcome.Surveyed.class::isInstance)
                .map(outcome -> ((AccountOutcome.Surveyed) outcome).plan())
                .toList();
    }

    @BeforeEach
    void openCatalog() throws StoreFailure {
        catalog = open();
        fill(catalog, NOW, OUTCOMES);
    }

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    private static void fill(Catalog catalog, Instant now, List<AccountOutcome> outcomes) throws StoreFailure {
        CatalogFiller filler = new CatalogFiller(catalog, now);
        for (AccountOutcome outcome : outcomes) {
            filler.account(outcome);
        }
        filler.end(planner.settle(plans), "run-1", true);
    }

    private static List<SeenKey> all(Catalog catalog) throws StoreFailure {
        return catalog.keys(new KeyQuery("", Set.of(), null, null, false, Order.STANDING, false, 0, 1_000))
                .keys();
    }

    @Test
    void what_a_run_found_is_given_back_as_it_was() throws Exception {
        Summary summary = new Summary(NOW, true, false);
        for (AccountOutcome outcome : OUTCOMES) {
            if (outcome instanceof AccountOutcome.Surveyed found) {
                summary.surveyed(found.snapshot(), found.findings(), found.plan(), finding -> true);
            }
        }
        List<Attention> shown = summary.shown(ZoneOffset.UTC);
        assertThat(all(catalog)).extracting(SeenKey::key).containsExactlyInAnyOrderElementsOf(shown);
        assertThat(all(catalog)).extracting(SeenKey::name).doesNotHaveDuplicates();
        assertThat(catalog.accounts().stream().mapToInt(account -> account.row().decisions()))
                .hasSize(OUTCOMES.size());
        assertThat(catalog.accounts().stream()
                        .mapToInt(account -> account.row().decisions())
                        .sum())
                .isEqualTo(summary.decisions())
                .isPositive();
        for (Standing standing : Standing.values()) {
            assertThat(catalog.counts(KeyQuery.ALL).getOrDefault(standing, 0)).isEqualTo(summary.count(standing));
        }
        assertThat(catalog.plan().orElseThrow().hash())
                .isEqualTo(planner.settle(plans).hash());
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void every_question_is_answered_as_one_who_goes_through_all_keys_answers_it(Order order) throws Exception {
        MemoryCatalog plain = new MemoryCatalog();
        fill(plain, NOW, OUTCOMES);
        for (boolean descending : new boolean[] {false, true}) {
            for (KeyQuery query : List.of(
                    new KeyQuery("", Set.of(), null, null, false, order, descending, 0, 1_000),
                    new KeyQuery("AGENT sand", Set.of(), null, null, false, order, descending, 0, 50),
                    new KeyQuery("%_' OR 1=1 --", Set.of(), null, null, false, order, descending, 0, 50),
                    new KeyQuery(
                            "", Set.of(Standing.EXPIRED, Standing.WARNED), null, "", true, order, descending, 0, 50),
                    new KeyQuery("", Set.of(), null, null, true, order, descending, 1, 7))) {
                KeyPage page = catalog.keys(query);
                assertThat(page).isEqualTo(plain.keys(query));
                assertThat(catalog.counts(query)).isEqualTo(plain.counts(query));
            }
        }
        String account = plain.accounts().getFirst().id();
        assertThat(catalog.keys(KeyQuery.ALL.ofAccount(account)))
                .isEqualTo(plain.keys(KeyQuery.ALL.ofAccount(account)));
        assertThat(catalog.owners()).isEqualTo(plain.owners());
        assertThat(catalog.accounts()).isEqualTo(plain.accounts());
        assertThat(catalog.plan()).isEqualTo(plain.plan());
        assertThat(catalog.days()).isEqualTo(plain.days());
        KeyQuery some = KeyQuery.ALL.ofAccount(account);
        assertThat(catalog.counts(some)).isEqualTo(plain.counts(some));
        assertThat(catalog.account(account)).isPresent().isEqualTo(plain.account(account));
        assertThat(catalog.account("no such account")).isEmpty();
    }

    private static void assertSameOverview(Catalog one, Catalog other) throws StoreFailure {
        assertThat(one.totals()).isEqualTo(other.totals());
        assertThat(one.planned()).isEqualTo(other.planned());
        for (SeenOverview.Most most :
                List.of(new SeenOverview.Most(2, 5, 3), new SeenOverview.Most(1_000, 1_000, 1_000))) {
            assertThat(one.overview(most)).isEqualTo(other.overview(most));
        }
    }

    /** What a run does to a catalog. */
    private interface Change {
        void make(Catalog catalog) throws StoreFailure;
    }

    @Test
    void the_overview_is_that_of_all_that_is_in_it_whatever_was_replaced_missed_or_forgotten() throws Exception {
        MemoryCatalog plain = new MemoryCatalog();
        fill(plain, NOW, OUTCOMES);
        assertSameOverview(catalog, plain);
        assertThat(catalog.overview(new SeenOverview.Most(1, 1, 1)).days()).isNotEmpty();
        List<SeenAccount> accounts = plain.accounts().stream()
                .filter(account -> account.row().keys() > 3)
                .toList();
        SeenAccount fewer = accounts.get(0);
        SeenAccount missed = accounts.get(1);
        SeenAccount gone = accounts.get(2);
        List<SeenKey> kept = of(plain, fewer).subList(0, 2);
        List<SeenKey> back = of(plain, gone);
        Set<String> others = plain.accounts().stream()
                .map(SeenAccount::id)
                .filter(id -> !id.equals(gone.id()))
                .collect(Collectors.toSet());
        for (Change change : List.<Change>of(
                changed -> changed.put(fewer, kept),
                changed -> changed.mark(missed.missed("access denied", NOW.plusSeconds(60))),
                changed -> changed.keepOnly(others),
                changed -> changed.put(gone, back),
                changed -> changed.put(new DayTotal(LocalDate.parse("2026-01-01"), Map.of(), 0)),
                changed -> fill(changed, NOW.plus(Duration.ofDays(9)), OUTCOMES.subList(0, 4)),
                changed -> changed.keepOnly(Set.of()))) {
            change.make(catalog);
            change.make(plain);
            assertSameOverview(catalog, plain);
        }
        assertThat(catalog.totals().keys()).isZero();
        assertThat(catalog.owners()).isEmpty();
    }

    private static List<SeenKey> of(Catalog catalog, SeenAccount account) throws StoreFailure {
        return catalog.keys(new KeyQuery("", Set.of(), account.id(), null, false, Order.STANDING, false, 0, 1_000))
                .keys();
    }

    @Test
    void a_key_has_the_same_name_in_the_next_run() throws Exception {
        List<SeenKey> before = all(catalog);
        fill(catalog, NOW.plusSeconds(60), OUTCOMES);
        assertThat(all(catalog))
                .extracting(SeenKey::name)
                .containsExactlyElementsOf(before.stream().map(SeenKey::name).toList());
        SeenKey first = all(catalog).getFirst();
        assertThat(catalog.key(first.name())).contains(first);
        assertThat(catalog.key("no such name")).isEmpty();
    }

    @Test
    void an_account_that_could_not_be_read_keeps_what_is_known_of_its_keys_and_says_so() throws Exception {
        SeenAccount known = catalog.accounts().getFirst();
        int keys = catalog.keys(KeyQuery.ALL.ofAccount(known.id())).total();
        CatalogFiller filler = new CatalogFiller(catalog, NOW.plusSeconds(60));
        filler.account(new AccountOutcome.Failed(
                known.row().name(), known.id(), new Problem("assume the role", "it", "access denied", "")));

        SeenAccount marked = catalog.accounts().getFirst();
        assertThat(marked.row().state()).isEqualTo(AccountRow.State.FAILED);
        assertThat(marked.row().read()).isEqualTo("could not assume the role of it: access denied");
        assertThat(marked.row().asOf()).isEqualTo(known.row().asOf());
        assertThat(catalog.keys(KeyQuery.ALL.ofAccount(known.id())).total()).isEqualTo(keys);
        assertThat(filler.complete()).isFalse();
    }

    @Test
    void only_a_run_that_saw_every_account_lets_others_be_forgotten() throws Exception {
        int accounts = catalog.accounts().size();
        CatalogFiller one = new CatalogFiller(catalog, NOW);
        one.account(OUTCOMES.getFirst());
        one.end(planner.settle(plans), "run-2", false);
        assertThat(catalog.accounts()).hasSize(accounts);

        CatalogFiller nameless = new CatalogFiller(catalog, NOW);
        nameless.account(new AccountOutcome.Failed("organization", "", new Problem("list", "it", "denied", "")));
        nameless.end(planner.settle(plans), "run-3", true);
        assertThat(catalog.accounts()).hasSize(accounts + 1);

        CatalogFiller all = new CatalogFiller(catalog, NOW);
        all.account(OUTCOMES.getFirst());
        all.end(planner.settle(plans), "run-4", true);
        assertThat(catalog.accounts()).hasSize(1);
        assertThat(catalog.keys(KeyQuery.ALL).total())
                .isEqualTo(catalog.accounts().getFirst().row().keys());
    }

    @Test
    void days_and_runs_are_kept_in_order_and_the_last_of_a_name_counts() throws Exception {
        LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        catalog.put(new DayTotal(today.minusDays(3), Map.of(Standing.EXPIRED, 61), 12));
        assertThat(catalog.days()).extracting(DayTotal::day).containsExactly(today.minusDays(3), today);
        assertThat(catalog.days().getFirst().count(Standing.EXPIRED)).isEqualTo(61);

        catalog.put(run("a", NOW.minusSeconds(60), ""));
        catalog.put(run("b", NOW, ""));
        catalog.put(run("b", NOW, "everything is stopped"));
        assertThat(catalog.runs(10))
                .extracting(SeenRun::name, SeenRun::end)
                .containsExactly(tuple("b", "everything is stopped"), tuple("a", ""));
        assertThat(catalog.runs(1)).hasSize(1);
    }

    private static SeenRun run(String name, Instant began, String end) {
        return new SeenRun(
                name,
                "scan",
                began,
                began.plusSeconds(2),
                true,
                3,
                212,
                3,
                "0".repeat(64),
                7,
                Map.of("remind done", 2),
                end);
    }
}
