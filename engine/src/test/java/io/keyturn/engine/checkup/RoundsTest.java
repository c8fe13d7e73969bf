package io.keyturn.engine.checkup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReader;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Going round the accounts, and telling them together where they are alike. */
class RoundsTest {
    private static final AccountReader NEVER_READ = needs -> {
        throw new IllegalStateException("a checkup reads nothing by itself");
    };

    private static final Function<Account, Demands> DEMANDS = account ->
            new Demands(Stage.OBSERVE, ReadMode.AUTO, new Needs(Set.of(), Needs.Identify.NONE), Set.of(), Set.of());

    private final Meter meter = new Meter();

    @Test
    void accounts_that_fail_hide_no_others_and_none_is_left_out_unsaid() throws InterruptedException {
        Rounds rounds = rounds((account, demands) -> {
            if (account.id().equals("2")) {
                throw new IllegalStateException("a fault of ours");
            }
            return account(account.id(), Check.works(Role.READ, "iam:ListUsers", ""));
        });
        Problem denied = new Problem(
                "list the accounts",
                "the organization",
                "X is not authorized to perform: organizations:ListAccounts",
                "");

        rounds.go(
                of(
                        readable("1"),
                        readable("2"),
                        readable("3"),
                        new AccountEntry.Skipped("old (4)", "4", "suspended"),
                        new AccountEntry.Unreachable("the organization", "", denied)),
                entry -> !entry.id().equals("3"));

        Checkup checkup = new Checkup(Instant.EPOCH, List.of(), rounds.accounts(), rounds.leftOut());
        assertThat(checkup.works()).isFalse();
        assertThat(checkup.accounts()).extracting(AccountCheckup::label).containsExactly("1", "2", "the organization");
        assertThat(checkup.accounts()).extracting(AccountCheckup::works).containsExactly(true, false, false);
        assertThat(checkup.accounts().get(1).checks().getFirst().said())
                .isEqualTo("an internal error: java.lang.IllegalStateException: a fault of ours; please report it");
        assertThat(checkup.accounts().get(2).checks().getFirst().missing())
                .containsExactly("organizations:ListAccounts");
        assertThat(checkup.leftOut()).containsExactly(new Checkup.LeftOut("4", "old (4)", "suspended"));
        assertThat(rounds.labels()).contains("3");
        assertThat(meter.accounts.sum()).isEqualTo(4);
    }

    @Test
    void a_cancelled_checkup_ends_as_such() {
        Rounds rounds = rounds((account, demands) -> account(account.id()));

        assertThatThrownBy(() -> rounds.go(
                        sink -> {
                            throw new InterruptedException("Ctrl-C");
                        },
                        entry -> true))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void accounts_are_alike_whatever_their_numbers_and_those_that_lack_something_come_first() {
        AccountCheckup bad = account(
                "4", Check.fails(Role.READ, "iam:GetUser", "denied in 4").lacking("iam:GetUser"));
        Checkup checkup = new Checkup(
                Instant.EPOCH,
                List.of(Check.unknown(null, "clock", "").optional()),
                List.of(
                        account("1", Check.note(null, "x", "account 1 lets")),
                        account("2", Check.note(null, "x", "account 2 lets")),
                        account("3", Check.note(null, "x", "account 1 lets")),
                        bad),
                List.of());

        assertThat(checkup.groups())
                .extracting(group -> group.stream().map(AccountCheckup::id).toList())
                .containsExactly(List.of("4"), List.of("1", "2"), List.of("3"));
    }

    @Test
    void only_what_is_needed_stands_in_the_way() {
        assertThat(Check.unknown(null, "x", "").inTheWay()).isTrue();
        assertThat(Check.fails(null, "x", "").inTheWay()).isTrue();
        assertThat(Check.unknown(null, "x", "").optional().inTheWay()).isFalse();
        assertThat(Check.fails(null, "x", "denied").excused("why").said()).isEqualTo("denied; why");
        assertThat(Check.fails(null, "x", "").excused("why").inTheWay()).isFalse();
        assertThat(Check.unused(null, "x", "").inTheWay()).isFalse();
    }

    @Test
    void what_is_missing_is_missing_in_the_policy_of_a_role() {
        assertThatThrownBy(() -> Check.fails(null, "x", "").lacking("iam:GetUser"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in the policy of a role: x");
    }

    private Rounds rounds(AccountProbe probe) {
        return new Rounds(probe, DEMANDS, meter);
    }

    private static AccountCheckup account(String id, Check... checks) {
        return new AccountCheckup(id, id, Stage.OBSERVE, List.of(checks));
    }

    private static AccountEntry readable(String id) {
        return new AccountEntry.Readable(id, id, NEVER_READ);
    }

    private static Accounts of(AccountEntry... entries) {
        return sink -> List.of(entries).forEach(sink);
    }
}
