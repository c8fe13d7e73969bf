package io.keyturn.core.forecast;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.assess.Observed;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Succession;
import io.keyturn.core.assess.Validity;
import io.keyturn.core.forecast.Forecast.What;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Told;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the real planner over days to come, on what was read today: a run a day, each done whole, every message placed, every
 * delivery confirmed, every approval given. Keys in use go on being used, others lie as they do. Pure.
 */
public final class Forecaster {
    private final Assessor assessor;
    private final Validity validity;
    private final Planner planner;
    private final People people;
    private final ForecastHours hours;
    private final ForecastUsage usage;
    private final Map<AccountId, ForecastAccount> accounts = new HashMap<>();
    private final List<ForecastAccount> ordered = new ArrayList<>();
    private Instant first = Instant.MIN;
    private final ForecastTally tally = new ForecastTally();

    /**
     * A forecaster without accounts yet.
     *
     * @param rules those that are to hold all the time
     * @param habits what runs saw of the uses of keys so far; those of the forecast begin to watch what was not seen yet
     * @param hours at which keys may be changed and owners told
     */
    public Forecaster(Rules rules, Habits habits, People people, ForecastHours hours) {
        this.hours = hours;
        this.assessor = new Assessor(rules, (account, user, created) -> {
            Observed seen = habits.of(account, user, created);
            return seen == null ? new Observed(watchedSince(created), null, null, Duration.ZERO) : seen;
        });
        this.validity = new Validity(rules);
        this.planner = new Planner(rules, History.NONE);
        this.people = people;
        this.usage = new ForecastUsage(rules.caps());
    }

    private Instant watchedSince(Instant created) {
        return created.isAfter(first) ? created : first;
    }

    /** Takes in an account as it was read, with its past. */
    public void add(Snapshot snapshot, History past) {
        ForecastAccount account = new ForecastAccount(snapshot, past);
        accounts.put(account.account().id(), account);
        ordered.add(account);
    }

    /**
     * Goes through the runs.
     *
     * @param runs their instants, rising
     * @throws IllegalArgumentException where there are none
     */
    public Forecast over(List<Instant> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a forecast takes one run at least");
        }
        first = runs.getFirst();
        ordered.forEach(account -> account.begin(assessor, first));
        int keys = ordered.stream().mapToInt(ForecastAccount::size).sum();
        for (Instant now : runs) {
            tally.begin(now);
            ordered.forEach(account -> react(account, now));
            run(now);
        }
        return tally.forecast(first, keys);
    }

    private void react(ForecastAccount account, Instant now) {
        if (people.idle()) {
            return;
        }
        account.reacting(people, now).forEach(held -> react(account, held, now));
    }

    private void react(ForecastAccount account, ForecastAccount.Held held, Instant now) {
        ForecastKey old = held.key();
        Succession succession = account.past().of(old.id());
        ForecastKey successor = succession == null ? null : account.key(succession.successor());
        if (successor != null) {
            if (!successor.used()) {
                successor.use();
                old.rest(now);
                tally.happened(account.event(now, What.INSTALL, held));
            }
            return;
        }
        if (old.used()) {
            account.make(held.user(), now).use();
        }
        account.remove(held);
        tally.happened(account.event(now, What.REPLACE, held));
    }

    private void run(Instant now) {
        List<AccountPlan> plans = ordered.stream()
                .map(account -> account.plan(assessor, planner, now))
                .toList();
        Plan plan = planner.settle(plans, usage.at(now));
        tally.overdue(ordered.stream().mapToInt(ForecastAccount::overdue).sum());
        plan.deferred().forEach(tally::deferred);
        for (Action action : plan.actions()) {
            ForecastAccount account =
                    Objects.requireNonNull(accounts.get(action.credential().account()));
            Finding finding = account.found(action.credential());
            Instant at = hours.of(action, finding, now);
            if (at != null) {
                usage.count(action, now);
                carryOut(account, action, finding, at);
            }
        }
        ordered.forEach(account -> account.settle(validity, planner, now));
    }

    private void carryOut(ForecastAccount account, Action action, @Nullable Finding finding, Instant now) {
        KeyId id = action.credential().keyId();
        if (action instanceof Action.CloseTicket) {
            account.past().close(action.credential());
            return;
        }
        ForecastKey key = id == null ? null : account.key(id);
        if (key == null || finding == null || !(action.credential().principal() instanceof Principal.OfUser user)) {
            return;
        }
        ForecastAccount.Held held = new ForecastAccount.Held(user, key, owner(finding), finding.governedBy());
        switch (action) {
            case Action.Remind remind -> remind(account, held, remind, now);
            case Action.OpenTicket ticket -> {
                account.past().file(ticket.credential(), user, now);
                tell(account, held, ticket.credential(), ticket.announced(), now);
                if (ticket.open() == null) {
                    tally.happened(account.event(now, What.TICKET, held));
                }
            }
            case Action.CloseNotice close -> {
                // Nobody has to do anything for it.
            }
            case Action.CloseTicket close -> {
                // It needs no key, and is done above.
            }
            case Action.CreateKey create -> {
                KeyId successor = account.make(user, now).id();
                account.past().succeed(new Succession(key.id(), successor, now, null), user.id());
                tally.happened(account.event(now, What.ROTATE, held));
            }
            case Action.DeliverSecret deliver -> {
                Succession made = Objects.requireNonNull(account.past().of(key.id()));
                Succession.Delivery delivery = new Succession.Delivery(now, deliver.sink());
                account.past().succeed(new Succession(made.old(), made.successor(), made.made(), delivery), user.id());
                key.forgetTelling();
            }
            case Action.Reactivate reactivate -> {
                account.past().endBrownout(key.id(), now);
                key.activate();
            }
            case Action.Deactivate deactivate -> {
                key.deactivate(now);
                account.past().deactivated(key.id(), now);
                tally.happened(account.event(now, What.DEACTIVATE, held));
            }
            case Action.Brownout brownout -> {
                // It ends between this run and the next, and the key works again as it did before.
                account.past().hadBrownout(key.id(), now, brownout.lasting());
                tally.happened(account.event(now, What.BROWNOUT, held));
            }
            case Action.Delete delete -> {
                account.remove(held);
                tally.happened(account.event(now, What.DELETE, held));
            }
        }
    }

    private void remind(ForecastAccount account, ForecastAccount.Held held, Action.Remind remind, Instant now) {
        account.past().speak(remind.credential(), now);
        Owner owner = remind.owner();
        if (owner == null) {
            return;
        }
        tell(account, held, remind.credential(), remind.announced(), now);
        tally.told(owner.name());
        tally.happened(account.event(now, What.NOTICE, held));
    }

    private static void tell(
            ForecastAccount account,
            ForecastAccount.Held held,
            CredentialId credential,
            @Nullable Deadline announced,
            Instant now) {
        Told notice =
                announced == null ? new Told(now, Step.REMIND, now) : new Told(now, announced.step(), announced.at());
        account.past().tell(credential, notice);
        held.key().tell(now);
    }

    private static @Nullable String owner(Finding finding) {
        Owner owner = finding.knownOwner();
        return owner == null ? null : owner.name();
    }
}
