package io.keyturn.proof.stores;

import io.keyturn.adapters.store.SqliteJournal;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Path;

/** Writes batches to a journal and says after each where its head is, until it is killed. */
final class AppendingProcess {
    static final int BATCH = 20;

    private AppendingProcess() {}

    public static void main(String[] arguments) throws StoreFailure {
        String round = arguments[1];
        try (SqliteJournal store = SqliteJournal.open(Path.of(arguments[0]))) {
            AccountJournal journal = AccountJournal.open(store, Intents.STREAM, entry -> {});
            for (int batch = 0; ; batch++) {
                journal.record(Intents.batch(round + "-" + batch, BATCH));
                Head head = journal.head();
                System.out.println(head.sequence() + " " + head.hash());
                System.out.flush();
            }
        }
    }
}
