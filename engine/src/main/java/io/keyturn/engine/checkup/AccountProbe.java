package io.keyturn.engine.checkup;

import io.keyturn.core.model.Account;
import io.keyturn.engine.port.AccountEntry;
import java.util.function.Function;

/** Tries what a run will ask of an account. It never changes anything there: what would, is asked of the policies. */
@FunctionalInterface
public interface AccountProbe {
    /** Tries all of it; what fails is said in the result. */
    AccountCheckup probe(AccountEntry.Readable account, Function<Account, Demands> demands) throws InterruptedException;
}
