package io.keyturn.engine.apply;

import io.keyturn.core.model.Account;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;

/**
 * Finds out, while a run still reads, what came of the acts that an earlier one began and did not see end, so that what
 * was cut short is planned and done by this run, not by the one after it.
 */
final class Mending implements JournalMemory.Mender {
    private final LiveAccounts accounts;
    private final AccountSession session;

    Mending(LiveAccounts accounts, AccountSession session) {
        this.accounts = accounts;
        this.session = session;
    }

    @Override
    public void mend(Account account) throws StoreFailure {
        try {
            session.mend(accounts.open(account), Streams.of(account.id()));
        } catch (ReadFailure e) {
            // Whoever visits the account to act meets the same, and says it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
