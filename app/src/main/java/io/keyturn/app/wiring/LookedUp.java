package io.keyturn.app.wiring;

import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.report.Attention;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.KeyUseSearch;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Looks up where the keys are used from that need a decision, before they are shown; so many and no more. */
final class LookedUp implements Renderer {
    /** CloudTrail takes two calls a second: this is under a minute of a whole run. */
    private static final int MOST = 100;

    private final KeyUseSearch search;
    private final Instant now;
    private final Renderer shown;
    private int asked;

    LookedUp(KeyUseSearch search, Instant now, Renderer shown) {
        this.search = search;
        this.now = now;
        this.shown = shown;
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        shown.account(outcome instanceof AccountOutcome.Surveyed found ? found.usedFrom(uses(found)) : outcome, view);
    }

    private Map<CredentialId, Fact<KeyUses>> uses(AccountOutcome.Surveyed found) {
        Map<UserId, User> users =
                found.snapshot().users().stream().collect(Collectors.toMap(User::id, Function.identity(), (a, b) -> a));
        Map<CredentialId, Scheduled> next = found.plan().next().stream()
                .collect(Collectors.toMap(Scheduled::credential, Function.identity(), (a, b) -> a));
        Map<CredentialId, Fact<KeyUses>> uses = new HashMap<>();
        for (Finding finding : found.findings()) {
            CredentialId id = finding.credential();
            boolean decides = new Attention(finding, "", next.get(id)).needsDecision(now);
            User user = id.principal() instanceof Principal.OfUser of ? users.get(of.id()) : null;
            if (decides && user != null && !Boolean.FALSE.equals(finding.active()) && asked < MOST) {
                asked++;
                try {
                    uses.put(id, search.of(found.snapshot().account(), user, finding));
                } catch (InterruptedException e) {
                    // Whoever waits for the run hears of it there.
                    Thread.currentThread().interrupt();
                    return uses;
                }
            }
        }
        return uses;
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        shown.end(plan, planAsked);
    }

    @Override
    public boolean writesAtOnce() {
        return shown.writesAtOnce();
    }
}
