package io.keyturn.core.plan;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.policy.Stage;
import java.util.List;
import java.util.Map;

/**
 * What is due and what comes next in one account, before the caps that count over all accounts.
 *
 * @param stage how far Keyturn may go in this account
 * @param activeKeys how many keys work, the base of caps in per cent
 * @param due actions due now that the stage allows, oldest idle first
 * @param next the next step of every credential that has one
 * @param ifEnforced what enforcing today would do to each overdue key
 */
public record AccountPlan(
        Account account,
        Stage stage,
        int activeKeys,
        List<Action> due,
        List<Scheduled> next,
        Map<CredentialId, Preview> ifEnforced) {
    public AccountPlan {
        due = List.copyOf(due);
        next = List.copyOf(next);
        ifEnforced = Map.copyOf(ifEnforced);
    }

    /**
     * What of it is needed once the account was shown: not what comes next, of which there is as much as keys. So what a run
     * holds grows with what is due, and not with the organization.
     */
    public AccountPlan dueAlone() {
        return new AccountPlan(account, stage, activeKeys, due, List.of(), Map.of());
    }
}
