package io.keyturn.proof.simulation;

import io.keyturn.adapters.web.Patience;
import io.keyturn.core.plan.Action;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.Notifier;

/** Something that is wrong with the engine on purpose: the world, the store or its own steps reach it bent. */
interface Bug {
    /** A run begins. */
    default void beforeRun(Life life) {}

    /** The store as the engine uses it. */
    default JournalStore store(JournalStore store) {
        return store;
    }

    /** The accounts as the engine reads them. */
    default Accounts accounts(Accounts accounts) {
        return accounts;
    }

    /** An account as the engine acts on it. */
    default LiveAccount live(LiveAccount live) {
        return live;
    }

    /** The carrier of messages as the engine uses it. */
    default Notifier notifier(Notifier notifier) {
        return notifier;
    }

    /** The way of its requests to Jira. */
    default Patience.Sender web(Patience.Sender web) {
        return web;
    }

    /** Whether the engine acts in a run that is to show its plan. */
    default boolean acts(boolean dry) {
        return !dry;
    }

    /** Whether the engine takes what it planned. */
    default boolean takes(Action action) {
        return true;
    }

    /** The engine hears what came of an action. */
    default void ended(Outcome outcome) {}

    /** Nothing is. */
    Bug NONE = new Bug() {};
}
