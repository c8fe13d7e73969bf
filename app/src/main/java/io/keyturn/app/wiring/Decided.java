package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Approvals;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a person decides at the command line, written where the configuration says. */
public final class Decided {
    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;

    /** @param environment tells the way to a store that is no file */
    public Decided(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /** One decision. */
    public interface Decision {
        void make(Decisions decisions) throws StoreFailure, Refused;
    }

    /** Makes it. */
    public void make(Decision decision) throws StoreFailure, Refused {
        RunName name = RunName.of(clock.instant());
        try (JournalStore store = Stores.open(settings, environment)) {
            decision.make(new Decisions(store, clock, name::next, "command line"));
        }
    }

    /** What is held back about a user or key now, by whoever. */
    public List<Hold> holds(Target target) throws StoreFailure {
        try (JournalStore store = Stores.open(settings, environment)) {
            Principal user = new Principal.OfUser(target.name(), target.user(), "");
            CredentialId credential =
                    new CredentialId(CredentialId.Kind.ACCESS_KEY, target.account(), user, null, target.key(), null);
            return new JournalMemory(store, Set.of()).of(target.account()).holds(credential, clock.instant());
        }
    }

    /** Who approved the step of a key, and is still heard. */
    public List<Approved> approvals(Target target, Step step) throws StoreFailure {
        try (JournalStore store = Stores.open(settings, environment)) {
            return past(store, target).approvals(credential(target), step, clock.instant());
        }
    }

    /** Who approved a plan, and is still heard. */
    public List<Approved> approvals(String hash) throws StoreFailure {
        try (JournalStore store = Stores.open(settings, environment)) {
            return Approvals.ofPlan(store, hash, clock.instant());
        }
    }

    private static AccountPast past(JournalStore store, Target target) throws StoreFailure {
        return new JournalMemory(store, Set.of()).of(target.account());
    }

    private static CredentialId credential(Target target) {
        Principal user = new Principal.OfUser(target.name(), target.user(), "");
        return new CredentialId(CredentialId.Kind.ACCESS_KEY, target.account(), user, null, target.key(), null);
    }
}
