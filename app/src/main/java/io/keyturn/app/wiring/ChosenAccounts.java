package io.keyturn.app.wiring;

import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.Accounts;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Some of the accounts that there are. */
final class ChosenAccounts implements Accounts {
    private final Accounts all;
    private final Predicate<AccountEntry> taken;
    private final Set<String> labels = new TreeSet<>();
    private boolean any;
    private boolean whole = true;

    ChosenAccounts(Accounts all, Predicate<AccountEntry> taken) {
        this.all = all;
        this.taken = taken;
    }

    @Override
    public void each(Consumer<AccountEntry> sink) throws InterruptedException {
        all.each(entry -> {
            labels.add(entry.label());
            if (taken.test(entry)) {
                any = true;
                sink.accept(entry);
            } else {
                whole = false;
            }
        });
    }

    /** How people know the accounts there are. */
    Set<String> labels() {
        return Set.copyOf(labels);
    }

    /** Whether every account there is was taken. */
    boolean whole() {
        return whole;
    }

    /** Whether there are accounts, and none of them was taken though some are asked for: a part of all may be empty. */
    boolean none() {
        return !any && !labels.isEmpty() && !(taken instanceof Shard);
    }
}
