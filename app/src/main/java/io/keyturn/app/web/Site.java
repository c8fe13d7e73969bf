package io.keyturn.app.web;

import io.keyturn.app.config.Settings;
import io.keyturn.app.link.OwnerLinks;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.plan.Hold;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.PlanVerdict;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the pages stand on: what runs found, what the journal holds, and who carries runs out. */
public interface Site {
    Settings settings();

    /** What it shows the keys of, in a word or two; empty where there is nothing to say. */
    String title();

    Instant now();

    Catalog catalog();

    /** Why everything is stopped; empty where it is not. */
    Optional<String> stopped();

    /** The entries that are asked for, oldest first in each stream; none where there is no journal yet. */
    List<Entry> entries(JournalStore.Query query) throws StoreFailure;

    /** Every decision that was ever made, oldest first in each stream. */
    default List<Entry.Decision> decisions() throws StoreFailure {
        return entries(JournalStore.Query.ALL).stream()
                .filter(Entry.Decision.class::isInstance)
                .map(Entry.Decision.class::cast)
                .toList();
    }

    /** What people hold back about a key now. */
    List<Hold> holds(CredentialId credential) throws StoreFailure;

    /** What people said of a plan as a whole. */
    PlanVerdict verdict(SeenPlan.Brief plan) throws StoreFailure;

    /** What opens the pages of owners; empty where none are served. */
    default Optional<OwnerLinks> links() {
        return Optional.empty();
    }

    /** Something that a person decides. */
    interface Deciding {
        void decide(Decisions decisions) throws StoreFailure, Refused;
    }

    /** Has it written down. */
    void decide(Deciding deciding) throws StoreFailure, Refused;

    /** Under which name a person's approval counts: one that somebody else vouches for. */
    String vouched(Person person) throws InterruptedException;

    /** What the server is about. */
    Work work();

    /**
     * What it is about.
     *
     * @param running what is being read; null where nothing is
     * @param began when that run began; null where there is none
     * @param acts whether that run carries out what is due
     * @param next when the schedule begins the next run; null where there is no schedule
     * @param trouble why the last run came to nothing; null where it did not
     */
    record Work(
            @Nullable Meter running,
            @Nullable Instant began,
            boolean acts,
            @Nullable Instant next,
            @Nullable String trouble) {}

    /**
     * Begins a run, unless one is under way.
     *
     * @param acts whether it carries out what is due
     * @param by who begins it by hand; null where nobody does
     * @return why it was not begun; empty where it was
     */
    Optional<String> begin(boolean acts, @Nullable String by);

    /** Which changes of a plan enough people approved; all of them where nobody is asked. */
    List<SeenPlan.Row> approved(SeenPlan plan) throws StoreFailure;

    /**
     * Begins a run that carries out these steps and no others, each as far as it is still due and approved, unless one is
     * under way. That it is begun is written down first, with who and which run it is.
     *
     * @param hash of the plan they are of
     * @param by who begins it
     * @return why it was not begun; empty where it was
     */
    Optional<String> apply(String hash, Set<Decisions.KeyStep> steps, String by) throws StoreFailure, Refused;

    /** Lets days pass; only of a simulated organization. */
    default void pass(int days) throws Refused {
        throw new Refused("days pass by themselves here", "open a simulated organization with keyturn demo --serve");
    }

    /** Whether the organization is a simulated one. */
    default boolean simulated() {
        return false;
    }
}
