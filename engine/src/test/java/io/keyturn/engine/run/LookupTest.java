package io.keyturn.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.explain.Sought;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReader;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.Held;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody asks for a user or a key, and says no more than its name or its end. */
@Timeout(30)
class LookupTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Needs NEEDS = new Needs(Set.of(FactName.KEYS), Needs.Identify.ALL);
    private static final String ANN_KEY = "AKIAEXAMPLE0000ANN1";
    private static final String BOB_KEY = "AKIAEXAMPLE0000BOB1";

    private final Meter meter = new Meter();
    private final List<AccountEntry> accounts = new ArrayList<>();
    private final List<Needs> begun = Collections.synchronizedList(new ArrayList<>());

    private static User user(String name, String... keys) {
        List<AccessKey> known = Arrays.stream(keys)
                .map(id -> new AccessKey(null, id.isEmpty() ? null : new KeyId(id), true, NOW, LastUse.NEVER_USED, NOW))
                .toList();
        return new User(
                new UserName(name),
                new UserId("AIDA" + name),
                "arn:aws:iam::000000000001:user/" + name,
                "/",
                NOW,
                Fact.known(known, NOW),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
    }

    /** An account that is read whole; the IDs of its keys are learnt only of whom that is asked. */
    private AccountReader reader(int number, User... users) {
        Account account = new Account(
                new AccountId("%012d".formatted(number)),
                number == 3 ? "one" : "account-" + number,
                Partition.AWS,
                Fact.notRead(),
                Fact.notRead(),
                false);
        Snapshot whole =
                new Snapshot(account, ReadVia.REPORT, NOW, Reading.COMPLETE, List.of(), Fact.notRead(), List.of(users));
        return needs -> {
            begun.add(needs);
            return new AccountReading() {
                @Override
                public void awaitReady() {}

                @Override
                public Snapshot read(Held held) {
                    return whole;
                }

                @Override
                public Snapshot identify(Snapshot snapshot, Set<UserId> of) {
                    assertThat(of)
                            .isEqualTo(Stream.of(users)
                                    .filter(user ->
                                            !user.keys().orElse(List.of()).isEmpty())
                                    .map(User::id)
                                    .collect(Collectors.toSet()));
                    return snapshot;
                }
            };
        };
    }

    private void account(int number, User... users) {
        accounts.add(new AccountEntry.Readable("account " + number, "%012d".formatted(number), reader(number, users)));
    }

    private Lookup.Result find(String text) throws InterruptedException {
        return new Lookup(sink -> accounts.forEach(sink), NEEDS, meter).find(Sought.parse(text), entry -> true);
    }

    private static List<String> names(Lookup.Result result) {
        return result.found().stream()
                .map(snapshot -> snapshot.account().id() + " "
                        + snapshot.users().getFirst().name())
                .toList();
    }

    @Test
    void a_name_is_found_in_every_account_that_knows_it_in_order_and_no_account_is_searched() throws Exception {
        account(2, user("ann", ANN_KEY), user("bob"));
        account(1, user("ann", ANN_KEY));
        account(3, user("carol"));

        Lookup.Result result = find("ann");
        assertThat(names(result)).containsExactly("000000000001 ann", "000000000002 ann");
        assertThat(result.found()).allSatisfy(one -> assertThat(one.users()).hasSize(1));
        assertThat(result.names()).isEmpty();
        assertThat(result.accounts()).containsExactlyInAnyOrder("account 1", "account 2", "account 3");
        assertThat(begun).hasSize(3);
        assertThat(meter.accountsSeen.sum()).isEqualTo(3);
    }

    @Test
    void where_nobody_is_called_so_all_names_are_told() throws Exception {
        account(1, user("ann", ANN_KEY), user("keyless"));
        account(2, user("bob", BOB_KEY));

        Lookup.Result result = find("anna");
        assertThat(result.found()).isEmpty();
        assertThat(result.names()).containsExactlyInAnyOrder("ann", "keyless", "bob");
    }

    @Test
    void a_key_is_found_by_its_id_and_by_its_end_and_one_without_an_id_is_not() throws Exception {
        account(1, user("ann", "", ANN_KEY), user("keyless"));
        account(2, user("bob", BOB_KEY));

        assertThat(names(find(ANN_KEY))).containsExactly("000000000001 ann");
        assertThat(names(find("BOB1"))).containsExactly("000000000002 bob");
        assertThat(find("AKIAEXAMPLE0000EVE1").found()).isEmpty();
    }

    @Test
    void an_account_that_cannot_be_asked_is_said_and_keeps_no_other_from_being_asked() throws Exception {
        Problem denied = new Problem("assume the role", "account 4", "access denied", "");
        account(1, user("ann", ANN_KEY));
        accounts.add(new AccountEntry.Skipped("account 2", "000000000002", "suspended"));
        accounts.add(new AccountEntry.Unreachable("account 4", "000000000004", denied));
        accounts.add(new AccountEntry.Readable("account 5", "", needs -> {
            throw new ReadFailure(denied);
        }));
        accounts.add(new AccountEntry.Readable("account 6", "", needs -> {
            throw new IllegalStateException("a fault of ours");
        }));

        Lookup.Result result = find("ann");
        assertThat(names(result)).containsExactly("000000000001 ann");
        assertThat(result.failures())
                .containsExactlyInAnyOrder(
                        denied.sentence(),
                        denied.sentence(),
                        "could not look into account 6: an internal error: java.lang.IllegalStateException: a fault of ours");
        assertThat(result.accounts()).hasSize(5);
    }

    @Test
    void an_account_that_is_not_asked_for_is_named_and_not_read() throws Exception {
        account(1, user("ann", ANN_KEY));
        account(2, user("ann", ANN_KEY));

        Lookup.Result result = new Lookup(sink -> accounts.forEach(sink), NEEDS, meter)
                .find(Sought.parse("ann"), entry -> entry.id().equals("000000000002"));
        assertThat(names(result)).containsExactly("000000000002 ann");
        assertThat(result.accounts()).hasSize(2);
        assertThat(begun).hasSize(1);
    }

    @Test
    void an_interruption_ends_the_search() {
        Thread main = Thread.currentThread();
        accounts.add(new AccountEntry.Readable("account 1", "", needs -> {
            main.interrupt();
            throw new InterruptedException("cancelled");
        }));

        assertThatThrownBy(() -> {
                    find("ann");
                    if (Thread.interrupted()) {
                        throw new InterruptedException("seen after the end");
                    }
                })
                .isInstanceOf(InterruptedException.class);
    }
}
