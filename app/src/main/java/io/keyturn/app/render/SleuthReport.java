package io.keyturn.app.render;

import io.keyturn.app.render.SleuthKey.State;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.run.AccountOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keys near and past their limits as aws-iam-sleuth tells of them, with what was done about them in this run. A key that
 * is past its limit is said to be disabled only where it was.
 */
public final class SleuthReport implements Renderer {
    private final Rules rules;
    private final List<SleuthKey> keys = new ArrayList<>();
    private final List<String> notRead = new ArrayList<>();
    private final Set<KeyId> off = new HashSet<>();
    private final Set<KeyId> failed = new HashSet<>();

    /** @param rules whose limits count */
    public SleuthReport(Rules rules) {
        this.rules = rules;
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                Map<UserId, User> users = new HashMap<>();
                found.snapshot().users().forEach(user -> users.put(user.id(), user));
                found.findings().stream().filter(view).forEach(finding -> key(finding, users));
                if (found.snapshot().reading() instanceof Reading.Partial(String why)) {
                    notRead.add(why);
                }
            }
            case AccountOutcome.Skipped skipped -> {
                // left out on purpose
            }
            case AccountOutcome.Failed problem -> notRead.add(problem.problem().sentence());
        }
    }

    private void key(Finding finding, Map<UserId, User> users) {
        User user = finding.credential().principal() instanceof Principal.OfUser of ? users.get(of.id()) : null;
        if (user != null && finding.ageDays() != null) {
            String name = finding.governedBy();
            Policy policy = name == null ? null : rules.policy(name);
            keys.add(SleuthKey.of(user, finding, policy));
        }
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        // It is taken whole when it is posted and printed.
    }

    /** Takes what became of a key. */
    public void ended(Outcome outcome) {
        KeyId key = outcome.action().credential().keyId();
        if (key != null && outcome.action() instanceof Action.Deactivate) {
            (outcome instanceof Outcome.Done ? off : failed).add(key);
        }
    }

    /** What could not be read, a sentence each. */
    public List<String> notRead() {
        return List.copyOf(notRead);
    }

    /** Whether there is anything to tell. */
    public boolean isEmpty() {
        return keys.stream().allMatch(key -> key.limit() == null);
    }

    /** Every key, in the order of users. */
    List<SleuthKey> keys() {
        return List.copyOf(keys);
    }

    /**
     * A line for each key of that state.
     *
     * @param who names the owner of a key
     */
    List<String> lines(State state, Function<SleuthKey, String> who) {
        return keys.stream()
                .filter(key -> key.state() == state)
                .map(key -> who.apply(key) + ": key " + lastFour(key) + " " + what(key))
                .toList();
    }

    /** Whether every key of that state was switched off in this run. */
    boolean areOff(State state) {
        return keys.stream()
                .filter(key -> key.state() == state)
                .allMatch(key -> key.id() != null && off.contains(key.id()));
    }

    private static String lastFour(SleuthKey key) {
        String id = key.id() == null ? "" : key.id().value();
        return id.length() < 4 ? "?" : id.substring(id.length() - 4);
    }

    private String what(SleuthKey key) {
        boolean byAge = key.state() == State.EXPIRE || key.state() == State.OLD;
        String why = byAge ? "creation age" : "inactivity";
        if (!key.state().past()) {
            long left = key.daysLeft();
            return "expires in " + left + (left == 1 ? " day" : " days") + " due to " + why;
        }
        if (key.id() != null && off.contains(key.id())) {
            return "is disabled due to " + why;
        }
        long limit = key.limit() == null ? 0 : key.limit().expire().toDays();
        String past = "is past its limit of " + limit + (limit == 1 ? " day" : " days") + " due to " + why;
        return key.id() != null && failed.contains(key.id()) ? past + ", and was not disabled: see the log" : past;
    }
}
