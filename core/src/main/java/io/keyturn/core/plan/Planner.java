package io.keyturn.core.plan;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.policy.Rules;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Turns findings into what is due and what comes next: pure. */
public final class Planner {
    private final Rules rules;
    private final History history;

    public Planner(Rules rules, History history) {
        this.rules = rules;
        this.history = history;
    }

    /** What is due in one account. */
    public AccountPlan plan(Account account, List<Finding> findings, Instant now) {
        throw new UnsupportedOperationException(rules + " " + history + account + findings + now);
    }

    /** The plan of the run: everything due, after the caps. */
    public Plan settle(Collection<AccountPlan> plans) {
        throw new UnsupportedOperationException(plans.toString());
    }
}
