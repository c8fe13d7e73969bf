package io.keyturn.engine.apply;

import io.keyturn.core.model.Account;
import io.keyturn.core.plan.Action;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.KeptPasts;
import io.keyturn.engine.journal.Lease;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The one writer of one account, from taking the lease to giving it back. */
public final class AccountSession {
    private final Tools tools;
    private final KeptPasts pasts;

    /** @param enough channels at which a message that was merely handed over counts as placed */
    public AccountSession(Tools tools, JournalStore store, Set<String> enough) {
        this(tools, new KeptPasts(store, enough));
    }

    /** @param pasts what this process has read so far */
    public AccountSession(Tools tools, KeptPasts pasts) {
        this.tools = tools;
        this.pasts = pasts;
    }

    /**
     * What a run that acts remembers while it reads: it finds out first what came of what an earlier run began and did not
     * see end, so that this run goes on with it, and not the one after it.
     *
     * @param beginning what is done before an account's journal is read first
     */
    public JournalMemory memory(LiveAccounts accounts, JournalMemory.Beginning beginning) {
        return new JournalMemory(pasts, beginning, new Mending(accounts, this));
    }

    /** What a session came to, besides the outcomes. */
    public sealed interface End {
        /** @param doubts what is still not known of earlier acts, a sentence each */
        record Whole(List<String> doubts) implements End {}

        /** Another worker holds the account, so nothing was done. */
        record Busy(Leases.Held held) implements End {}
    }

    /** What is done while the account is held. */
    interface Work {
        void work(AccountJournal journal, AccountPast past, Tenure tenure) throws StoreFailure, InterruptedException;
    }

    /**
     * First finds out what came of what was begun and not seen to end, then carries out these actions.
     *
     * @throws StoreFailure where the journal cannot be trusted, read or written
     */
    public End act(
            Account account, LiveAccount live, List<Action> actions, String plan, AccountApplier.Listener listener)
            throws StoreFailure, InterruptedException {
        List<String> troubles = new ArrayList<>();
        End end = hold(account, live, (journal, past, tenure) -> {
            troubles.addAll(
                    new Clearances(tools, account, live, past, new Scribe(tools, journal, tenure, live)).clear());
            AccountApplier applier = new AccountApplier(tools, account, live, journal, past, tenure);
            applier.apply(actions, plan, listener);
            troubles.addAll(applier.untold());
        });
        if (end instanceof End.Whole(List<String> doubts)) {
            troubles.addAll(0, doubts);
            return new End.Whole(troubles);
        }
        return end;
    }

    /**
     * Tells boards what they did not take of it before.
     *
     * @param only which reminders may be told at all
     * @throws StoreFailure where the journal cannot be trusted, read or written
     */
    End retell(Account account, LiveAccount live, String plan, Predicate<Action> only)
            throws StoreFailure, InterruptedException {
        List<String> troubles = new ArrayList<>();
        End end = hold(account, live, (journal, past, tenure) -> {
            HeldAccount held = new HeldAccount(
                    account, new Recheck(tools, account, live, past), new Scribe(tools, journal, tenure, live), past);
            troubles.addAll(new Retelling(tools, held, plan, only).tell());
        });
        // What else is in doubt there was said when the account was worked on.
        return end instanceof End.Whole ? new End.Whole(troubles) : end;
    }

    /**
     * Only finds out what came of what was begun and not seen to end; changes no key and tells nobody. Where another
     * worker holds the account it is that worker's to find out.
     *
     * @throws StoreFailure where the journal cannot be trusted, read or written
     */
    void mend(LiveAccount live, String stream) throws StoreFailure, InterruptedException {
        if (tools.leases().acquire(stream) instanceof Leases.Answer.Granted(Lease lease)) {
            Tenure tenure = new Tenure(tools.leases(), tools.clock(), lease);
            try (KeptPasts.Open open = pasts.open(stream)) {
                new Recovery(tools, live, open.journal(), open.past()).resolve();
            } finally {
                tenure.end();
            }
        }
    }

    /** An account with what its owners are to be told, together with those of other accounts. */
    record Part(Account account, LiveAccount live, List<Action.Remind> reminders) {}

    /** Hears what is in the way of telling it. */
    interface Hindrance {
        /** An account cannot be held, so its reminders are not told now. */
        void notHeld(Part part, String why);

        /** What is still not known of earlier acts in an account. */
        void doubted(Part part, List<String> doubts);
    }

    /**
     * Tells owners of keys in several accounts, each once: holds all of the accounts meanwhile. One that cannot be held
     * is left out, and said.
     */
    void tell(List<Part> parts, String plan, Teller.Listener listener, Hindrance hindrance)
            throws StoreFailure, InterruptedException {
        tell(parts, 0, new ArrayList<>(), new Teller(tools, plan, listener), hindrance);
    }

    private void tell(List<Part> parts, int at, List<Reminder.Due> due, Teller teller, Hindrance hindrance)
            throws StoreFailure, InterruptedException {
        if (at == parts.size()) {
            teller.tell(due);
            return;
        }
        Part part = parts.get(at);
        boolean[] begun = {false};
        String why;
        try {
            End end = hold(part.account(), part.live(), (journal, past, tenure) -> {
                begun[0] = true;
                Scribe scribe = new Scribe(tools, journal, tenure, part.live());
                HeldAccount held = new HeldAccount(
                        part.account(), new Recheck(tools, part.account(), part.live(), past), scribe, past);
                part.reminders().forEach(remind -> due.add(new Reminder.Due(held, remind, true)));
                tell(parts, at + 1, due, teller, hindrance);
            });
            if (end instanceof End.Whole(List<String> doubts)) {
                hindrance.doubted(part, doubts);
                return;
            }
            Leases.Held other = ((End.Busy) end).held();
            why = "another worker, " + other.by() + ", changes this account until " + other.until();
        } catch (StoreFailure e) {
            if (begun[0]) {
                throw e;
            }
            why = e.problem().sentence();
        }
        hindrance.notHeld(part, why);
        tell(parts, at + 1, due, teller, hindrance);
    }

    /** Does some work as the one writer of the account. */
    End hold(Account account, LiveAccount live, Work work) throws StoreFailure, InterruptedException {
        String stream = Streams.of(account.id());
        return switch (tools.leases().acquire(stream)) {
            case Leases.Answer.Refused(Leases.Held held) -> new End.Busy(held);
            case Leases.Answer.Granted(Lease lease) -> {
                Tenure tenure = new Tenure(tools.leases(), tools.clock(), lease);
                try (KeptPasts.Open open = pasts.open(stream)) {
                    AccountPast past = open.past();
                    AccountJournal journal = open.journal();
                    List<String> doubts = new Recovery(tools, live, journal, past).resolve();
                    new Placements(tools, journal, past).settle();
                    work.work(journal, past, tenure);
                    yield new End.Whole(doubts);
                } finally {
                    tenure.end();
                }
            }
        };
    }
}
