package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.CelCondition;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReader;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.Memory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SurveyTest {
    static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    static final Rules RULES = new Rules(
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

    private final Meter meter = new Meter();
    private final List<AccountOutcome> outcomes = new ArrayList<>();

    @Test
    void every_account_is_handed_over_whatever_became_of_it() throws Exception {
        Problem denied = new Problem("assume the role", "account 3", "access denied", "");
        run(sink -> {
            sink.accept(new AccountEntry.Readable("one", "", needs -> new FakeReading(1)));
            sink.accept(new AccountEntry.Skipped("two", "000000000002", "suspended"));
            sink.accept(new AccountEntry.Unreachable("three", "000000000003", denied));
            sink.accept(new AccountEntry.Readable("four", "", needs -> {
                throw new ReadFailure(denied);
            }));
            sink.accept(new AccountEntry.Readable("five", "", needs -> {
                throw new IllegalStateException("a fault of ours");
            }));
        });

        assertThat(outcomes).hasSize(5);
        assertThat(outcomes)
                .filteredOn(AccountOutcome.Surveyed.class::isInstance)
                .hasSize(1);
        assertThat(outcomes)
                .filteredOn(AccountOutcome.Skipped.class::isInstance)
                .hasSize(1);
        assertThat(outcomes).filteredOn(AccountOutcome.Failed.class::isInstance).hasSize(3);
        assertThat(outcomes.toString()).contains("a fault of ours");
        assertThat(meter.accounts.sum()).isEqualTo(5);
    }

    @Test
    void a_past_is_let_go_once_its_account_was_judged() throws Exception {
        List<String> said = new ArrayList<>();
        Memory memory = new Memory() {
            @Override
            public History of(AccountId account) {
                said.add("of " + account);
                return History.NONE;
            }

            @Override
            public void done(AccountId account) {
                said.add("done " + account);
            }
        };
        new Survey(
                        sink -> sink.accept(new AccountEntry.Readable("one", "", needs -> new FakeReading(1))),
                        new Assessor(RULES),
                        new Planner(RULES, History.NONE),
                        RULES.needs(Needs.Identify.AT_RISK),
                        InstantSource.fixed(NOW),
                        meter,
                        memory)
                .run(outcomes::add);

        String account = ((AccountOutcome.Surveyed) outcomes.getFirst())
                .plan()
                .account()
                .id()
                .value();
        assertThat(said).containsExactly("of " + account, "done " + account);
    }

    @Test
    void an_account_that_is_alone_is_read_by_whoever_asks() throws Exception {
        List<Thread> readers = new ArrayList<>();
        run(sink -> sink.accept(new AccountEntry.Readable("one", "", needs -> {
            readers.add(Thread.currentThread());
            return new FakeReading(1);
        })));

        assertThat(readers).containsExactly(Thread.currentThread());
    }

    @Test
    void an_account_with_a_user_on_whom_a_rule_fails_never_passes_as_whole() throws Exception {
        Policy failing = new Policy(
                "teams",
                CelCondition.compile("size(user.name) / 0 == 1"),
                RULES.policies().getFirst().age(),
                null,
                Policy.DEFAULT_REMIND_EVERY,
                null,
                Policy.DEFAULT_IN_USE_WINDOW,
                false);
        Rules rules = new Rules(
                List.of(failing), List.of(), List.of(), List.of(), Map.of(), Rules.DEFAULT_FIRST_NOTICE, false);
        new Survey(
                        sink -> sink.accept(new AccountEntry.Readable("one", "", needs -> new FakeReading(1))),
                        new Assessor(rules),
                        new Planner(rules, History.NONE),
                        rules.needs(Needs.Identify.AT_RISK),
                        InstantSource.fixed(NOW),
                        meter)
                .run(outcomes::add);

        AccountOutcome.Surveyed read = (AccountOutcome.Surveyed) outcomes.getFirst();
        assertThat(read.snapshot().reading())
                .isInstanceOfSatisfying(
                        Reading.Partial.class,
                        partial -> assertThat(partial.why())
                                .startsWith("the condition of policy teams could not be decided for 1 user"));
    }

    @Test
    void the_ids_of_keys_at_risk_are_learnt_and_no_others() throws Exception {
        run(sink -> sink.accept(new AccountEntry.Readable("one", "", needs -> new FakeReading(1))));

        AccountOutcome.Surveyed read = (AccountOutcome.Surveyed) outcomes.getFirst();
        assertThat(read.findings())
                .extracting(f -> f.credential().keyId() == null
                        ? "none"
                        : f.credential().keyId().value())
                .containsExactly("AKIA000000000OLD", "none");
    }

    @Test
    void memory_that_ran_out_is_said_of_its_account_and_never_passes_as_clean() throws Exception {
        run(sink -> {
            sink.accept(new AccountEntry.Readable("one", "", needs -> new FakeReading(1) {
                @Override
                public Snapshot read(Held held) {
                    throw new OutOfMemoryError("Java heap space");
                }
            }));
            sink.accept(new AccountEntry.Readable("two", "", needs -> new FakeReading(2)));
        });

        assertThat(outcomes)
                .hasSize(2)
                .anySatisfy(
                        outcome -> assertThat(outcome)
                                .isInstanceOfSatisfying(
                                        AccountOutcome.Failed.class,
                                        failed -> assertThat(failed.problem().sentence())
                                                .isEqualTo(
                                                        "could not read the keys of one: this process ran out of memory;"
                                                                + " give it more: KEYTURN_HEAP=512m, or -Xmx512m where Java is started by hand")));
    }

    @Test
    void waiting_for_reports_keeps_nobody_else_waiting() throws Exception {
        int count = 4 * Room.OPEN_ACCOUNTS;
        CountDownLatch allWaiting = new CountDownLatch(count);
        run(sink -> {
            for (int i = 1; i <= count; i++) {
                int number = i;
                sink.accept(new AccountEntry.Readable("account", "", needs -> new FakeReading(number) {
                    @Override
                    public void awaitReady() throws InterruptedException {
                        allWaiting.countDown();
                        allWaiting.await();
                    }
                }));
            }
        });

        assertThat(outcomes).hasSize(count);
    }

    @Test
    void no_more_accounts_than_the_limit_are_open_at_a_time() throws Exception {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        run(sink -> {
            for (int i = 1; i <= 4 * Room.OPEN_ACCOUNTS; i++) {
                int number = i;
                sink.accept(new AccountEntry.Readable("account", "", needs -> new FakeReading(number) {
                    @Override
                    public Snapshot read(Held held) throws InterruptedException {
                        most.accumulateAndGet(open.incrementAndGet(), Math::max);
                        Thread.yield();
                        open.decrementAndGet();
                        return super.read(held);
                    }
                }));
            }
        });

        assertThat(most.get()).isBetween(1, Room.OPEN_ACCOUNTS);
    }

    @Test
    void a_cancelled_run_stops_its_readings() {
        Thread main = Thread.currentThread();
        AccountReader stuck = needs -> new FakeReading(1) {
            @Override
            public void awaitReady() throws InterruptedException {
                main.interrupt();
                new CountDownLatch(1).await();
            }
        };

        assertThatThrownBy(() -> run(sink -> {
                    sink.accept(new AccountEntry.Readable("stuck", "", stuck));
                    sink.accept(new AccountEntry.Readable("stuck too", "", stuck));
                    new CountDownLatch(1).await();
                }))
                .isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> run(sink -> sink.accept(new AccountEntry.Readable("alone", "", stuck))))
                .isInstanceOf(InterruptedException.class);
        assertThat(outcomes).isEmpty();
    }

    private void run(Accounts accounts) throws InterruptedException {
        Needs needs = RULES.needs(Needs.Identify.AT_RISK);
        new Survey(
                        accounts,
                        new Assessor(RULES),
                        new Planner(RULES, History.NONE),
                        needs,
                        InstantSource.fixed(NOW),
                        meter)
                .run(outcomes::add);
    }

    @Test
    void a_past_that_cannot_be_read_leaves_its_account_unread() throws Exception {
        Problem damaged = new Problem("read line 7", "the journal", "it was changed", "");
        OwnerSearch owners = new OwnerSearch(RULES, Witness.NONE);
        new Survey(
                        sink -> sink.accept(
                                new AccountEntry.Readable("one", "000000000001", needs -> new FakeReading(1))),
                        new Assessor(RULES),
                        new Planner(RULES, History.NONE),
                        RULES.needs(Needs.Identify.AT_RISK),
                        InstantSource.fixed(NOW),
                        meter,
                        account -> {
                            throw new StoreFailure(StoreFailure.Kind.DAMAGED, damaged);
                        },
                        owners)
                .run(outcomes::add);

        assertThat(outcomes).containsExactly(new AccountOutcome.Failed("one", "000000000001", damaged));
    }

    @Test
    void owners_are_looked_for_beside_their_users_where_the_chain_asks() throws Exception {
        Rules rules = new Rules(
                RULES.policies(),
                List.of(),
                List.of(),
                List.of(new OwnerRule.Creator(), new OwnerRule.Default("security")),
                Map.of(),
                Rules.DEFAULT_FIRST_NOTICE,
                false);
        Witness lund = new Witness() {
            @Override
            public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                return Fact.unknown("AWS answered AccessDenied");
            }

            @Override
            public Fact<String> contact(Account account, OwnerRule.Contact.Kind kind) {
                return Fact.notRead();
            }
        };
        OwnerSearch owners = new OwnerSearch(rules, lund);
        new Survey(
                        sink -> sink.accept(new AccountEntry.Readable("one", "", needs -> new FakeReading(1))),
                        new Assessor(rules, Habits.NONE, owners),
                        new Planner(rules, History.NONE),
                        rules.needs(Needs.Identify.AT_RISK),
                        InstantSource.fixed(NOW),
                        meter,
                        Memory.NONE,
                        owners)
                .run(outcomes::add);

        AccountOutcome.Surveyed read = (AccountOutcome.Surveyed) outcomes.getFirst();
        assertThat(read.snapshot().notes()).hasSize(1);
        assertThat(read.findings())
                .anySatisfy(finding -> assertThat(finding.owner())
                        .isInstanceOfSatisfying(
                                Fact.Known.class,
                                owner -> assertThat(owner.value().toString()).contains("security")));
    }

    @Test
    void an_interruption_that_comes_at_the_end_is_not_lost() {
        assertThatThrownBy(() -> run(sink -> Thread.currentThread().interrupt()))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("the run was cancelled");
    }

    @Test
    void how_long_is_left_is_told_by_the_pace_so_far() {
        assertThat(meter.left(Duration.ofSeconds(10))).isEmpty();
        meter.users.add(20);
        assertThat(meter.left(Duration.ofSeconds(10))).isEmpty();
        meter.usersSeen.add(50);
        assertThat(meter.left(Duration.ofSeconds(10))).contains(Duration.ofSeconds(15));
        assertThat(meter.left(Duration.ofMillis(10))).contains(Duration.ofSeconds(1));
        meter.users.add(30);
        assertThat(meter.left(Duration.ofSeconds(10))).isEmpty();
    }
}
