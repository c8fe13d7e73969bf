package io.keyturn.engine.apply;

import io.keyturn.core.model.Account;
import io.keyturn.core.plan.Action;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Lease;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The one writer of one account, from taking the lease to giving it back. */
public final class AccountSession {
    private final Tools tools;
    private final JournalStore store;
    private final Set<String> enough;

    /** @param enough channels at which a message that was merely handed over counts as placed */
    public AccountSession(Tools tools, JournalStore store, Set<String> enough) {
        this.tools = tools;
        this.store = store;
        this.enough = Set.copyOf(enough);
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
    public End act(Account account, LiveAccount live, List<Action> actions, String plan, Consumer<Outcome> sink)
            throws StoreFailure, InterruptedException {
        List<String> troubles = new ArrayList<>();
        End end = hold(account, live, (journal, past, tenure) -> {
            troubles.addAll(new Clearances(tools, account, past, new Scribe(tools, journal, tenure)).clear());
            new AccountApplier(tools, account, live, journal, past, tenure).apply(actions, plan, sink);
        });
        if (end instanceof End.Whole(List<String> doubts)) {
            troubles.addAll(0, doubts);
            return new End.Whole(troubles);
        }
        return end;
    }

    /** Does some work as the one writer of the account. */
    End hold(Account account, LiveAccount live, Work work) throws StoreFailure, InterruptedException {
        String stream = Streams.of(account.id());
        return switch (tools.leases().acquire(stream)) {
            case Leases.Answer.Refused(Leases.Held held) -> new End.Busy(held);
            case Leases.Answer.Granted(Lease lease) -> {
                Tenure tenure = new Tenure(tools.leases(), tools.clock(), lease);
                try {
                    AccountPast past = new AccountPast(enough);
                    AccountJournal journal = AccountJournal.open(store, stream, past);
                    List<String> doubts = new Recovery(tools, live, journal, past).resolve();
                    new Placements(tools, journal, past).settle();
                    doubts.addAll(new Clearances(tools, account, past, new Scribe(tools, journal, tenure)).clear());
                    work.work(journal, past, tenure);
                    yield new End.Whole(doubts);
                } finally {
                    tenure.end();
                }
            }
        };
    }
}
