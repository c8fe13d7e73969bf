package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.OwnerRule.Contact;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.core.trail.TrailActor;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import io.keyturn.core.trail.TrailQuery;
import io.keyturn.engine.port.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Owners are looked for beside their users where that is of use, and no further. */
class OwnerSearchTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final OwnerRule CREATOR = new OwnerRule.Creator();
    private static final OwnerRule OPERATIONS = new OwnerRule.Contact(Contact.Kind.OPERATIONS);

    private final List<String> asked = new ArrayList<>();
    private Set<String> cutShort = Set.of();

    /** Tells that m.lund made everybody a month ago, or that it may not tell. */
    private Witness witness(boolean allowed) {
        return new Witness() {
            @Override
            public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                asked.add(query.value());
                TrailActor lund = new TrailActor("IAMUser", "arn:x", "m.lund", null, "1", "AKIA1", true);
                Instant then = NOW.minus(Duration.ofDays(100));
                return allowed
                        ? Fact.known(
                                new TrailEvents(
                                        List.of(new TrailEvent(
                                                "e", then, query.value(), "iam", lund, "old", null, null, List.of())),
                                        !cutShort.contains(query.value())),
                                NOW)
                        : Fact.unknown("AWS answered AccessDenied");
            }

            @Override
            public Fact<String> contact(Account account, Contact.Kind kind) {
                asked.add(kind.label());
                return allowed ? Fact.known("ops@example.com", NOW) : Fact.unknown("AWS answered AccessDenied");
            }
        };
    }

    private static Rules rules(OwnerRule... chain) {
        Limit age = new Limit(Duration.ofDays(75), Duration.ofDays(90), List.of(Step.REMIND), List.of(Step.REMIND));
        Policy all = new Policy(
                "all",
                Condition.ALWAYS,
                age,
                null,
                Policy.DEFAULT_REMIND_EVERY,
                null,
                Policy.DEFAULT_IN_USE_WINDOW,
                false);
        return new Rules(List.of(all), List.of(), List.of(), List.of(chain), Map.of(), null, false);
    }

    private static User user(String name, long days) {
        Instant made = NOW.minus(Duration.ofDays(days));
        AccessKey key = new AccessKey(null, new KeyId("AKIA0000000000" + name), true, made, LastUse.NEVER_USED, NOW);
        return new User(
                new UserName(name),
                new UserId("AIDA" + name),
                "arn:aws:iam::000000000001:user/" + name,
                "/",
                made,
                Fact.known(List.of(key), NOW),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
    }

    private static Snapshot snapshot(User... users) {
        Account account =
                new Account(new AccountId("000000000001"), "one", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
        return new Snapshot(account, ReadVia.LIVE, NOW, Reading.COMPLETE, List.of(), Fact.notRead(), List.of(users));
    }

    /** What a survey comes to: judged, asked where that is of use, judged again. */
    private Snapshot surveyed(Rules rules, Witness witness, List<Finding> findings, User... users) throws Exception {
        OwnerSearch search = new OwnerSearch(rules, witness);
        Assessor assessor = new Assessor(rules, Habits.NONE, search);
        Snapshot snapshot = snapshot(users);
        List<Finding> first = assessor.assess(snapshot, NOW);
        if (search.asks(first)) {
            snapshot = search.of(first, snapshot, NOW);
        }
        findings.addAll(assessor.assess(snapshot, NOW));
        return snapshot;
    }

    @Test
    void a_key_that_needs_attention_is_asked_about_once_an_account_and_a_healthy_one_is_not() throws Exception {
        List<Finding> findings = new ArrayList<>();
        surveyed(rules(CREATOR), witness(true), findings, user("new", 5), user("old", 100), user("older", 200));

        assertThat(asked).containsExactly("CreateUser", "CreateAccessKey");
        assertThat(findings.get(0).owner()).isInstanceOf(Fact.NotRead.class);
        assertThat(findings.get(1).owner()).isEqualTo(Fact.known(new Owner("m.lund", "cloudtrail"), NOW));
        assertThat(findings.get(2).owner()).isInstanceOf(Fact.Unknown.class);
    }

    @Test
    void nobody_is_asked_where_all_is_healthy_or_an_earlier_link_answers() throws Exception {
        surveyed(rules(CREATOR), witness(true), new ArrayList<>(), user("new", 5));
        surveyed(rules(new OwnerRule.Default("security"), CREATOR), witness(true), new ArrayList<>(), user("old", 100));
        assertThat(asked).isEmpty();
    }

    @Test
    void what_may_not_be_asked_is_said_once_and_the_chain_goes_on() throws Exception {
        List<Finding> findings = new ArrayList<>();
        Snapshot snapshot = surveyed(
                rules(CREATOR, OPERATIONS, new OwnerRule.Default("security")),
                witness(false),
                findings,
                user("old", 100),
                user("older", 200));

        assertThat(snapshot.notes())
                .containsExactly(
                        "who made its users is not known, and the owner chain goes on without: AWS answered AccessDenied",
                        "the account's contact for operations is not known, and the owner chain goes on without:"
                                + " AWS answered AccessDenied");
        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.owner()).isEqualTo(Fact.known(new Owner("security", "default"), NOW)));
        assertThat(snapshot.reading()).isEqualTo(Reading.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateUser", "CreateAccessKey", "CreateUser,CreateAccessKey"})
    void of_events_that_were_not_all_looked_at_nobody_is_said_to_be_missing(String queries) throws Exception {
        cutShort = Set.of(queries.split(","));
        OwnerSearch search = new OwnerSearch(rules(CREATOR), witness(true));
        User unnamed = user("unnamed", 50);
        search.ask(snapshot(user("old", 100), unnamed), NOW);

        assertThat(search.of(unnamed.id()).maker()).isInstanceOf(Fact.Unknown.class);
        assertThat(search.of(new UserId("AIDAold")).maker()).isInstanceOf(Fact.Known.class);
    }

    @Test
    void of_events_that_were_all_looked_at_one_whom_none_names_was_made_by_nobody_known() throws Exception {
        OwnerSearch search = new OwnerSearch(rules(CREATOR), witness(true));
        User unnamed = user("unnamed", 50);
        search.ask(snapshot(user("old", 100), unnamed), NOW);

        assertThat(search.of(unnamed.id()).maker()).isInstanceOf(Fact.Known.class);
    }

    @Test
    void it_is_of_use_only_where_the_chain_asks_and_somebody_is_not_known() {
        List<Finding> old = new Assessor(rules(CREATOR)).assess(snapshot(user("old", 100)), NOW);
        List<Finding> fresh = new Assessor(rules(CREATOR)).assess(snapshot(user("new", 5)), NOW);
        assertThat(new OwnerSearch(rules(CREATOR), witness(true)).asks(old)).isTrue();
        assertThat(new OwnerSearch(rules(CREATOR), witness(true)).asks(fresh)).isFalse();
        assertThat(new OwnerSearch(rules(new OwnerRule.Tag("Owner")), witness(true)).asks(old))
                .isFalse();
    }

    @Test
    void whoever_hears_in_an_owners_place_may_be_the_accounts_contact() throws Exception {
        Rules rules = rules(new OwnerRule.Default("security"))
                .escalating(new Escalation(Duration.ofDays(7), List.of(OPERATIONS)));
        OwnerSearch search = new OwnerSearch(rules, witness(true));
        User old = user("old", 100);

        assertThat(search.ask(snapshot(old), NOW)).isEmpty();

        assertThat(new Assessor(rules, Habits.NONE, search).owners(old, NOW.minus(Duration.ofDays(8)), NOW))
                .extracting(Owner::name)
                .containsExactly("ops@example.com", "security");
    }

    @Test
    void where_nobody_has_to_be_asked_about_nobody_is() throws Exception {
        OwnerSearch none = new OwnerSearch(rules(new OwnerRule.Default("security")), witness(true));
        assertThat(none.ask(snapshot(user("old", 100)), NOW)).isEmpty();
        OwnerSearch answered = new OwnerSearch(rules(new OwnerRule.Default("security"), CREATOR), witness(true));
        assertThat(answered.ask(snapshot(user("old", 100)), NOW)).isEmpty();
        assertThat(new OwnerSearch(rules(CREATOR), witness(true)).ask(snapshot(), NOW))
                .isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void a_contact_that_two_links_name_is_asked_for_once() throws Exception {
        OwnerSearch search = new OwnerSearch(
                rules(OPERATIONS, new OwnerRule.Contact(Contact.Kind.SECURITY), OPERATIONS), witness(true));
        search.ask(snapshot(user("old", 100)), NOW);
        assertThat(asked).containsExactly("operations", "security");
    }

    @Test
    void where_the_makings_of_users_are_known_and_those_of_keys_are_not_nothing_is() throws Exception {
        List<String> asked = new ArrayList<>();
        OwnerSearch search = new OwnerSearch(rules(CREATOR), new Witness() {
            @Override
            public Fact<TrailEvents> events(Account account, TrailQuery query, Instant since) {
                asked.add(query.value());
                return asked.size() == 1
                        ? Fact.known(new TrailEvents(List.of(), true), NOW)
                        : Fact.unknown("AWS answered AccessDenied");
            }

            @Override
            public Fact<String> contact(Account account, Contact.Kind kind) {
                return Fact.notRead();
            }
        });
        User old = user("old", 100);
        assertThat(search.ask(snapshot(old), NOW)).hasSize(1);
        assertThat(search.of(old.id()).maker()).isInstanceOf(Fact.Unknown.class);
    }

    @Test
    void in_an_owners_place_those_of_keys_that_concern_nobody_are_not_asked_for() throws Exception {
        Rules rules = rules(new OwnerRule.Default("security"))
                .escalating(new Escalation(Duration.ofDays(7), List.of(OPERATIONS)));
        surveyed(rules, witness(true), new ArrayList<>(), user("new", 5));
        assertThat(asked).isEmpty();
        surveyed(rules, witness(true), new ArrayList<>(), user("new", 5), user("old", 100));
        assertThat(asked).containsExactly("operations");
    }
}
