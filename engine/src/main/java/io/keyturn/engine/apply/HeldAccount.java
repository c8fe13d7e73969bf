package io.keyturn.engine.apply;

import io.keyturn.core.model.Account;
import io.keyturn.engine.journal.AccountPast;

/**
 * An account that this worker holds, with what it takes to speak of its keys.
 *
 * @param past follows the journal that {@code scribe} writes; read and written by one thread at a time
 */
record HeldAccount(Account account, Recheck recheck, Scribe scribe, AccountPast past) {}
