package io.keyturn.core.policy;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.account;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withSigns;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictMemoryTest {
    private static final Fact<Boolean> UNREAD = Fact.unknown("access denied");

    private int evaluated;
    private Verdict next = Verdict.MATCHES;

    private static VerdictMemory of(Attribute first, Attribute... more) {
        return Objects.requireNonNull(VerdictMemory.fitting(EnumSet.of(first, more)));
    }

    private Verdict ask(VerdictMemory memory, Account account, User user) {
        return memory.recall(new Subject(account, user, null, NOW), subject -> {
            evaluated++;
            return next;
        });
    }

    private static User signs(Fact<Boolean> console, Fact<Boolean> mfa) {
        return withSigns(user("ann"), "/", console, mfa);
    }

    @Test
    void only_what_has_few_values_is_remembered() {
        assertThat(VerdictMemory.fitting(EnumSet.of(Attribute.USER_CLASS, Attribute.ACCOUNT_TAGS)))
                .isNotNull();
        assertThat(VerdictMemory.fitting(EnumSet.of(Attribute.USER_MFA))).isNotNull();
        assertThat(VerdictMemory.fitting(EnumSet.of(Attribute.ACCOUNT_OU))).isNotNull();
        assertThat(VerdictMemory.fitting(Set.of())).isNotNull();
        assertThat(VerdictMemory.fitting(EnumSet.of(Attribute.USER_CLASS, Attribute.USER_NAME)))
                .isNull();
    }

    @Test
    void a_verdict_is_found_once_for_all_users_who_are_alike() {
        VerdictMemory memory = of(Attribute.USER_CLASS, Attribute.USER_CONSOLE, Attribute.USER_MFA);
        for (int round = 0; round < 2; round++) {
            for (boolean console : new boolean[] {true, false}) {
                for (boolean mfa : new boolean[] {true, false}) {
                    next = console && !mfa ? Verdict.MATCHES : Verdict.DOES_NOT_MATCH;
                    assertThat(ask(memory, ACCOUNT, signs(known(console), known(mfa))))
                            .isEqualTo(next);
                }
            }
        }
        assertThat(evaluated).isEqualTo(4);

        // What it was not asked about makes no difference.
        next = Verdict.DOES_NOT_MATCH;
        VerdictMemory ofConsole = of(Attribute.USER_CONSOLE);
        ask(ofConsole, ACCOUNT, signs(known(true), known(true)));
        ask(ofConsole, account("444455556666", "Prod"), withSigns(user("bob"), "/service/", known(true), UNREAD));
        assertThat(evaluated).isEqualTo(5);
    }

    @Test
    void every_class_has_its_own() {
        VerdictMemory memory = of(Attribute.USER_CLASS);
        User person = signs(known(true), known(false));
        User machine = withSigns(user("ci"), "/service/", known(false), known(false));
        User nobody = signs(known(false), known(false));
        for (int round = 0; round < 2; round++) {
            for (User user : new User[] {person, machine, nobody}) {
                next = user == machine ? Verdict.MATCHES : Verdict.DOES_NOT_MATCH;
                assertThat(ask(memory, ACCOUNT, user)).isEqualTo(next);
            }
        }
        assertThat(evaluated).isEqualTo(3);
    }

    @Test
    void what_was_not_read_is_asked_anew_each_time() {
        VerdictMemory byConsole = of(Attribute.USER_CONSOLE);
        VerdictMemory byMfa = of(Attribute.USER_MFA);
        VerdictMemory byClass = of(Attribute.USER_CLASS);
        for (int round = 0; round < 2; round++) {
            ask(byConsole, ACCOUNT, signs(UNREAD, known(true)));
            ask(byMfa, ACCOUNT, signs(known(true), UNREAD));
            ask(byClass, ACCOUNT, signs(UNREAD, UNREAD));
        }
        assertThat(evaluated).isEqualTo(6);
    }

    @Test
    void what_could_not_be_decided_is_asked_anew() {
        VerdictMemory memory = of(Attribute.USER_MFA);
        next = new Verdict.Undecided("no such tag", true);
        ask(memory, ACCOUNT, signs(known(true), known(true)));
        next = Verdict.MATCHES;
        assertThat(ask(memory, ACCOUNT, signs(known(true), known(true)))).isEqualTo(Verdict.MATCHES);
    }

    @Test
    void an_account_is_remembered_as_it_was() {
        VerdictMemory memory = of(Attribute.ACCOUNT_OU);
        Account moved = account(ACCOUNT.id().value(), "Prod");
        ask(memory, ACCOUNT, user("ann"));
        ask(memory, ACCOUNT, user("bob"));
        assertThat(evaluated).isEqualTo(1);
        next = Verdict.DOES_NOT_MATCH;
        assertThat(ask(memory, moved, user("ann"))).isEqualTo(Verdict.DOES_NOT_MATCH);
        ask(memory, moved, user("ann"));
        assertThat(evaluated).isEqualTo(2);
    }

    @Test
    void beyond_very_many_accounts_no_more_are_remembered() {
        VerdictMemory memory = of(Attribute.ACCOUNT_ID);
        for (int i = 0; i < 10_001; i++) {
            ask(memory, account("%012d".formatted(i), "Prod"), user("ann"));
        }
        ask(memory, account("%012d".formatted(0), "Prod"), user("ann"));
        ask(memory, account("%012d".formatted(9_999), "Prod"), user("ann"));
        assertThat(evaluated).isEqualTo(10_001);
        ask(memory, account("%012d".formatted(10_000), "Prod"), user("ann"));
        assertThat(evaluated).isEqualTo(10_002);
    }
}
