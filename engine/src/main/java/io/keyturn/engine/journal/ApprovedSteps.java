package io.keyturn.engine.journal;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.policy.Approval;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which changes of a plan that was looked at may be carried out, as far as the approval of people goes. */
public final class ApprovedSteps {
    private ApprovedSteps() {}

    /** Those that enough people approved, by themselves or in the plan as a whole; all of them where nobody is asked. */
    public static List<SeenPlan.Row> of(JournalStore store, Approval approval, SeenPlan plan, Instant now)
            throws StoreFailure {
        if (approval == Approval.NONE) {
            return plan.changes();
        }
        PlanVerdict said = PlanVerdict.of(store, plan.hash(), plan.fingerprint(), now);
        List<String> ofPlan = said.approved().stream().map(Approved::by).toList();
        JournalMemory memory = new JournalMemory(store, Set.of());
        Map<AccountId, AccountPast> pasts = new HashMap<>();
        for (SeenPlan.Row row : plan.changes()) {
            AccountId account = row.credential().account();
            if (!pasts.containsKey(account)) {
                pasts.put(account, memory.of(account));
            }
        }
        return plan.changes().stream()
                .filter(row -> {
                    Set<String> people = new HashSet<>(ofPlan);
                    AccountPast past = pasts.get(row.credential().account());
                    if (past != null) {
                        past.approvals(row.credential(), row.step(), now).stream()
                                .filter(said::hears)
                                .forEach(approved -> people.add(approved.by()));
                    }
                    return approval.suffices(people);
                })
                .toList();
    }
}
