package io.keyturn.core.plan;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.policy.Lowering;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far Keyturn may go in an account: as far as the first rule that matches says, where none does or can no further than
 * to look, and never further than a person lowered it to.
 */
public final class Stages {
    private Stages() {}

    /** The stage of {@code account} by configuration and decisions together. */
    public static Stage of(Account account, Rules rules, Instant now) {
        Stage configured = of(account, rules.stages());
        Lowering lowered = lowering(account, rules, now);
        return lowered == null || lowered.stage().compareTo(configured) >= 0 ? configured : lowered.stage();
    }

    /**
     * The lowest that a person lowered the account to, and that the configuration has not raised since; null where there
     * is none. Where the account's unit is not known it may be the one that was lowered, and is taken for it.
     */
    public static @Nullable Lowering lowering(Account account, Rules rules, Instant now) {
        StageRule rule = rule(account, rules.stages());
        Instant raised = rule == null || rule.raised() == null || rule.raised().isAfter(now) ? null : rule.raised();
        Lowering lowest = null;
        for (Lowering lowering : rules.lowered()) {
            boolean counts =
                    isOf(lowering, account) && (raised == null || !lowering.at().isBefore(raised));
            // Of two to the same stage the later one, as it is the one to be raised after.
            if (counts && (lowest == null || lowering.stage().compareTo(lowest.stage()) <= 0)) {
                lowest = lowering;
            }
        }
        return lowest;
    }

    private static boolean isOf(Lowering lowering, Account account) {
        if (lowering.ou() == null) {
            return account.id().equals(lowering.account());
        }
        return !(account.ou() instanceof Fact.Known<String> ou) || isWithin(ou.value(), lowering.ou());
    }

    /** The stage that the configuration says; an unknown unit that a rule asks for means {@link Stage#OBSERVE}. */
    public static Stage of(Account account, List<StageRule> rules) {
        StageRule rule = rule(account, rules);
        return rule == null ? Stage.OBSERVE : rule.stage();
    }

    /** The first rule that matches; null where none does, or it cannot be told. */
    private static @Nullable StageRule rule(Account account, List<StageRule> rules) {
        for (StageRule rule : rules) {
            if (rule.account() != null && !rule.account().equals(account.id())) {
                continue;
            }
            if (rule.ou() == null) {
                return rule;
            }
            if (!(account.ou() instanceof Fact.Known<String> ou)) {
                return null;
            }
            if (isWithin(ou.value(), rule.ou())) {
                return rule;
            }
        }
        return null;
    }

    /** Whether {@code path} is {@code ou} or below it: whole segments, so that Dev does not hold Development. */
    public static boolean isWithin(String path, String ou) {
        String wanted = trim(ou);
        String actual = trim(path);
        return wanted.isEmpty()
                || actual.equals(wanted)
                || (actual.startsWith(wanted) && actual.charAt(wanted.length()) == '/');
    }

    private static String trim(String path) {
        int from = path.startsWith("/") ? 1 : 0;
        int to = path.length() > from && path.endsWith("/") ? path.length() - 1 : path.length();
        return path.substring(from, to);
    }
}
