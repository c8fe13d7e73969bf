package io.keyturn.core.policy;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the verdicts of a condition that only asks for few different things: the class of a user, console, MFA and
 * the account. Only decided verdicts on known facts are remembered, so that it never changes an answer.
 */
final class VerdictMemory {
    private static final Set<Attribute> OF_USER =
            EnumSet.of(Attribute.USER_CLASS, Attribute.USER_CONSOLE, Attribute.USER_MFA);
    private static final Set<Attribute> OF_ACCOUNT =
            EnumSet.of(Attribute.ACCOUNT_ID, Attribute.ACCOUNT_NAME, Attribute.ACCOUNT_OU, Attribute.ACCOUNT_TAGS);
    private static final int NOT_REMEMBERED = -1;
    private static final int KINDS = UserClass.Kind.values().length;
    /** Beyond this many accounts nothing new is remembered: a bound, not a limit that anyone should meet. */
    private static final int MOST_ACCOUNTS = 10_000;

    private final boolean byClass;
    private final boolean byConsole;
    private final boolean byMfa;
    private final boolean byAccount;
    private final Verdicts ofAll = new Verdicts(null);
    private final Map<AccountId, Verdicts> ofAccounts = new ConcurrentHashMap<>();

    private VerdictMemory(Set<Attribute> attributes) {
        byClass = attributes.contains(Attribute.USER_CLASS);
        byConsole = attributes.contains(Attribute.USER_CONSOLE);
        byMfa = attributes.contains(Attribute.USER_MFA);
        byAccount = attributes.stream().anyMatch(OF_ACCOUNT::contains);
    }

    /** A memory for conditions on these attributes, or null where they have too many values to remember. */
    static @Nullable VerdictMemory fitting(Set<Attribute> attributes) {
        boolean few = attributes.stream().allMatch(a -> OF_USER.contains(a) || OF_ACCOUNT.contains(a));
        return few ? new VerdictMemory(attributes) : null;
    }

    Verdict recall(Subject subject, Function<Subject, Verdict> evaluate) {
        int index = indexOf(subject.user());
        if (index == NOT_REMEMBERED) {
            return evaluate.apply(subject);
        }
        Verdicts verdicts = byAccount ? of(subject.account()) : ofAll;
        Verdict known = verdicts.slots.get(index);
        if (known != null) {
            return known;
        }
        Verdict fresh = evaluate.apply(subject);
        if (!(fresh instanceof Verdict.Undecided)) {
            verdicts.slots.set(index, fresh);
        }
        return fresh;
    }

    private Verdicts of(Account account) {
        Verdicts verdicts = ofAccounts.get(account.id());
        if (verdicts == null || !account.equals(verdicts.account)) {
            verdicts = new Verdicts(account);
            if (ofAccounts.size() < MOST_ACCOUNTS) {
                ofAccounts.put(account.id(), verdicts);
            }
        }
        return verdicts;
    }

    private int indexOf(User user) {
        int index = 0;
        if (byClass) {
            UserClass.Kind kind = UserClass.kindOf(user);
            if (kind == null) {
                return NOT_REMEMBERED;
            }
            index = kind.ordinal();
        }
        int console = byConsole ? bit(user.console()) : 0;
        int mfa = byMfa ? bit(user.mfa()) : 0;
        return console < 0 || mfa < 0 ? NOT_REMEMBERED : index + KINDS * (console + 2 * mfa);
    }

    private static int bit(Fact<Boolean> fact) {
        return fact instanceof Fact.Known<Boolean> known ? (known.value() ? 1 : 0) : NOT_REMEMBERED;
    }

    /** Verdicts by class, console and MFA, of one account or of all. */
    private static final class Verdicts {
        private final @Nullable Account account;
        private final AtomicReferenceArray<@Nullable Verdict> slots = new AtomicReferenceArray<>(KINDS * 4);

        Verdicts(@Nullable Account account) {
            this.account = account;
        }
    }
}
