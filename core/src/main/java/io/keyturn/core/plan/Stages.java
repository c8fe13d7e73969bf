package io.keyturn.core.plan;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import java.util.List;

/** How far Keyturn may go in an account: the first rule that matches, and where none does or can, no further than to look. */
public final class Stages {
    private Stages() {}

    /** The stage of {@code account}; an unknown organizational unit that a rule asks for means {@link Stage#OBSERVE}. */
    public static Stage of(Account account, List<StageRule> rules) {
        for (StageRule rule : rules) {
            if (rule.account() != null && !rule.account().equals(account.id())) {
                continue;
            }
            if (rule.ou() == null) {
                return rule.stage();
            }
            if (!(account.ou() instanceof Fact.Known<String> ou)) {
                return Stage.OBSERVE;
            }
            if (isWithin(ou.value(), rule.ou())) {
                return rule.stage();
            }
        }
        return Stage.OBSERVE;
    }

    /** Whether {@code path} is {@code ou} or below it: whole segments, so that Dev does not hold Development. */
    private static boolean isWithin(String path, String ou) {
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
