package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.Memory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of whom a run learns the IDs of keys, and what its memory is shown. */
@Timeout(30)
class SurveyIdsTest {
    private final Meter meter = new Meter();
    private final List<AccountOutcome> outcomes = new ArrayList<>();

    private AccountOutcome.Surveyed surveyed(Memory memory, Rules rules, Needs needs, AccountReading reading)
            throws InterruptedException {
        OwnerSearch owners = new OwnerSearch(rules, Witness.NONE);
        new Survey(
                        sink -> sink.accept(new AccountEntry.Readable("one", "", any -> reading)),
                        new Assessor(rules, Habits.NONE, owners),
                        new Planner(rules, History.NONE),
                        needs,
                        InstantSource.fixed(SurveyTest.NOW),
                        meter,
                        memory,
                        owners)
                .run(outcomes::add);
        return (AccountOutcome.Surveyed) outcomes.getFirst();
    }

    /** The same account, of which the IDs are asked for as often as this says. */
    private static FakeReading counting(List<Set<UserId>> asked) {
        return new FakeReading(1) {
            @Override
            public Snapshot identify(Snapshot snapshot, Set<UserId> users) {
                asked.add(users);
                return snapshot;
            }
        };
    }

    /** Ann's key is old and bob's is new, or switched off. */
    private static FakeReading ofTwo(List<Set<UserId>> asked, boolean bobsWorks) {
        return new FakeReading(1) {
            @Override
            public Snapshot read(Held held) throws InterruptedException {
                Snapshot whole = super.read(held);
                User ann = whole.users().getFirst();
                List<AccessKey> keys = ann.keys().orElse(List.of());
                AccessKey fresh = keys.getFirst();
                AccessKey bobs =
                        new AccessKey(fresh.slot(), null, bobsWorks, fresh.created(), fresh.lastUse(), fresh.asOf());
                User bob = new User(
                        new UserName("bob"),
                        new UserId("AIDA2"),
                        "arn:aws:iam::000000000001:user/bob",
                        "/",
                        ann.created(),
                        Fact.known(List.of(bobs), SurveyTest.NOW),
                        ann.tags(),
                        ann.groups(),
                        ann.policies(),
                        ann.boundary(),
                        ann.console(),
                        ann.mfa());
                return whole.with(List.of(ann.withKeys(Fact.known(List.of(keys.getLast()), SurveyTest.NOW)), bob));
            }

            @Override
            public Snapshot identify(Snapshot snapshot, Set<UserId> users) {
                asked.add(users);
                return snapshot;
            }
        };
    }

    private static Rules deleting() {
        Policy all = SurveyTest.RULES.policies().getFirst();
        Limit age = new Limit(Duration.ofDays(75), Duration.ofDays(90), List.of(Step.REMIND), List.of(Step.DELETE));
        Policy deletes = new Policy(
                all.name(), all.when(), age, null, all.remindEvery(), null, all.inUseWindow(), all.cutInUse());
        return new Rules(
                List.of(deletes), List.of(), List.of(), List.of(), Map.of(), Rules.DEFAULT_FIRST_NOTICE, false);
    }

    @Test
    void where_no_ids_are_needed_none_are_learnt_and_where_all_are_all_are() throws Exception {
        List<Set<UserId>> asked = new ArrayList<>();
        surveyed(Memory.NONE, SurveyTest.RULES, SurveyTest.RULES.needs(Needs.Identify.NONE), counting(asked));
        assertThat(asked).isEmpty();

        surveyed(Memory.NONE, SurveyTest.RULES, SurveyTest.RULES.needs(Needs.Identify.ALL), counting(asked));
        assertThat(asked).containsExactly(Set.of(new UserId("AIDA1")));
    }

    @Test
    void a_healthy_user_whose_past_is_of_concern_is_known_by_ids_too() throws Exception {
        List<Set<UserId>> asked = new ArrayList<>();
        FakeReading healthy = new FakeReading(1) {
            @Override
            public Snapshot read(Held held) throws InterruptedException {
                Snapshot whole = super.read(held);
                User ann = whole.users().getFirst();
                return whole.with(List.of(ann.withKeys(
                        Fact.known(List.of(ann.keys().orElse(List.of()).getFirst()), SurveyTest.NOW))));
            }

            @Override
            public Snapshot identify(Snapshot snapshot, Set<UserId> users) {
                asked.add(users);
                return snapshot;
            }
        };
        surveyed(Memory.NONE, SurveyTest.RULES, SurveyTest.RULES.needs(Needs.Identify.AT_RISK), healthy);
        assertThat(asked).isEmpty();

        AccountPast past = new AccountPast(Set.of());
        past.accept(new Entry.Notice(
                new Entry.Stamp(SurveyTest.NOW, "run", "w"),
                "n",
                new Target(
                        new AccountId("000000000001"),
                        new UserId("AIDA1"),
                        new UserName("ann"),
                        new KeyId("AKIA000000000OLD")),
                Step.DELETE,
                SurveyTest.NOW,
                "email",
                "ann",
                Placement.PLACED,
                null,
                new Entry.Closing(1, false)));
        surveyed(account -> past, SurveyTest.RULES, SurveyTest.RULES.needs(Needs.Identify.AT_RISK), healthy);
        assertThat(asked).containsExactly(Set.of(new UserId("AIDA1")));
    }

    @Test
    void only_users_with_a_key_at_risk_or_one_that_may_be_deleted_are_known_by_ids() throws Exception {
        Set<UserId> ann = Set.of(new UserId("AIDA1"));
        Set<UserId> both = Set.of(new UserId("AIDA1"), new UserId("AIDA2"));
        Memory something = account -> History.NONE;
        List<Set<UserId>> asked = new ArrayList<>();
        surveyed(something, deleting(), SurveyTest.RULES.needs(Needs.Identify.AT_RISK), ofTwo(asked, true));
        surveyed(something, SurveyTest.RULES, SurveyTest.RULES.needs(Needs.Identify.AT_RISK), ofTwo(asked, false));
        surveyed(Memory.NONE, deleting(), SurveyTest.RULES.needs(Needs.Identify.AT_RISK), ofTwo(asked, false));
        surveyed(something, deleting(), SurveyTest.RULES.needs(Needs.Identify.AT_RISK), ofTwo(asked, false));
        assertThat(asked).containsExactly(ann, ann, ann, both);
    }

    @Test
    void what_was_read_is_shown_to_the_memory_before_it_is_asked() throws Exception {
        List<String> heard = new ArrayList<>();
        Memory memory = new Memory() {
            @Override
            public void seen(Snapshot snapshot) {
                heard.add("seen " + snapshot.account().id());
            }

            @Override
            public History of(AccountId account) {
                heard.add("asked of " + account);
                return History.NONE;
            }
        };
        surveyed(memory, SurveyTest.RULES, SurveyTest.RULES.needs(Needs.Identify.NONE), new FakeReading(1));
        assertThat(heard).containsExactly("seen 000000000001", "asked of 000000000001");
    }
}
